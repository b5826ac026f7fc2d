import { spawn } from 'node:child_process';
import { chownSync, closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clusterFolder, type PrivateServer, serverUser } from '../local/postgres.ts';
import { findPostgresBin, findProgram } from '../local/programs.ts';
import { type Entry, haproxyConfig } from './haproxy-config.ts';
import { type DatabaseNode, type DatabaseOperators, patroniConfig } from './patroni-config.ts';

/** A program that answers on a port. */
export type Server = Omit<PrivateServer, 'url'>;

interface Launch {
  program: string;
  args: string[];
  folder: string;
  port: number;
  /** As whom it runs; left out: as we do. */
  user?: { uid: number; gid: number } | undefined;
  /** Answers with 2xx or 5xx when it is there. */
  asks: string;
  spawned: (pid: number) => void;
}

/** Starts one, with its log in its folder, and waits until it answers. */
async function launch({ program, args, folder, port, user, asks, spawned }: Launch): Promise<Server> {
  const path = findProgram(program);
  if (!path) throw new Error(`${program} was not found; apt-get install patroni python3-etcd etcd-server haproxy`);
  const log = join(folder, `${program}.log`);
  const out = openSync(log, 'a', 0o600);
  const child = spawn(path, args, {
    ...(user ?? {}),
    cwd: tmpdir(),
    stdio: ['ignore', out, out],
    // Its own group: Ctrl-C is ours, and they stop in our order.
    detached: true,
  });
  closeSync(out);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (child.pid !== undefined) spawned(child.pid);
  const isGone = () => child.exitCode !== null || child.signalCode !== null;
  for (const deadline = Date.now() + 60_000; ; await sleep(100)) {
    const answer = await fetch(asks, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer) break;
    if (isGone() || Date.now() > deadline) throw new Error(`${program} did not start; see ${log}`);
  }
  return {
    port,
    pid: child.pid!,
    ended,
    stop: async () => {
      if (isGone()) return;
      child.kill('SIGTERM');
      await Promise.race([ended, sleep(20_000, undefined, { ref: false })]);
      if (!isGone()) child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Where Patroni's nodes agree who leads. One is enough on one machine; three machines have one each. */
export function startEtcd(
  folder: string,
  { port, peerPort }: { port: number; peerPort: number },
  spawned: (pid: number) => void,
): Promise<Server> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const url = `http://127.0.0.1:${port}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  return launch({
    program: 'etcd',
    args: [
      ...['--name', 'e1', '--data-dir', join(folder, 'data')],
      ...['--listen-client-urls', url, '--advertise-client-urls', url],
      ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `e1=${peer}`],
    ],
    folder,
    port,
    asks: `${url}/health`,
    spawned,
  });
}

/** Folder of a node that PostgreSQL's user can enter (deploy/local/postgres.ts). */
export const folderOfNode = (wanted: string): string => clusterFolder(wanted, serverUser());

/** A node of the database, with the Patroni that keeps it. */
export function startDatabaseNode(
  node: DatabaseNode,
  { etcdPort, operators }: { etcdPort: number; operators: DatabaseOperators },
  spawned: (pid: number) => void,
): Promise<Server> {
  const bin = findPostgresBin();
  if (!bin) throw new Error('PostgreSQL with PostGIS was not found');
  const user = serverUser();
  const config = join(node.folder, 'patroni.json');
  mkdirSync(node.folder, { recursive: true, mode: 0o700 });
  rmSync(config, { force: true });
  writeFileSync(config, patroniConfig(node, { etcdPort, bin, operators }), { mode: 0o600 });
  if (user) for (const path of [node.folder, config]) chownSync(path, user.uid, user.gid);
  return launch({
    program: 'patroni',
    args: [config],
    folder: node.folder,
    port: node.port,
    user,
    asks: `http://127.0.0.1:${node.restPort}/patroni`,
    spawned,
  });
}

/** PostgreSQL's own process, which outlives a Patroni that was killed; undefined: it does not run. */
export function postmasterOf({ folder }: Pick<DatabaseNode, 'folder'>): number | undefined {
  try {
    const pid = Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0]);
    // A file that was left behind may name a process of another.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** The one entry before all copies. */
export function startHaproxy(
  folder: string,
  entries: readonly Entry[],
  asks: string,
  spawned: (pid: number) => void,
): Promise<Server> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const config = join(folder, 'haproxy.cfg');
  writeFileSync(config, haproxyConfig(entries, process.getuid?.() === 0 ? 'haproxy' : undefined));
  return launch({ program: 'haproxy', args: ['-db', '-f', config], folder, port: entries[0]!.port, asks, spawned });
}
