import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { keysFolder } from '../../services/platform/person-keys.ts';
import type { FileEntry } from './manifest.ts';

/** What is not copied as files: the servers' own, what is of one start alone, and what people read when something is wrong. */
const notCopied = (name: string) =>
  ['postgres', 'nats', 'logs', 'run.json', 'processes.json'].includes(name) || /\.(pid|new|lock)$/.test(name);

/** Names in the data folder that are copied. A name that a later version adds is copied without being listed here. The keys of persons are kept apart. */
export const dataNames = (dataFolder: string): string[] =>
  readdirSync(dataFolder).filter((name) => !notCopied(name) && name !== keysFolder);

/**
 * Copies files below `from` to `to`, each synced, with mode 0600 (folders 0700).
 *
 * @param names files and folders; those that are not there are left out
 * @returns the entries of a manifest, with paths below `to` and the modes of the originals
 */
export function copyFiles(from: string, to: string, names: readonly string[]): FileEntry[] {
  const entries: FileEntry[] = [];
  const copy = (path: string) => {
    const source = join(from, path);
    const status = statSync(source, { throwIfNoEntry: false });
    if (!status) return;
    if (status.isDirectory()) {
      for (const name of readdirSync(source)) if (!notCopied(name)) copy(join(path, name));
      return;
    }
    if (!status.isFile()) return;
    const content = readFileSync(source);
    writeSynced(join(to, path), content, 0o600);
    entries.push({
      path,
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
      mode: status.mode & 0o777,
    });
  };
  for (const name of names) copy(name);
  return entries;
}

/** Writes a file whole and syncs it; its folders are made for the owner alone. */
export function writeSynced(path: string, content: Uint8Array | string, mode: number): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const file = openSync(path, 'wx', mode);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  chmodSync(path, mode);
}

/** Syncs the names in a folder. */
export function syncFolder(folder: string): void {
  const names = openSync(folder, 'r');
  try {
    fsyncSync(names);
  } finally {
    closeSync(names);
  }
}
