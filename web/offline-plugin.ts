import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { build, type Plugin } from 'vite';

/** Of a build: chunks that the named ones import at once, themselves first. */
function broughtBy(names: readonly string[], chunks: ReadonlyMap<string, readonly string[]>): string[] {
  const found = new Set(names);
  for (const name of found) for (const next of chunks.get(name) ?? []) found.add(next);
  return [...found];
}

/** Chunks of the shell beside the entry: what a phone without a network opens to. By the file that they begin with. */
const shellModules = ['src/screens/map/MapScreen.svelte', 'src/map/Map.svelte'];

/**
 * Writes `/sw.js`: the service worker with the list of the shell's files and a version that follows from them. Vite hashes the names of chunks, so the list is known only after them.
 */
export const offlinePlugin = (): Plugin => ({
  name: 'vung-xanh-offline',
  apply: 'build',
  async generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).filter((one) => one.type === 'chunk');
    const wanted = chunks.filter(
      ({ isEntry, facadeModuleId }) => isEntry || shellModules.some((module) => facadeModuleId?.endsWith(module)),
    );
    const imports = new Map(chunks.map(({ fileName, imports }) => [fileName, imports] as const));
    const scripts = broughtBy(
      wanted.map(({ fileName }) => fileName),
      imports,
    );
    const styles = Object.keys(bundle).filter((name) => /\/(index|MapScreen|Map)-[\w-]+\.css$/.test(name));
    const fonts = Object.keys(bundle).filter((name) =>
      /be-vietnam-pro-(latin|vietnamese)-\d+-normal.*\.woff2$/.test(name),
    );
    const files = ['/', '/icon.svg', ...[...scripts, ...styles, ...fonts].toSorted().map((name) => `/${name}`)];
    const page = readFileSync(new URL('index.html', import.meta.url), 'utf8');
    const version = createHash('sha256')
      .update(JSON.stringify(files) + page)
      .digest('base64url')
      .slice(0, 16);
    this.emitFile({ type: 'asset', fileName: 'sw.js', source: await workerOf(version, files) });
  },
});

/** One script, without imports: not every browser takes a module for a service worker. */
async function workerOf(version: string, files: readonly string[]): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    define: { shellVersion: JSON.stringify(version), shellFiles: JSON.stringify(files) },
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: new URL('src/offline/worker.ts', import.meta.url).pathname, formats: ['iife'], name: 'shell' },
    },
  });
  const [output] = (Array.isArray(made) ? made : [made]) as { output: { type: string; code?: string }[] }[];
  const code = output?.output.find(({ type }) => type === 'chunk')?.code;
  if (!code) throw new Error('the service worker was not built');
  return code;
}
