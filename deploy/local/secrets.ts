import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readStateFile, writeStateFile } from '../../services/platform/state-file.ts';

/**
 * The secret of a programme on this data folder: 32 random bytes as base64url, in `<data>/secrets/<programme>`. Made at the first question,
 * the same ever after; deleted by hand or damaged, the next start makes another. Only the owner may read it (file mode 0600, folder 0700).
 */
export function secretOf(
  dataFolder: string,
  programme: string,
  say: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
): string {
  const folder = join(dataFolder, 'secrets');
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  return keptSecret(join(folder, programme), say);
}

/**
 * The token by which whoever owns the data folder may do everything in the product that runs on it, in `<data>/admin-token` (file mode 0600): for commands,
 * tests and a forgotten password. Deleted by hand or damaged, the next start makes another.
 */
export function adminTokenOf(dataFolder: string): string {
  mkdirSync(dataFolder, { recursive: true });
  return keptSecret(join(dataFolder, 'admin-token'), (line) => process.stderr.write(`${line}\n`));
}

/** A secret that nobody keeps: of one start. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

function keptSecret(file: string, say: (line: string) => void): string {
  const there = readStateFile(file, checked, say);
  if (there !== undefined) {
    chmodSync(file, 0o600);
    return there;
  }
  // What is there is damaged, or nothing is.
  rmSync(file, { force: true });
  // Of two starts at once one makes it and the other reads it.
  writeStateFile(file, newSecret(), { keep: true });
  const made = readStateFile(file, checked, say);
  if (made === undefined) throw new Error(`${file} cannot be read`);
  return made;
}

/** @throws when it is not 32 bytes as base64url */
function checked(text: string): string {
  const secret = text.trim();
  if (!/^[\w-]{43}$/.test(secret)) throw new Error('it is not 32 bytes as base64url');
  return secret;
}
