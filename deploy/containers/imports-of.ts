import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folderOf } from '../../services/contracts/subsystem.ts';
import { serviceNamed } from '../../services/services.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** `import … from`, `export … from`, `import('…')`, `new URL('./….ts'`; not `import type`, of which nothing is left when it runs. */
const imported =
  /^\s*(?:import|export)\s+(?!type\b)[^'"]*?from\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|new URL\(\s*['"](\.[^'"]+\.ts)['"]/gm;

/** Names after `#` of services/package.json, and the parts of `ml` that others name. */
const inside: readonly [RegExp, string][] = [
  [/^#(contracts|lifecycle|platform)\//, 'services/$1/'],
  [/^@vungxanh\/ml\/(\w+)$/, 'ml/$1/index.ts'],
  [/^@vungxanh\/ml$/, 'ml/index.ts'],
  [/^@vungxanh\/services\//, 'services/'],
];

/**
 * Packages that a programme may load, by following what its files import. What is put together while it runs is not seen.
 *
 * @param entries files, from the top of the repository
 */
export function packagesOf(entries: readonly string[]): Set<string> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const open = [...entries];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file) || !existsSync(join(root, file))) continue;
    seen.add(file);
    for (const match of readFileSync(join(root, file), 'utf8').matchAll(imported)) {
      const name = match.slice(1).find((one) => one !== undefined)!;
      const here = inside.find(([pattern]) => pattern.test(name));
      if (here) open.push(name.replace(...here));
      else if (name.startsWith('.')) open.push(relative(root, join(root, file, '..', name)));
      else if (!name.startsWith('node:')) packages.add(/^(@[^/]+\/)?[^/]+/.exec(name)![0]);
    }
  }
  return packages;
}

/** Following the imports takes a while. */
const ofServices = new Map<string, ReadonlySet<string>>();

/** Packages that a service of the list may load. @see services/main.ts */
export function packagesOfService(name: string): ReadonlySet<string> {
  const before = ofServices.get(name);
  if (before) return before;
  const folder = `services/${folderOf(serviceNamed(name))}`;
  const packages = packagesOf(['services/main.ts', `${folder}/main.ts`, `${folder}/app.ts`]);
  ofServices.set(name, packages);
  return packages;
}
