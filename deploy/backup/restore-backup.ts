import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { chainFolder, moveChain } from '../../services/chain/chain-file.ts';
import { sealingBy } from '../../services/contracts/seal-event.ts';
import { openBroker } from '../../services/platform/broker.ts';
import { isAtLeast } from '../../services/platform/broker-version.ts';
import { openDeadLetters } from '../../services/platform/dead-letters.ts';
import type { Log } from '../../services/platform/log.ts';
import { personKeysIn } from '../../services/platform/person-keys.ts';
import { rebuild } from '../../services/rebuild.ts';
import { type VerifiedAll, verifyAll } from '../commands/verify-all.ts';
import { makeSchemas } from '../local/database-roles.ts';
import { findNatsServer } from '../local/programs.ts';
import { secretOf } from '../local/secrets.ts';
import { openServers, syncDisk } from '../local/servers.ts';
import { dropSchemas, loadSchemas, unknownMigrations } from './database-state.ts';
import { isLocked, neededPassPhrase, unlockFile } from './locked-file.ts';
import { BadBackup, checkFiles, type Manifest, readManifest } from './manifest.ts';
import { giveKeysBack, keysBeside } from './person-keys-copy.ts';
import { giveBack } from './stream-snapshot.ts';
import { beginRestore, endRestore } from './unfinished-restore.ts';

export interface RestoreOptions {
  /** A backup: a folder, or a `.tar`. */
  from: string;
  /** Folder with the keys of persons; left out: that beside the backup. */
  keys?: string | undefined;
  /** Of a backup that was locked. */
  passPhrase?: string | undefined;
  /** A data folder that is not there or is empty. */
  dataFolder: string;
  log: Log;
  say: (line: string) => void;
}

/**
 * Fills an empty data folder from a backup: files, accounts, journals; then every projection is written from the journals, and the journals are read against their
 * chains. The product is not started.
 *
 * @throws BadBackup before anything is written, when the backup is damaged, unfinished or newer, or the folder is not empty
 */
export async function restoreBackup(options: RestoreOptions): Promise<{ manifest: Manifest; verified: VerifiedAll }> {
  const { from, dataFolder, say, passPhrase } = options;
  if (existsSync(dataFolder) && (!statSync(dataFolder).isDirectory() || readdirSync(dataFolder).length > 0))
    throw new BadBackup(`${dataFolder} is not empty: a restore writes over nothing`);
  if (!existsSync(from)) throw new BadBackup(`there is no ${from}`);
  const { folder, done } = await unpacked(from, dirname(dataFolder), passPhrase);
  try {
    const manifest = readManifest(folder);
    refuseNewer(manifest);
    await checkFiles(folder, manifest);
    say(`backup of ${manifest.at}: ${manifest.files.length} files are what they were`);
    return { manifest, verified: await fill(folder, manifest, options) };
  } finally {
    done();
  }
}

function refuseNewer({ version, schemas, natsServer }: Manifest): void {
  const unknown = unknownMigrations(schemas);
  if (unknown.length)
    throw new BadBackup(`the backup is of a newer version (${version}): it has ${unknown.join(', ')}`);
  const here = findNatsServer()?.version;
  if (here && !isAtLeast(here, natsServer))
    throw new BadBackup(
      `the backup is of nats-server ${natsServer}, and here is ${here}: an older one does not open it`,
    );
}

async function fill(
  folder: string,
  manifest: Manifest,
  { from, keys: keysFrom = keysBeside(from), dataFolder, passPhrase, log, say }: RestoreOptions,
): Promise<VerifiedAll> {
  mkdirSync(dataFolder, { recursive: true });
  beginRestore(dataFolder);
  for (const { path, mode } of manifest.files) {
    if (!path.startsWith('data/')) continue;
    const target = join(dataFolder, path.slice('data/'.length));
    const holder = dirname(target);
    if (holder !== dataFolder) mkdirSync(holder, { recursive: true, mode: 0o700 });
    copyFileSync(join(folder, path), target);
    chmodSync(target, mode);
  }
  if (!giveKeysBack(keysFrom, dataFolder, passPhrase))
    say(
      `there are no keys of persons in ${keysFrom}: what was sealed of them cannot be read; cases and their counts are there`,
    );
  const servers = await openServers(dataFolder, {}, say, undefined, { filled: true });
  let verified: VerifiedAll;
  try {
    const secret = (service: string) => secretOf(dataFolder, service);
    // The cluster of a folder that was here before may still be there; and the roles have to be, before what they own.
    await dropSchemas(servers.databaseUrl, manifest.schemas);
    await makeSchemas(servers.databaseUrl, secret);
    await dropSchemas(servers.databaseUrl, manifest.schemas);
    await loadSchemas(servers.databaseUrl, join(folder, 'database.sql'));
    await makeSchemas(servers.databaseUrl, secret);
    say('accounts and what else the database keeps are there');
    const broker = await openBroker(servers.natsUrl, 'restore');
    try {
      for (const stream of manifest.streams) {
        await giveBack(broker, stream, join(folder, stream.file));
        const { state, created } = await broker.manager.streams.info(stream.stream);
        if (state.last_seq !== stream.lastSequence || state.messages !== stream.events)
          throw new Error(
            `${stream.stream}: ${state.messages} events through ${state.last_seq} were given back, and not ${stream.events} through ${stream.lastSequence}`,
          );
        // The broker opens it anew; its chain goes with it.
        moveChain(chainFolder(dataFolder), stream, created);
        say(`${stream.stream}: ${stream.events} events through sequence ${stream.lastSequence} are in the journal`);
      }
      for (const bucket of manifest.objects) {
        await giveBack(broker, bucket, join(folder, bucket.file));
        say(`${bucket.stream}: objects are there`);
      }
      await openDeadLetters(broker);
      const keys = personKeysIn({ VX_DATA: dataFolder, VX_MASTER_KEY: process.env.VX_MASTER_KEY });
      const { open } = sealingBy(keys);
      const steps = await rebuild({ databaseUrl: servers.databaseUrl, broker, log, open });
      keys.close();
      say(`${steps.reduce((sum, step) => sum + step.events, 0)} events were projected`);
      verified = await verifyAll(broker, chainFolder(dataFolder), undefined);
    } finally {
      await broker.close();
    }
  } finally {
    await servers.stop();
  }
  syncDisk(dataFolder);
  endRestore(dataFolder);
  return verified;
}

/** The folder of a backup; a packed one is unpacked beside where it is restored. */
async function unpacked(
  from: string,
  beside: string,
  passPhrase: string | undefined,
): Promise<{ folder: string; done: () => void }> {
  if (statSync(from).isDirectory()) return { folder: from, done: () => {} };
  mkdirSync(beside, { recursive: true });
  const folder = mkdtempSync(join(beside, '.vung-xanh-restore-'));
  const done = () => rmSync(folder, { recursive: true, force: true });
  try {
    const locked = isLocked(from);
    const plain = locked ? join(folder, '.unlocked.tar') : from;
    if (locked) unlockFile(from, plain, neededPassPhrase(from, passPhrase));
    await promisify(execFile)('tar', ['-xf', plain, '-C', folder, '--no-same-owner']);
    if (locked) rmSync(plain);
    return { folder, done };
  } catch (error) {
    done();
    if (error instanceof BadBackup) throw error;
    throw new BadBackup(`${from} cannot be unpacked: ${(error as Error).message.trim().split('\n').at(-1)}`);
  }
}
