// npm run test:unit [-- FILTER …]: what needs neither a server nor long arithmetic. `npm test` runs everything.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { helpAsked } from './product.ts';

helpAsked(`npm run test:unit [-- FILTER …]

What needs neither a server nor long arithmetic.

FILTER   only files whose path has it

  --help   this text`);

const root = fileURLToPath(new URL('../../', import.meta.url));
const projects = ['unit', 'apart', 'web', 'panels'].flatMap((name) => ['--project', name]);
const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...projects, ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
