import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The secret of a programme on this data folder: 32 random bytes as base64url, in `<data>/secrets/<programme>`. Made at the first question,
 * the same ever after; deleted by hand, the next start makes another. Only the owner may read it (file mode 0600, folder 0700).
 */
export function secretOf(dataFolder: string, programme: string): string {
  const folder = join(dataFolder, 'secrets');
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  const file = join(folder, programme);
  try {
    // Exclusively: of two starts at once one makes it and the other reads it.
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8').trim();
}
