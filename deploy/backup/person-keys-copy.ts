import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { copyKeys, keysFolder } from '../../services/platform/person-keys.ts';
import { syncFolder } from './data-files.ts';
import { isLocked, lockFile, neededPassPhrase, unlockFile } from './locked-file.ts';
import { BadBackup } from './manifest.ts';

/** Where the keys of persons are kept that belong to a backup: beside it, so that who is given the backup alone reads no person. */
export const keysBeside = (backup: string): string => `${backup.replace(/\.tar$/, '')}.keys`;

/**
 * Copies the keys of persons beside a backup, while the product runs. After the journals: no sealed text in them is without its key.
 *
 * @param passPhrase locks them; left out: whoever has them and the backup reads persons
 * @returns false when there are none
 * @throws BadBackup when there are some already
 */
export function copyKeysBeside(dataFolder: string, backup: string, passPhrase?: string): boolean {
  const from = join(dataFolder, keysFolder);
  const to = keysBeside(backup);
  if (existsSync(to)) throw new BadBackup(`${to} is there already`);
  if (!existsSync(from)) return false;
  mkdirSync(to, { mode: 0o700 });
  try {
    copyKeys(from, to);
    if (passPhrase !== undefined)
      for (const name of readdirSync(to)) {
        const locked = join(to, `${name}.locked`);
        lockFile(join(to, name), locked, passPhrase);
        renameSync(locked, join(to, name));
      }
    syncFolder(to);
    return true;
  } catch (error) {
    rmSync(to, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Gives the keys of persons back to a data folder.
 *
 * @param from a folder that `copyKeysBeside` made; what is not there leaves the data folder without keys
 * @param passPhrase of the backup, when it was locked
 * @returns whether there are keys now
 * @throws BadBackup when they are locked by another pass phrase
 */
export function giveKeysBack(from: string, dataFolder: string, passPhrase?: string): boolean {
  if (!existsSync(from)) return false;
  const to = join(dataFolder, keysFolder);
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const name of ['persons.sqlite', 'master']) {
    if (!existsSync(join(from, name))) continue;
    if (!isLocked(join(from, name))) copyFileSync(join(from, name), join(to, name));
    else unlockFile(join(from, name), join(to, name), neededPassPhrase(from, passPhrase));
    chmodSync(join(to, name), 0o600);
  }
  return true;
}
