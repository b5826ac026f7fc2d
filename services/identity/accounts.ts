import type { AccountRow, SessionRow } from '#contracts/http/identity.ts';
import type { Database } from '#platform/database.ts';
import { Problem } from '#platform/problem.ts';
import { readGrants } from './grants.ts';
import { accountLock, lockedUntil } from './lock-out.ts';

export interface Person {
  id: string;
  name: string;
  email: string;
  disabledAt: Date | null;
}

/** undefined: there is no such account. */
export async function findAccount(database: Database, id: string): Promise<Person | undefined> {
  const { rows } = await database.query<Person>(
    'SELECT id, name, email, disabled_at AS "disabledAt" FROM "user" WHERE id = $1',
    [id],
  );
  return rows[0];
}

/** @throws Problem 404 */
export async function knownAccount(database: Database, id: string): Promise<Person> {
  const found = await findAccount(database, id);
  if (!found) throw new Problem(404, 'No such account');
  return found;
}

export async function readAccounts(database: Database, now: Date): Promise<AccountRow[]> {
  const [{ rows }, grants] = await Promise.all([
    database.query<
      Person & { createdAt: Date; hasPassword: boolean; hasSecondFactor: boolean; sessions: number; failures: Date[] }
    >(
      `SELECT u.id, name, email, u."createdAt", disabled_at AS "disabledAt",
         EXISTS (SELECT 1 FROM account a WHERE a."userId" = u.id AND password IS NOT NULL) AS "hasPassword",
         EXISTS (SELECT 1 FROM second_factors f WHERE f.user_id = u.id AND confirmed_at IS NOT NULL)
           OR EXISTS (SELECT 1 FROM passkeys p WHERE p.user_id = u.id) AS "hasSecondFactor",
         (SELECT count(*)::int FROM session s WHERE s."userId" = u.id AND s."expiresAt" > $1) AS sessions,
         ARRAY (SELECT at FROM failed_tries f WHERE f.tried = 'account:' || email AND at > $1::timestamptz - interval '1 hour') AS failures
       FROM "user" u ORDER BY name, u.id LIMIT 1000`,
      [now],
    ),
    readGrants(database),
  ]);
  return rows.map(({ createdAt, disabledAt, failures, ...row }) => {
    const until = lockedUntil(
      failures.map((at) => at.getTime()),
      accountLock,
      now.getTime(),
    );
    return {
      ...row,
      createdAt: createdAt.toISOString(),
      disabledAt: disabledAt?.toISOString() ?? null,
      lockedUntil: until === undefined ? null : new Date(until).toISOString(),
      grants: grants.filter(({ accountId }) => accountId === row.id).map(({ accountId: _, ...grant }) => grant),
    };
  });
}

/** From then on nobody signs in with it, and its sessions are over. False: there is no such account. */
export async function disableAccount(database: Database, id: string, now: Date): Promise<boolean> {
  const { rowCount } = await database.query('UPDATE "user" SET disabled_at = coalesce(disabled_at, $2) WHERE id = $1', [
    id,
    now,
  ]);
  await endSessions(database, id);
  return rowCount === 1;
}

export async function enableAccount(database: Database, id: string): Promise<boolean> {
  const { rowCount } = await database.query('UPDATE "user" SET disabled_at = NULL WHERE id = $1', [id]);
  return rowCount === 1;
}

/** Sessions that are not over, newest first. `current`: id of the one that asks. */
export async function readSessions(
  database: Database,
  accountId: string,
  now: Date,
  current?: string,
): Promise<SessionRow[]> {
  const { rows } = await database.query<{
    id: string;
    createdAt: Date;
    expiresAt: Date;
    address: string | null;
    device: string | null;
  }>(
    `SELECT id, "createdAt", "expiresAt", "ipAddress" AS address, "userAgent" AS device FROM session
     WHERE "userId" = $1 AND "expiresAt" > $2 ORDER BY "createdAt" DESC`,
    [accountId, now],
  );
  return rows.map(({ createdAt, expiresAt, ...row }) => ({
    ...row,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    current: row.id === current,
  }));
}

/** Ends one session of an account; false: it has none of that number. */
export async function endSession(database: Database, accountId: string, id: string): Promise<boolean> {
  const { rowCount } = await database.query('DELETE FROM session WHERE "userId" = $1 AND id = $2', [accountId, id]);
  return rowCount === 1;
}

/** Ends all sessions of an account but one. */
export async function endSessions(database: Database, accountId: string, but?: string): Promise<void> {
  await database.query('DELETE FROM session WHERE "userId" = $1 AND id IS DISTINCT FROM $2', [accountId, but ?? null]);
}
