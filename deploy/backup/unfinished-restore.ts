import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeStateFile } from '../../services/platform/state-file.ts';

const fileOf = (dataFolder: string) => join(dataFolder, 'restore-unfinished');

/** Marks a data folder that is being filled from a backup: nothing starts on it until it is whole. */
export const beginRestore = (dataFolder: string): void => {
  writeStateFile(fileOf(dataFolder), 'A restore began here and has not ended. Remove the folder and restore again.\n');
};
export const endRestore = (dataFolder: string): void => rmSync(fileOf(dataFolder), { force: true });
/** True: a restore of it was broken off. */
export const isHalfRestored = (dataFolder: string): boolean => existsSync(fileOf(dataFolder));
