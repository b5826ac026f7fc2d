import { kyselyAdapter } from '@better-auth/kysely-adapter';
import { betterAuth } from 'better-auth/minimal';
import { Kysely, PostgresDialect } from 'kysely';
import type { Database } from '#platform/database.ts';

/** Hours after which everybody signs in anew: a shift. */
const sessionHours = 12;
export const shortestPassword = 12;

/**
 * better-auth on the service's own schema. Its routes are not served: our own routes call what they need, so that each is in the access table.
 *
 * @param secret signs the cookies @param publicUrl where browsers reach the product; with https the cookies travel over TLS alone
 */
export function createSignIn(database: Database, { secret, publicUrl }: { secret: string; publicUrl: string }) {
  const kysely = new Kysely({ dialect: new PostgresDialect({ pool: database }) });
  return betterAuth({
    appName: 'Vùng Xanh',
    secret,
    baseURL: publicUrl,
    basePath: '/api/identity',
    database: kyselyAdapter(kysely, { type: 'postgres' }),
    emailAndPassword: { enabled: true, autoSignIn: false, minPasswordLength: shortestPassword, maxPasswordLength: 128 },
    // Nothing is kept in the cookie but the session's number: a session that is revoked is gone at once.
    session: { expiresIn: sessionHours * 3600, disableSessionRefresh: true, cookieCache: { enabled: false } },
    advanced: {
      cookiePrefix: 'vung-xanh',
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
    },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
}

export type SignIn = ReturnType<typeof createSignIn>;
