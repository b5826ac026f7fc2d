// npm run test:unit [-- --panels] [FILTER …]: what needs neither a server nor long arithmetic nor a document. `npm test` runs everything.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { helpAsked } from './product.ts';

helpAsked(`npm run test:unit [-- --panels] [FILTER …]

What needs neither a server nor long arithmetic nor a document: for while one writes.

FILTER   only files whose path has it

  --panels the components of the web instead, mounted in a document
  --help   this text`);

const root = fileURLToPath(new URL('../../', import.meta.url));
const asked = process.argv.slice(2);
const names = asked.includes('--panels') ? ['panels'] : ['unit', 'apart', 'web'];
const projects = names.flatMap((name) => ['--project', name]);
const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...projects, ...asked.filter((one) => one !== '--panels')],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
