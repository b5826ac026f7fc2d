import { execFileSync, type SpawnOptions, spawn } from 'node:child_process';
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
export function serverUser(): { uid: number; gid: number } | undefined {
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
export function clusterFolder(wanted: string, user: { uid: number; gid: number } | undefined): string {
  mkdirSync(dirname(wanted), { recursive: true });
  if (!user || reachable(dirname(wanted), user)) return wanted;
  return join('/var/lib/postgresql', `vung-xanh-${createHash('sha256').update(wanted).digest('hex').slice(0, 12)}`);
}

/** Role that owns the cluster: the operator's. It makes extensions and roles; no service has it. */
export const owner = 'vungxanh';

/**
 * Starts a private cluster in `folder` (made when missing) on a free loopback port, never the system's own.
 * Only this machine's loopback can connect, and only with a password (SCRAM). `url` is the operator's, with the password in it.
 *
 * @param spawned is told the process at once, before it answers
 * @param password of the operator. A cluster that has another, or none as earlier versions left it, is given this one
 */
export async function startPostgres(
  wantedFolder: string,
  password: string,
  say: (line: string) => void = () => {},
  wantedPort?: number,
  spawned: (pid: number) => void = () => {},
): Promise<PrivateServer> {
  const bin = findPostgresBin();
  if (!bin) throw new Error('PostgreSQL with PostGIS was not found');
  const user = serverUser();
  const folder = clusterFolder(wantedFolder, user);
  if (folder !== wantedFolder) say(`PostgreSQL may not enter ${dirname(wantedFolder)}: its data is in ${folder}`);
  const as = { ...(user ?? {}), cwd: tmpdir() };
  const fresh = !existsSync(join(folder, 'PG_VERSION'));
  if (fresh) {
    mkdirSync(folder, { recursive: true });
    if (user) chownSync(folder, user.uid, user.gid);
    chmodSync(folder, 0o700);
    say('making a private PostgreSQL cluster');
    execFileSync(
      join(bin, 'initdb'),
      // Nobody can connect before our own rules of access are written below.
      ['-D', folder, '-U', owner, '-A', 'reject', '-E', 'UTF8', '--locale=C.UTF-8', '--no-instructions'],
      {
        ...as,
        stdio: 'pipe',
      },
    );
  }
  const port = wantedPort ?? (await freePort());
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    if (user) chownSync(join(folder, name), user.uid, user.gid);
  };
  write('vungxanh.conf', settings(port, folder));
  write('pg_hba.conf', 'host all all 127.0.0.1/32 scram-sha-256\n');
  const options = ['-D', folder, '-c', `config_file=${join(folder, 'vungxanh.conf')}`];
  const program = join(bin, 'postgres');
  /** The one way in without a password: the server for one user alone, on its standard input, closed to the network. */
  const setPassword = () =>
    execFileSync(program, ['--single', ...options, 'postgres'], {
      ...as,
      input: `SET log_min_error_statement = panic\nALTER ROLE ${owner} PASSWORD '${password}'\n`,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
  if (fresh) setPassword();
  const url = `postgresql://${owner}:${password}@127.0.0.1:${port}`;
  for (let again = false; ; again = true) {
    const server = launch(program, options, as);
    spawned(server.pid);
    const entered = await enter(`${url}/postgres`, server);
    if (entered) return { url, port, ...server };
    await server.stop();
    if (again) throw new Error(`PostgreSQL does not take the password in secrets/operator; see ${folder}`);
    setPassword();
  }
}

/** The server as a child process. */
function launch(program: string, options: string[], as: SpawnOptions): Launched {
  const child = spawn(program, options, {
    ...as,
    stdio: ['ignore', 'ignore', 'pipe'],
    // Its own group: Ctrl-C reaches us, and we stop it after the services have finished their last transaction.
    detached: true,
  });
  let tail = '';
  child.stderr!.on('data', (chunk: Buffer) => {
    tail = (tail + chunk.toString()).slice(-4000);
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    pid: child.pid!,
    ended,
    gone: () => child.exitCode !== null,
    tail: () => tail,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGINT'); // fast shutdown: open transactions roll back, then a checkpoint
      await Promise.race([ended, sleep(15_000, undefined, { ref: false })]);
      if (child.exitCode === null) child.kill('SIGQUIT');
      await ended;
    },
  };
}

interface Launched extends Omit<PrivateServer, 'url' | 'port'> {
  gone: () => boolean;
  /** Last lines of its log. */
  tail: () => string;
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
wal_recycle = off
checkpoint_timeout = 15min
max_parallel_workers_per_gather = 1
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
autovacuum_naptime = 30s
`;
}

/** Waits until the server answers. False when it does not take the password. */
async function enter(url: string, { gone, tail }: Launched): Promise<boolean> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (gone()) throw new Error(`PostgreSQL ended while starting: ${tail()}`);
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return true;
    } catch (error) {
      await client.end().catch(() => {});
      // invalid_password: another one, or none
      if ((error as { code?: string }).code === '28P01') return false;
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
