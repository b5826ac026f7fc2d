import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian packages that hold the servers, and the programs that are looked for. */
export const debianPackages = ['postgresql', 'postgresql-15-postgis-3', 'nats-server'];

/** Folder of PostgreSQL's server programs (initdb, pg_ctl), which Debian keeps off the PATH; newest version first. */
export function findPostgresBin(root = '/usr/lib/postgresql'): string | undefined {
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  for (const version of versions) {
    const bin = join(root, version, 'bin');
    if (existsSync(join(bin, 'initdb')) && existsSync(`/usr/share/postgresql/${version}/extension/postgis.control`))
      return bin;
  }
  return undefined;
}

/** First program of this name on the PATH, sbin included (Debian's nats-server is there). */
export function findProgram(name: string, path = process.env.PATH ?? ''): string | undefined {
  for (const folder of [...path.split(delimiter), '/usr/sbin', '/usr/local/sbin']) {
    const file = join(folder, name);
    if (folder && existsSync(file)) return file;
  }
  return undefined;
}
