// npm run replay: recorded history through the product's own door.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { citySets } from '../../services/imports/recorded/city-sets.ts';
import { UsageError } from './import-options.ts';
import { fromCaller, helpAsked, main, productDoor, sharedFolder } from './product.ts';
import { replayCity } from './replay-city.ts';
import { replayNyc } from './replay-nyc.ts';

const sets = ['nyc', ...Object.keys(citySets)];
const usage = `npm run replay -- SET [options]

SET    ${sets.join(', ')}

  --speed max|N       as fast as the door takes it (max), or N times life
  --from DIR          folder of the recorded sets (../shared/data)
  --with-snapshots    nyc: the cumulative counts of every publication too
  --url URL           the running product (the one of this data folder, or http://localhost:8080)
  --data DIR          the data folder (.data)
  --help              this text`;

helpAsked(usage);
await main(
  async () => {
    const { values, positionals } = read(process.argv.slice(2));
    const [set] = positionals;
    if (!set || positionals.length > 1 || !sets.includes(set)) throw new UsageError(usage);
    const speed = values.speed === 'max' ? undefined : Number(values.speed);
    if (speed !== undefined && !(speed > 0)) throw new UsageError(`--speed ${values.speed}: max, or a number above 0`);
    const folder = values.from ? fromCaller(values.from) : sharedFolder('');
    if (!existsSync(folder)) throw new UsageError(`the recorded sets are not at ${folder}; say --from DIR`);
    const gateway = productDoor('replay', values, { patienceMs: 60_000 });
    const began = performance.now();
    if (set === 'nyc')
      await replayNyc(gateway, {
        folder: `${folder}/nyc-covid`,
        snapshots: values['with-snapshots']!,
        ...(speed ? { speed } : {}),
      });
    else await replayCity(gateway, citySets[set]!, folder, speed);
    process.stdout.write(`${((performance.now() - began) / 1000).toFixed(1)} s\n`);
  },
  (error) => error instanceof UsageError,
);

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        speed: { type: 'string', default: 'max' },
        from: { type: 'string' },
        'with-snapshots': { type: 'boolean', default: false },
        url: { type: 'string' },
        data: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${usage}`);
  }
}
