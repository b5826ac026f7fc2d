// node deploy/containers/secrets.ts --folder DIR | --kubernetes NAME: the secrets of a product.
import { parseArgs } from 'node:util';
import { newSecret } from '../local/secrets.ts';
import { allSecrets, completeFolder } from './secret-files.ts';

const { values } = parseArgs({ options: { folder: { type: 'string' }, kubernetes: { type: 'string' } } });
if (values.folder) {
  const made = completeFolder(values.folder, newSecret);
  process.stderr.write(`${made.length} secrets made in ${values.folder}, the others were there\n`);
} else if (values.kubernetes) {
  // JSON is YAML. To be kept: made again, nobody could sign in, and persons' data could not be read.
  process.stdout.write(
    `${JSON.stringify({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: values.kubernetes },
      type: 'Opaque',
      immutable: true,
      stringData: allSecrets(() => undefined, newSecret),
    })}\n`,
  );
} else {
  process.stderr.write('--folder DIR, or --kubernetes NAME\n');
  process.exit(2);
}
