import type { Context } from 'hono';
import { Problem } from '#platform/problem.ts';
import type { Person } from './accounts.ts';
import { passwordFits } from './password-check.ts';
import { addressOf, type IdentityParts } from './route-shapes.ts';
import { lockOf, noteFailure, type Try } from './tries.ts';

/** Refuses a try while account or address is locked. @throws Problem 429 */
export async function assertNotLocked({ database, now }: IdentityParts, one: Try): Promise<void> {
  const locked = await lockOf(database, one, now());
  if (!locked) return;
  throw new Problem(429, 'Too many tries', {
    detail: `No try is taken until ${locked.toISOString()}.`,
    extensions: { lockedUntil: locked.toISOString() },
    headers: { 'retry-after': String(Math.ceil((locked.getTime() - now().getTime()) / 1000)) },
  });
}

/** Who changes by what he signs in shows his password once more; an account without one has none to show. @throws Problem 403, 429 */
export async function assertOwnPassword(
  parts: IdentityParts,
  context: Context,
  person: Person,
  password: string | undefined,
): Promise<void> {
  const one = { email: person.email, address: addressOf(context) };
  await assertNotLocked(parts, one);
  const fits = await passwordFits(parts.signIn, person.id, password ?? '');
  if (fits !== false) return;
  await noteFailure(parts.database, one, parts.now());
  throw new Problem(403, 'The password is another one');
}

/** Notes a wrong code as a failed try. */
export async function wrongCode(parts: IdentityParts, context: Context, person: Person): Promise<Problem> {
  await noteFailure(parts.database, { email: person.email, address: addressOf(context) }, parts.now());
  return new Problem(403, 'The code is another one', { detail: 'Each code is good for half a minute, and once.' });
}
