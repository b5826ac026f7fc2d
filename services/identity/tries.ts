import { networkOf } from '#platform/client-address.ts';
import type { Database } from '#platform/database.ts';
import { accountLock, addressLock, lockedUntil } from './lock-out.ts';

/** Who tries to sign in: the mail address that was typed, and the address of the network. */
export interface Try {
  /** Left out: whoever it is has shown no address yet. */
  email?: string;
  address: string;
}

const kinds = ({ email, address }: Try) => [
  ...(email === undefined ? [] : [{ tried: `account:${email.toLowerCase()}`, lock: accountLock }]),
  { tried: `address:${networkOf(address)}`, lock: addressLock },
];

/** Until when a try is not taken; undefined: it is taken now. */
export async function lockOf(database: Database, one: Try, now: Date): Promise<Date | undefined> {
  const ends = await Promise.all(
    kinds(one).map(async ({ tried, lock }) => {
      const { rows } = await database.query<{ at: Date }>(
        'SELECT at FROM failed_tries WHERE tried = $1 AND at > $2 ORDER BY at DESC LIMIT 200',
        [tried, new Date(now.getTime() - lock.withinMs - lock.lockedMs)],
      );
      return lockedUntil(
        rows.map(({ at }) => at.getTime()),
        lock,
        now.getTime(),
      );
    }),
  );
  const latest = Math.max(...ends.map((end) => end ?? 0));
  return latest > 0 ? new Date(latest) : undefined;
}

export async function noteFailure(database: Database, one: Try, now: Date): Promise<void> {
  for (const { tried } of kinds(one))
    await database.query('INSERT INTO failed_tries (tried, at) VALUES ($1, $2)', [tried, now]);
  // Older ones decide nothing any more.
  await database.query(`DELETE FROM failed_tries WHERE at < $1::timestamptz - interval '1 day'`, [now]);
}

/** A sign-in that succeeded ends the count of the account; that of the address goes on. */
export async function forgetFailures(database: Database, email: string): Promise<void> {
  await database.query('DELETE FROM failed_tries WHERE tried = $1', [`account:${email.toLowerCase()}`]);
}
