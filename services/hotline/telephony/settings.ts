import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from '@hono/zod-openapi';
import { identifier } from '#contracts/primitives.ts';
import { telephoneNumber } from '../calls/events.ts';

/** Shorter secrets can be guessed. */
const shortestSecret = 24;

const telephonyFile = z.strictObject({
  /** Where the carrier takes commands: https, or this machine. */
  url: z.url().refine((text) => {
    const { protocol, hostname } = new URL(text);
    return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  }, 'https://…'),
  /** Beside the settings, or an absolute path. */
  secretFile: z.string().min(1),
  /** The number that is shown to whom we ring. */
  from: telephoneNumber,
  /** Which telephone stands in which office: a facility, `chair-WARD`, `district-leader`, … → number. */
  numbers: z.record(identifier, telephoneNumber),
});

export type TelephonySettings = Omit<z.infer<typeof telephonyFile>, 'secretFile'> & { secret: string };

/** Reads the settings of the carrier and the secret beside them. @throws Error for the person who wrote the file; it never holds the secret */
export function readTelephony(path: string): TelephonySettings {
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`telephony ${path}: ${(error as Error).message}`);
  }
  const read = telephonyFile.safeParse(given);
  if (!read.success)
    throw new Error(
      `telephony ${path}:\n${read.error.issues.map(({ path: at, message }) => `  ${at.join('.')}: ${message}`).join('\n')}`,
    );
  const { secretFile, ...settings } = read.data;
  const secretPath = resolve(dirname(path), secretFile);
  let secret: string;
  try {
    secret = readFileSync(secretPath, 'utf8').trim();
  } catch {
    throw new Error(`telephony ${path}: secretFile ${secretPath} cannot be read`);
  }
  if (secret.length < shortestSecret)
    throw new Error(`telephony ${path}: the secret in ${secretPath} has fewer than ${shortestSecret} characters`);
  return { ...settings, secret };
}

/** Of the installation (`--telephony FILE`, or `VX_TELEPHONY`); undefined: no carrier. */
export const telephonyOfEnvironment = (env: NodeJS.ProcessEnv): TelephonySettings | undefined =>
  env.VX_TELEPHONY ? readTelephony(env.VX_TELEPHONY) : undefined;
