import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from '@hono/zod-openapi';
import { personRoles } from '#contracts/access/roles.ts';
import { districtId, identifier } from '#contracts/primitives.ts';

/** https, or this machine itself: a secret and proofs of who somebody is travel by it. */
export const safeAddress = z.url().refine((text) => {
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
}, 'https://…');

const everything = z.literal('all');
/** A value of the claim → a role that is given for it. */
const claimedRole = z.strictObject({
  value: z.string().min(1).max(200),
  role: z.enum(personRoles),
  districts: z.union([everything, z.array(districtId).min(1).max(50)]),
  areas: z.union([everything, z.array(identifier).min(1).max(50)]).default('all'),
});

/** An identity provider as its administrator tells us of it (`--provider FILE`, or `VX_PROVIDER`). */
const providerFile = z.strictObject({
  /** As the button says it: “Đăng nhập bằng NAME”. */
  name: z.string().trim().min(1).max(60),
  issuer: safeAddress,
  clientId: z.string().min(1).max(400),
  /** Beside the settings, or an absolute path; left out: a public client, with PKCE alone. */
  clientSecretFile: z.string().min(1).optional(),
  scopes: z.array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/)).default(['openid', 'profile', 'email']),
  /** The claim of the ID token that roles are read from, a text or a list of texts. */
  claim: z.string().min(1).max(100).default('groups'),
  roles: z.array(claimedRole).max(200).default([]),
  /** Who has no account here yet is given one; left out: only whom an administrator has made one for comes in. */
  makesAccounts: z.boolean().default(false),
  /** Values of the claim `amr` (RFC 8176) that say that more than a password was shown there; empty: the second factor is asked for here. */
  strongMethods: z.array(z.string()).default([]),
});

export type ProviderSettings = Omit<z.infer<typeof providerFile>, 'clientSecretFile'> & { clientSecret?: string };

/** Reads the settings and the secret beside them. @throws Error for the person who wrote the file; it never holds the secret */
export function readProvider(path: string): ProviderSettings {
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`identity provider ${path}: ${(error as Error).message}`);
  }
  const read = providerFile.safeParse(given);
  if (!read.success) {
    const lines = read.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`identity provider ${path}:\n${lines.join('\n')}`);
  }
  const { clientSecretFile, ...settings } = read.data;
  if (clientSecretFile === undefined) return settings;
  const secretPath = resolve(dirname(path), clientSecretFile);
  try {
    return { ...settings, clientSecret: readFileSync(secretPath, 'utf8').trim() };
  } catch {
    throw new Error(`identity provider ${path}: clientSecretFile ${secretPath} cannot be read`);
  }
}
