import { execFile } from 'node:child_process';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { chainFolder } from '../../services/chain/chain-file.ts';
import { type Broker, openBroker } from '../../services/platform/broker.ts';
import { listDistrictStreams } from '../../services/platform/journal.ts';
import { noteBackup } from '../../services/platform/last-backup.ts';
import { services } from '../../services/services.ts';
import { verifyAll } from '../commands/verify-all.ts';
import { reportOf } from '../commands/verify-report.ts';
import { scratchBroker } from '../local/journal-copy.ts';
import { copyFiles, dataNames, syncFolder } from './data-files.ts';
import { dumpSchemas, keptSchemas } from './database-state.ts';
import { lockFile } from './locked-file.ts';
import { BadBackup, type FileEntry, format, hashOfFile, type Manifest, writeManifest } from './manifest.ts';
import { copyKeysBeside, keysBeside } from './person-keys-copy.ts';
import { giveBack, takeSnapshot } from './stream-snapshot.ts';

export interface BackupOptions {
  dataFolder: string;
  servers: { databaseUrl: string; natsUrl: string };
  /** A folder that is not there or is empty; a file when it ends with `.tar`. */
  to: string;
  now: () => Date;
  say: (line: string) => void;
  /** Also when the journal is damaged. */
  evenDamaged: boolean;
  /** Locks the file and the keys of persons beside it; left out: they are as they are. A folder cannot be locked. */
  passPhrase?: string | undefined;
}

/** Files of how far somebody has come in the journal: copied before it, so that what comes twice is known by its id, and nothing is left out. */
const before = ['drill'];
const chain = 'chain';
const data = 'data';

/**
 * A copy of everything that cannot be made again, while the product runs: journals, accounts and whatever else the database keeps, chains, keys and files.
 *
 * The order makes one cut of it: how far the exercise and the chains have come, then the journals, each at one sequence, then accounts and keys. So no chain is ahead
 * of its journal, and no event is without the account or key that belongs to it. The copy of the journals is opened and read against the chains before it counts.
 *
 * The keys of persons lie apart from it (person-keys-copy.ts).
 *
 * @returns the manifest
 * @throws BadBackup when there is something already, or the journal is damaged
 */
export async function takeBackup(options: BackupOptions): Promise<Manifest> {
  const { dataFolder, servers, to, now, say, evenDamaged, passPhrase } = options;
  const packed = to.endsWith('.tar');
  if (passPhrase !== undefined && !packed) throw new BadBackup(`${to}: a pass phrase locks one file: --to FILE.tar`);
  if (existsSync(to) && (packed || !statSync(to).isDirectory() || readdirSync(to).length > 0))
    throw new BadBackup(`${to} is there already`);
  if (existsSync(keysBeside(to))) throw new BadBackup(`${keysBeside(to)} is there already`);
  mkdirSync(dirname(to), { recursive: true });
  const folder = `${to}.unfinished-${process.pid}`;
  mkdirSync(folder, { mode: 0o700 });
  const broker = await openBroker(servers.natsUrl, 'backup');
  try {
    const copied = join(folder, data);
    const files = copyFiles(dataFolder, copied, [...before, chain]);
    const at = now().toISOString();
    mkdirSync(join(folder, 'journal'), { mode: 0o700 });
    const snapshots = [];
    for (const { stream, created } of await listDistrictStreams(broker)) {
      const file = `journal/${stream}.snapshot`;
      snapshots.push({ created, file, ...(await takeSnapshot(broker, stream, join(folder, file))) });
      say(`${stream}: copied`);
    }
    // A picture is kept before the report that names it: copied after the journals, every one that they name is there.
    const objects = [];
    for (const stream of await objectStreams(broker)) {
      const file = `journal/${stream}.snapshot`;
      const { config, state } = await takeSnapshot(broker, stream, join(folder, file));
      objects.push({ stream, file, config, state });
      say(`${stream}: copied`);
    }
    files.push(
      ...copyFiles(
        dataFolder,
        copied,
        dataNames(dataFolder).filter((name) => ![...before, chain].includes(name)),
      ),
    );
    if (copyKeysBeside(dataFolder, to, passPhrase)) say(`keys of persons: copied apart, to ${keysBeside(to)}`);
    const schemas = await keptSchemas(servers.databaseUrl);
    await dumpSchemas(servers.databaseUrl, schemas, join(folder, 'database.sql'));
    const streams = await readBack(folder, { snapshots, objects }, copied, { say, evenDamaged });
    const manifest: Manifest = {
      format,
      version: (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string })
        .version,
      at,
      natsServer: broker.connection.info?.version ?? '',
      postgres: await postgresVersion(servers.databaseUrl),
      streams,
      objects,
      schemas,
      files: [
        ...files.map((file) => ({ ...file, path: join(data, file.path) })),
        ...(await Promise.all(
          ['database.sql', ...[...streams, ...objects].map(({ file }) => file)].map((path) => entryOf(folder, path)),
        )),
      ],
    };
    writeManifest(folder, manifest);
    for (const name of ['journal', data]) if (existsSync(join(folder, name))) syncFolder(join(folder, name));
    if (packed) await pack(folder, to, passPhrase);
    else {
      rmSync(to, { recursive: true, force: true });
      renameSync(folder, to);
    }
    syncFolder(dirname(to));
    try {
      noteBackup(dataFolder, new Date(at));
    } catch (error) {
      // The backup is whole: that nobody is told of its age is no reason to throw it away.
      say(`when this backup was made could not be noted in ${dataFolder}: ${(error as Error).message}`);
    }
    return manifest;
  } catch (error) {
    // Keys without their backup are of no use.
    rmSync(keysBeside(to), { recursive: true, force: true });
    throw error;
  } finally {
    await broker.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Streams of the buckets that services keep objects in, as far as somebody has kept one. */
async function objectStreams(broker: Broker): Promise<string[]> {
  const wanted = new Set(services.flatMap(({ objects }) => (objects === undefined ? [] : [`OBJ_${objects}`])));
  const found: string[] = [];
  for await (const { config } of broker.manager.streams.list()) if (wanted.has(config.name)) found.push(config.name);
  return found;
}

/** Opens the copies with a nats-server of their own, and reads them against the chains. */
async function readBack(
  folder: string,
  {
    snapshots,
    objects,
  }: {
    snapshots: { stream: string; created: string; file: string; config: unknown; state: unknown }[];
    objects: Manifest['objects'];
  },
  copied: string,
  { say, evenDamaged }: Pick<BackupOptions, 'say' | 'evenDamaged'>,
): Promise<Manifest['streams']> {
  const scratch = await scratchBroker(folder);
  try {
    for (const snapshot of [...snapshots, ...objects])
      await giveBack(scratch.broker, snapshot, join(folder, snapshot.file));
    const { journals, gone } = await verifyAll(
      scratch.broker,
      chainFolder(copied),
      undefined,
      new Map(snapshots.map(({ stream, created }) => [stream, created])),
    );
    for (const journal of journals) for (const line of reportOf(journal)) say(line);
    for (const line of gone) say(line);
    if (!evenDamaged && (gone.length > 0 || journals.some(({ damage }) => damage.length > 0)))
      throw new BadBackup('the journal is damaged: no backup was made (--even-damaged makes one all the same)');
    return snapshots.map(({ stream, created, file, config, state }) => {
      const { events, journalEnds, sealedThrough } = journals.find((journal) => journal.stream === stream)!;
      return { stream, created, file, config, state, events, lastSequence: journalEnds, sealedThrough };
    });
  } finally {
    await scratch.stop();
  }
}

async function entryOf(folder: string, path: string): Promise<FileEntry> {
  const file = join(folder, path);
  return { path, bytes: statSync(file).size, sha256: await hashOfFile(file), mode: 0o600 };
}

async function postgresVersion(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  await client.end();
  return rows[0]!.server_version;
}

/** One file of the folder, which goes; locked, when there is a pass phrase. */
async function pack(folder: string, to: string, passPhrase: string | undefined): Promise<void> {
  const file = `${to}.unfinished-${process.pid}.tar`;
  const locked = `${to}.unfinished-${process.pid}.locked`;
  try {
    // Made first, so that the mode holds from the first byte.
    closeSync(openSync(file, 'wx', 0o600));
    await promisify(execFile)('tar', ['-cf', file, '-C', folder, '.']);
    const written = openSync(file, 'r+');
    fsyncSync(written);
    closeSync(written);
    if (passPhrase !== undefined) lockFile(file, locked, passPhrase);
    renameSync(passPhrase === undefined ? file : locked, to);
  } finally {
    for (const one of [file, locked]) rmSync(one, { force: true });
  }
}
