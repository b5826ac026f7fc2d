import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { doorProgrammes } from '../../services/contracts/actor.ts';
import { services } from '../../services/services.ts';
import { productSecrets, usesBroker, usesDatabase } from './environment.ts';

/** File of the passwords as nats-server reads them. */
export const brokerPasswords = 'passwords.conf';

/** Names of all secrets there are, but for what is made of them. */
export const secretNames: readonly string[] = [
  ...new Set([
    ...Object.values(productSecrets),
    ...doorProgrammes,
    ...services.map(({ name }) => name).filter((name) => usesBroker(name) || usesDatabase(name)),
  ]),
];

/** A programme's password as a word of nats-server's configuration. */
export const passwordWord = (user: string): string => `PASSWORD_${user.replaceAll('-', '_')}`;

/** The passwords of the broker's users. Quoted: one that begins with a digit would be read as a number. */
const passwordsOf = (secret: (name: string) => string): string =>
  [productSecrets.operator, ...services.map(({ name }) => name).filter(usesBroker)]
    .map((user) => `${passwordWord(user)}: ${JSON.stringify(secret(user))}\n`)
    .join('');

/**
 * All secrets of a product, by their names, with the file of the broker's passwords.
 *
 * @param kept those that there are already: they stay
 * @param make a new one: 32 random bytes as base64url
 */
export function allSecrets(kept: (name: string) => string | undefined, make: () => string): Record<string, string> {
  const made = Object.fromEntries(secretNames.map((name) => [name, kept(name) ?? make()]));
  return { ...made, [brokerPasswords]: passwordsOf((name) => made[name]!) };
}

/** Reads a secret from its file. */
export const secretIn =
  (folder: string) =>
  (name: string): string => {
    const file = join(folder, name);
    if (!existsSync(file)) throw new Error(`the secret ${file} is missing`);
    return readFileSync(file, 'utf8').trim();
  };

/** Writes the secrets that a folder lacks: each a file that its owner alone may read. */
export function completeFolder(folder: string, make: () => string): string[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const read = secretIn(folder);
  const has = (name: string) => existsSync(join(folder, name));
  const missing = secretNames.filter((name) => !has(name));
  const secrets = allSecrets((name) => (has(name) ? read(name) : undefined), make);
  for (const name of missing) writeFileSync(join(folder, name), secrets[name]!, { mode: 0o400, flag: 'wx' });
  // Made of the others, and of the list of this version.
  writeFileSync(join(folder, brokerPasswords), secrets[brokerPasswords]!, { mode: 0o600 });
  return missing;
}
