import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './free-port.ts';
import { findPostgresBin } from './programs.ts';

export interface PrivateServer {
  url: string;
  port: number;
  pid: number;
  /** Resolves when the process ends, wanted or not. */
  ended: Promise<void>;
  stop: () => Promise<void>;
}

/** PostgreSQL refuses to run as root: then it runs as the user that its Debian package made. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const line = execFileSync('getent', ['passwd', 'postgres'], { encoding: 'utf8' }).trim().split(':');
  return { uid: Number(line[2]), gid: Number(line[3]) };
}

/** True when that user can walk to the folder (a clone below /root is closed to it). */
function reachable(folder: string, user: { uid: number; gid: number }): boolean {
  try {
    execFileSync('test', ['-x', folder], { uid: user.uid, gid: user.gid, stdio: 'ignore', cwd: '/' });
    return true;
  } catch {
    return false;
  }
}

/** The data folder, or a stand-in that the server's user can reach; the same one every time. */
function clusterFolder(wanted: string, user: { uid: number; gid: number } | undefined): string {
  mkdirSync(dirname(wanted), { recursive: true });
  if (!user || reachable(dirname(wanted), user)) return wanted;
  return join('/var/lib/postgresql', `vung-xanh-${createHash('sha256').update(wanted).digest('hex').slice(0, 12)}`);
}

/**
 * Starts a private cluster in `folder` (made when missing) on a free loopback port, never the system's own.
 * Only this machine's loopback can connect; the superuser has no password, as everything here belongs to one person.
 */
export async function startPostgres(
  wantedFolder: string,
  say: (line: string) => void = () => {},
  wantedPort?: number,
): Promise<PrivateServer> {
  const bin = findPostgresBin();
  if (!bin) throw new Error('PostgreSQL with PostGIS was not found');
  const user = serverUser();
  const folder = clusterFolder(wantedFolder, user);
  if (folder !== wantedFolder) say(`PostgreSQL may not enter ${dirname(wantedFolder)}: its data is in ${folder}`);
  const as = { ...(user ?? {}), cwd: tmpdir() };
  if (!existsSync(join(folder, 'PG_VERSION'))) {
    mkdirSync(folder, { recursive: true });
    if (user) chownSync(folder, user.uid, user.gid);
    chmodSync(folder, 0o700);
    say('making a private PostgreSQL cluster');
    execFileSync(
      join(bin, 'initdb'),
      ['-D', folder, '-U', 'vungxanh', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-instructions'],
      {
        ...as,
        stdio: 'pipe',
      },
    );
  }
  const port = wantedPort ?? (await freePort());
  writeFileSync(join(folder, 'vungxanh.conf'), settings(port, folder));
  if (user) chownSync(join(folder, 'vungxanh.conf'), user.uid, user.gid);
  const child = spawn(join(bin, 'postgres'), ['-D', folder, '-c', `config_file=${join(folder, 'vungxanh.conf')}`], {
    ...as,
    stdio: ['ignore', 'ignore', 'pipe'],
    // Its own group: Ctrl-C reaches us, and we stop it after the services have finished their last transaction.
    detached: true,
  });
  let tail = '';
  child.stderr.on('data', (chunk: Buffer) => {
    tail = (tail + chunk.toString()).slice(-4000);
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const base = `postgresql://vungxanh@127.0.0.1:${port}`;
  await waitUntilReady(
    `${base}/postgres`,
    () => child.exitCode !== null,
    () => tail,
  );
  return {
    url: base,
    port,
    pid: child.pid!,
    ended,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGINT'); // fast shutdown: open transactions roll back, then a checkpoint
      await Promise.race([ended, sleep(15_000, undefined, { ref: false })]);
      if (child.exitCode === null) child.kill('SIGQUIT');
      await ended;
    },
  };
}

function settings(port: number, folder: string): string {
  return `
listen_addresses = '127.0.0.1'
port = ${port}
unix_socket_directories = ''
hba_file = '${folder}/pg_hba.conf'
max_connections = 80
shared_buffers = 128MB
work_mem = 16MB
maintenance_work_mem = 96MB
max_wal_size = 1GB
wal_compression = on
checkpoint_timeout = 15min
max_parallel_workers_per_gather = 1
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
autovacuum_naptime = 30s
`;
}

async function waitUntilReady(url: string, gone: () => boolean, tail: () => string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (gone()) throw new Error(`PostgreSQL ended while starting: ${tail()}`);
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => {});
      if (Date.now() > deadline) throw new Error(`PostgreSQL did not answer within 60 s: ${tail()}`, { cause: error });
      await sleep(100);
    }
  }
}

/** Creates the database with PostGIS unless it is there. Returns its URL. */
export async function ensureDatabase(server: { url: string }, name: string, template?: string): Promise<string> {
  const admin = new pg.Client({ connectionString: `${server.url}/postgres` });
  await admin.connect();
  try {
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount) await admin.query(`CREATE DATABASE ${name}${template ? ` TEMPLATE ${template}` : ''}`);
  } finally {
    await admin.end();
  }
  const url = `${server.url}/${name}`;
  if (!template) await ensureExtensions(url);
  return url;
}

/** PostGIS and the text helpers. On a server that exists the user of the URL must be allowed to create them, or they must be there. */
export async function ensureExtensions(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const extension of ['postgis', 'unaccent', 'pg_trgm'])
      await client.query(`CREATE EXTENSION IF NOT EXISTS ${extension}`);
  } finally {
    await client.end();
  }
}
