// node deploy/containers/secrets.ts --folder DIR | --kubernetes [--kept FILE]: the secrets of a product. Those that are there stay.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { newSecret } from '../local/secrets.ts';
import { completeFolder } from './secret-files.ts';
import { kubernetesSecrets } from './secret-objects.ts';

const { values } = parseArgs({
  options: { folder: { type: 'string' }, kubernetes: { type: 'boolean' }, kept: { type: 'string' } },
});
if (values.folder) {
  const made = completeFolder(values.folder, newSecret);
  process.stderr.write(`${made.length} secrets made in ${values.folder}, the others were there\n`);
} else if (values.kubernetes) {
  const kept: unknown = values.kept === undefined ? undefined : JSON.parse(readFileSync(values.kept, 'utf8'));
  process.stdout.write(`${JSON.stringify(kubernetesSecrets(kept, newSecret))}\n`);
} else {
  process.stderr.write('--folder DIR, or --kubernetes [--kept FILE]\n');
  process.exit(2);
}
