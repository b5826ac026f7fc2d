import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { faces } from '../../services/contracts/faces.ts';
import '../../services/services.ts';

/** Builds the web app when its sources are newer than what was built. Returns whether it built. */
export function buildWeb(root: string): boolean {
  const dist = join(root, 'web/dist');
  const stamp = join(dist, '.sources');
  const sources = fingerprint([
    join(root, 'web/src'),
    join(root, 'web/index.html'),
    join(root, 'web/vite.config.ts'),
    join(root, 'web/faces-plugin.ts'),
    join(root, 'web/offline-plugin.ts'),
    join(root, 'web/public'),
    join(root, 'services/contracts'),
  ]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return false;
  execFileSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: join(root, 'web'),
    stdio: ['ignore', 'ignore', 'inherit'],
    // Whoever starts the product may be a test: the app would be built with all that Svelte checks and says while one writes.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  writeFileSync(stamp, sources);
  return true;
}

function fingerprint(paths: string[]): string {
  // What the services declare is built in, wherever they declare it.
  const hash = createHash('sha256').update(JSON.stringify(faces()));
  const walk = (path: string) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) walk(join(path, name));
    else hash.update(path).update(readFileSync(path));
  };
  for (const path of paths) walk(path);
  return hash.digest('hex');
}
