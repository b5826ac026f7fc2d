import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { batchesSince, isAtLeast } from '../../services/platform/broker-version.ts';

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

/** A nats-server on this machine. */
export interface NatsProgram {
  program: string;
  /** Such as `2.15.1`. */
  version: string;
  /** True: it can sync its files before it acknowledges, at a price that can be paid (atomic batches). */
  syncs: boolean;
}

/**
 * The nats-server that `VX_NATS_SERVER` names; else the one that the set-up brought, else the one on the PATH. One that cannot sync is taken when there is no other.
 *
 * @param brought where the set-up puts its own
 */
export function findNatsServer(
  brought = fileURLToPath(new URL('../../.servers/nats-server', import.meta.url)),
  path = process.env.PATH ?? '',
): NatsProgram | undefined {
  const named = process.env.VX_NATS_SERVER;
  const places = named ? [named] : [existsSync(brought) ? brought : undefined, findProgram('nats-server', path)];
  const found = places
    .filter((program) => program !== undefined)
    .map((program) => {
      const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
      const version = /v(\d+\.\d+\.\d+)/.exec(stdout ?? '')?.[1];
      return version === undefined ? undefined : { program, version, syncs: isAtLeast(version, batchesSince) };
    })
    .filter((server) => server !== undefined);
  return found.find(({ syncs }) => syncs) ?? found[0];
}

/**
 * The same as one that does not sync each message, for a journal that nobody loses anything with: it takes 27,000 messages a second back from a snapshot, and one that
 * syncs 1,000 (measured 2026-11-30), or none at all where that is slower (deploy/backup/stream-snapshot.ts).
 */
export function withoutSyncs(): NatsProgram | undefined {
  const found = findNatsServer();
  return found && { ...found, syncs: false };
}
