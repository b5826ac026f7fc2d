// npm run bench -- NAME [--json]: prints how a benchmark went; the last line is one JSON object. Timings never fail a test.
import type { BenchResult } from '../bench/result.ts';
import { helpAsked } from './product.ts';

const benches: Record<string, () => Promise<BenchResult>> = {
  latency: async () => (await import('../bench/latency.ts')).benchLatency(),
  snapshot: async () => (await import('../bench/snapshot.ts')).benchSnapshot(),
  rebuild: async () => (await import('../bench/rebuild.ts')).benchRebuild(),
  clients: async () => (await import('../bench/clients.ts')).benchClients(),
  'catch-up': async () => (await import('../bench/catch-up.ts')).benchCatchUp(),
  tiles: async () => (await import('../bench/tiles.ts')).benchTiles(),
  'city-map': async () => (await import('../bench/city-map.ts')).benchCityMap(),
  levels: async () => (await import('../bench/levels.ts')).benchLevels(),
  poison: async () => (await import('../bench/poison.ts')).benchPoison(),
  permission: async () => (await import('../bench/permission.ts')).benchPermission(),
  ingest: async () =>
    (await import('../bench/ingest.ts')).benchIngest({ chain: !process.argv.includes('--without-chain') }),
};

helpAsked(`npm run bench -- NAME [--json]

NAME   ${Object.keys(benches).join(', ')}

  --json            only the last line, one JSON object
  --without-chain   ingest: without the service that seals the journal
  --help            this text`);
const [name] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const bench = name ? benches[name] : undefined;
if (!bench) {
  process.stderr.write(`${name ?? '(none)'}: one of ${Object.keys(benches).join(', ')}\n`);
  process.exit(1);
}
const result = await bench();
const json = process.argv.includes('--json');
if (!json) {
  process.stdout.write(
    `${result.bench}: ${result.value} ${result.unit}, ${result.ok ? 'aim reached' : 'aim NOT reached'}; ratio ${result.ratio}\n`,
  );
  process.stdout.write(
    `  reference: ${JSON.stringify(result.reference)}\n  details: ${JSON.stringify(result.details ?? {})}\n`,
  );
}
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exit(0);
