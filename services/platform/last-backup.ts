import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeStateFile } from './state-file.ts';

const fileOf = (dataFolder: string) => join(dataFolder, 'last-backup.json');

/** Says in the data folder that a backup of it was finished. */
export function noteBackup(dataFolder: string, at: Date): void {
  // The service of the chain reads it, which may be another user's.
  writeStateFile(fileOf(dataFolder), `${JSON.stringify({ at: at.toISOString() })}\n`, { mode: 0o644 });
}

/** When the last backup of a data folder was finished; undefined: nobody knows of one. */
export function lastBackup(dataFolder: string): { at: Date } | undefined {
  const path = fileOf(dataFolder);
  if (!existsSync(path)) return undefined;
  try {
    const { at } = JSON.parse(readFileSync(path, 'utf8')) as { at: string };
    const moment = new Date(at);
    return Number.isNaN(moment.getTime()) ? undefined : { at: moment };
  } catch {
    return undefined;
  }
}
