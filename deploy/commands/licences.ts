// npm run licences: whether every package has a licence that is allowed. CI runs it.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type LicencePolicy, licenceFaults } from '../papers/licence-check.ts';
import { type LockFile, lockedPackages } from '../papers/locked-packages.ts';
import { helpAsked } from './product.ts';

helpAsked(`npm run licences

Compares the licence of every npm package, of the product and of its development, with deploy/papers/allowed-licences.json. 1 when one is not allowed,
or names none.

  --help   this text`);

const read = (file: string): unknown =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), 'utf8'));
const packages = lockedPackages(read('package-lock.json') as LockFile);
const faults = licenceFaults(packages, read('deploy/papers/allowed-licences.json') as LicencePolicy);
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.stdout.write(
  faults.length === 0
    ? `${packages.length} packages: every licence is allowed\n`
    : `${faults.length} of ${packages.length} packages are not as deploy/papers/allowed-licences.json wants them\n`,
);
process.exit(faults.length === 0 ? 0 : 1);
