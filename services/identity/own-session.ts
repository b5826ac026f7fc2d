import type { Context } from 'hono';
import { Problem } from '#platform/problem.ts';
import { type ResolveParts, sessionOf } from './resolve.ts';

/** The session by which somebody asks for himself. @throws Problem 401 */
export async function ownSession(parts: Pick<ResolveParts, 'database' | 'signIn'>, context: Context) {
  const session = await sessionOf(parts, context.req.header('cookie'));
  if (!session) throw new Problem(401, 'Sign in first');
  return session;
}
