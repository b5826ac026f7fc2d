/** A package that `npm ci` installs. */
export interface LockedPackage {
  name: string;
  version: string;
  /** What it says of its licence: an SPDX expression, or what its author took for one. */
  licence?: string;
  /** Only asked for to build and test; a package of the product may be able to work with it. */
  development: boolean;
  /** Of another processor or system; not installed here, perhaps. */
  optional: boolean;
  /** `sha512-` and base64: what npm compares the file with. */
  integrity?: string;
  /** Where it is installed, as the lock file has it. */
  place: string;
  /** Places of what it builds on. */
  needs: string[];
}

/** What the lock file has of a package, as far as it is read here. */
interface LockEntry {
  version?: string;
  license?: string;
  dev?: boolean;
  optional?: boolean;
  devOptional?: boolean;
  integrity?: string;
  link?: boolean;
  resolved?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

export interface LockFile {
  packages: Record<string, LockEntry>;
}

const folder = 'node_modules/';

/** All packages of others in a lock file of version 3, in its order. Our own workspaces are none. */
export function lockedPackages(lock: LockFile): LockedPackage[] {
  return Object.entries(lock.packages)
    .filter(([place, { link }]) => place.includes(folder) && !link)
    .map(([place, entry]) => ({
      name: place.slice(place.lastIndexOf(folder) + folder.length),
      version: entry.version ?? '',
      ...(entry.license === undefined ? {} : { licence: entry.license }),
      development: Boolean(entry.dev ?? entry.devOptional),
      optional: Boolean(entry.optional),
      ...(entry.integrity === undefined ? {} : { integrity: entry.integrity }),
      place,
      needs: needsOf(lock, place),
    }));
}

/** Places of the packages of others that the project itself asks for: by its root and by its workspaces. */
export function askedFor(lock: LockFile): string[] {
  const own = Object.keys(lock.packages).filter((place) => !place.includes(folder));
  return [...new Set(own.flatMap((place) => needsOf(lock, place)))];
}

function needsOf(lock: LockFile, place: string): string[] {
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = lock.packages[place]!;
  const names = Object.keys({ ...devDependencies, ...peerDependencies, ...optionalDependencies, ...dependencies });
  return names.flatMap((name) => foundFrom(lock, place, name) ?? []);
}

/** Where Node finds a package from a place: in its own folder of modules, or in one above. */
function foundFrom(lock: LockFile, place: string, name: string): string | undefined {
  for (let at = place; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const candidate = `${at === '' ? '' : `${at}/`}${folder}${name}`;
    const found = lock.packages[candidate];
    if (found) return found.link ? undefined : candidate;
    if (at === '') return undefined;
  }
}
