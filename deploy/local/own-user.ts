import { execFileSync } from 'node:child_process';
import { chmodSync, lchownSync, lstatSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { serverUser } from './postgres.ts';

/** Who a process is, as spawn takes it. */
export interface OwnUser {
  uid: number;
  gid: number;
}

/** Folders of a data folder that services and the broker write into. Secrets, logs and the lists of processes are the start's own. */
const foldersOfServices = ['nats', 'keys', 'chain', 'imports', 'drill'];
const filesOfServices = ['keys-known'];

/**
 * The user that services and the broker run as when they are started by root: whoever owns the data folder, and where that is root, the one that PostgreSQL's package made. The data
 * folder then stays root's: who runs in it adds files and takes nobody else's away (mode 1775), so that no link of his leads what root writes elsewhere.
 *
 * @param needed files that this user has to read: the code, its programmes
 * @returns no user where nobody is root, or where it cannot be; `why` says the latter
 */
export function ownUserOf(
  dataFolder: string,
  needed: readonly string[],
  who: () => OwnUser | undefined = serverUser,
): { user?: OwnUser; why?: string } {
  if (process.getuid?.() !== 0) return {};
  try {
    mkdirSync(dataFolder, { recursive: true });
    const { uid, gid } = lstatSync(dataFolder);
    const user = uid === 0 ? who() : { uid, gid };
    if (user === undefined || !Number.isInteger(user.uid) || user.uid === 0) return { why: 'there is no other user' };
    const closed = firstClosed(user, [dataFolder, ...needed]);
    if (closed !== undefined) return { why: `user ${user.uid} may not read ${closed}` };
    giveFolders(dataFolder, user, uid === 0);
    return { user };
  } catch (error) {
    // Such as a disk that knows no owners: the product starts as it did.
    return { why: (error as Error).message };
  }
}

/** The first of these files that the user may not read; undefined: he may read all. */
export function firstClosed(user: OwnUser, paths: readonly string[]): string | undefined {
  const script = 'for path do [ -r "$path" ] || { printf %s "$path"; exit; }; done';
  const said = execFileSync('sh', ['-c', script, 'sh', ...paths], { ...user, cwd: '/', encoding: 'utf8' });
  return said === '' ? undefined : said;
}

/** A file of settings and the secret that it names, where there are settings. */
export function settingsFiles(path: string | undefined, secretField: string): string[] {
  if (path === undefined) return [];
  const secret = (JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>)[secretField];
  return [path, ...(typeof secret === 'string' ? [resolve(dirname(path), secret)] : [])];
}

/** Whether one who is not root may listen on a port. Source: ip(7), ip_unprivileged_port_start. */
export function mayListen(port: number): boolean {
  try {
    return port >= Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8'));
  } catch {
    return port >= 1024;
  }
}

function giveFolders(dataFolder: string, user: OwnUser, isOfRoot: boolean): void {
  if (isOfRoot) {
    lchownSync(dataFolder, 0, user.gid);
    chmodSync(dataFolder, 0o1775);
  }
  for (const name of foldersOfServices) {
    const folder = join(dataFolder, name);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    give(folder, user);
  }
  for (const name of readdirSync(dataFolder)) if (filesOfServices.includes(name)) give(join(dataFolder, name), user);
}

/** What is there already too: of a start as root before, of a restored backup. */
function give(path: string, user: OwnUser): void {
  const { uid, gid } = lstatSync(path);
  if (uid !== user.uid || gid !== user.gid) lchownSync(path, user.uid, user.gid);
  if (!lstatSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) give(join(path, name), user);
}
