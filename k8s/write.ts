// node k8s/write.ts: the files that are made from the list of services.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { madeFiles } from './manifests.ts';

const folder = new URL('./', import.meta.url);
const made = madeFiles();
for (const name of readdirSync(new URL('base/services/', folder)))
  if (!made.has(`base/services/${name}`)) rmSync(new URL(`base/services/${name}`, folder));
for (const [path, text] of made) writeFileSync(new URL(path, folder), text);
process.stdout.write(`${made.size} files\n`);
