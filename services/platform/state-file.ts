import {
  chownSync,
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a small file whole: after a power cut it is what it was, or what it should be, and never half of it or empty. The folder is made when missing.
 * Written by root it belongs to whom the one before it, or its folder, belongs to: a command of root's takes nothing away from a service that is not root.
 *
 * @param mode of the file from its first byte; 0600 unless others may read it
 * @param keep true: a file that is there stays as it is. Of two that write at once one wins
 * @returns false when `keep` kept another's file
 * @throws what the file system throws, such as ENOSPC; the file is then as it was
 */
export function writeStateFile(path: string, text: string, { mode = 0o600, keep = false } = {}): boolean {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  const whole = `${path}.${process.pid}.new`;
  rmSync(whole, { force: true });
  try {
    const file = openSync(whole, 'wx', mode);
    try {
      writeFileSync(file, text);
      giveToOwner(whole, path);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (!keep) renameSync(whole, path);
    else if (!linked(whole, path)) return false;
  } finally {
    rmSync(whole, { force: true });
  }
  syncFolder(folder);
  return true;
}

/**
 * Reads what `writeStateFile` wrote.
 *
 * @param parse throws when the text is not what it should be
 * @param damaged is told why a file that is there cannot be used
 * @returns undefined when there is none, or it is damaged
 */
export function readStateFile<State>(
  path: string,
  parse: (text: string) => State,
  damaged: (line: string) => void,
): State | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return parse(text);
  } catch (error) {
    // The text itself is not shown: it may be a secret.
    const reason = error instanceof SyntaxError ? 'it is not whole' : (error as Error).message;
    damaged(`${path} is damaged (${text.length} characters): ${reason}; it is made anew`);
    return undefined;
  }
}

function giveToOwner(whole: string, path: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = lstatSync(path, { throwIfNoEntry: false }) ?? lstatSync(dirname(path));
  if (uid !== 0) chownSync(whole, uid, gid);
}

/** A second name for the same file; false when that name is taken. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** A name is in its folder's own blocks: they are synced too. */
function syncFolder(folder: string): void {
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
