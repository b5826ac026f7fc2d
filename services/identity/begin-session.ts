import type { Context } from 'hono';
import { setSignedCookie } from 'hono/cookie';
import type { Database } from '#platform/database.ts';
import { addressOf, type IdentityParts } from './route-shapes.ts';

/** What was shown beside, or in place of, a password. */
export type Proof = 'time-code' | 'backup-code' | 'passkey' | 'provider';

/** Begins a session of an account and puts its cookie into the answer. `proof`: more than a password was shown. */
export async function beginSession(
  { database, signIn, now }: IdentityParts,
  context: Context,
  userId: string,
  proof?: Proof,
): Promise<void> {
  const { internalAdapter, authCookies, secret, sessionConfig } = await signIn.$context;
  const session = await internalAdapter.createSession(userId, false, {
    ipAddress: addressOf(context),
    userAgent: (context.req.header('user-agent') ?? '').slice(0, 200),
  });
  if (proof) await proveSession(database, session.id, proof, now());
  const { name, attributes } = authCookies.sessionToken;
  await setSignedCookie(context, name, session.token, secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: attributes.secure === true,
    maxAge: sessionConfig.expiresIn,
  });
}

/** From then on the session counts as one in which more than a password was shown. */
export async function proveSession(database: Database, sessionId: string, by: Proof, now: Date): Promise<void> {
  await database.query(
    `INSERT INTO proven_sessions (session_id, by, proven_at) VALUES ($1, $2, $3) ON CONFLICT (session_id) DO NOTHING`,
    [sessionId, by, now],
  );
}
