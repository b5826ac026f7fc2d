// npm run sbom: the bill of materials in CycloneDX 1.6.
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { billOfMaterials, type DebianPackage, readPinnedWheel } from '../papers/bill-of-materials.ts';
import type { LicencePolicy } from '../papers/licence-check.ts';
import { askedFor, type LockFile, lockedPackages } from '../papers/locked-packages.ts';
import { fromCaller, helpAsked } from './product.ts';

helpAsked(`npm run sbom [-- --out FILE]

The bill of materials in CycloneDX 1.6, as JSON: every npm package with its hash and licence, nats-server with its hashes, and what is asked of Debian,
with the versions of this machine.

  --out FILE   there and not on standard output
  --help       this text`);

const { values } = parseArgs({ options: { out: { type: 'string' } } });
const text = (file: string) => readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), 'utf8');
const lock = JSON.parse(text('package-lock.json')) as LockFile;
const { '//': _comment, ...debian } = JSON.parse(text('deploy/debian-packages.json')) as Record<
  string,
  DebianPackage[]
>;

// biome-ignore lint/suspicious/noTemplateCurlyInString: it is dpkg that fills these in
const dpkgFormat = '${db:Status-Status} ${Version}';

/** Undefined when the package is not installed, or this is no Debian. */
function installedVersion(name: string): string | undefined {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', dpkgFormat, name], {
    encoding: 'utf8',
  });
  return /^installed (\S+)$/.exec(stdout ?? '')?.[1];
}

const bill = billOfMaterials(
  {
    version: (JSON.parse(text('package.json')) as { version: string }).version,
    packages: lockedPackages(lock),
    asked: askedFor(lock),
    policy: JSON.parse(text('deploy/papers/allowed-licences.json')) as LicencePolicy,
    natsServer: readPinnedWheel(text('deploy/nats-server.txt')),
    debian: Object.fromEntries(
      Object.entries(debian).map(([need, all]) => [
        need,
        all.map((one) => ({ ...one, ...(installedVersion(one.name) ? { version: installedVersion(one.name) } : {}) })),
      ]),
    ),
  },
  { now: new Date(), serial: randomUUID() },
);
const json = `${JSON.stringify(bill, undefined, 2)}\n`;
if (values.out) writeFileSync(fromCaller(values.out), json);
else process.stdout.write(json);
