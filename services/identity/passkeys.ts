import type { PasskeyRow } from '#contracts/http/passkeys.ts';
import type { Database } from '#platform/database.ts';
import type { Registered } from './webauthn.ts';

/** False: the passkey is known already. */
export async function keepPasskey(
  database: Database,
  { id, userId, name, now }: { id: string; userId: string; name: string; now: Date },
  { publicKey, algorithm, signCount }: Registered,
): Promise<boolean> {
  const { rowCount } = await database.query(
    `INSERT INTO passkeys (id, user_id, name, public_key, algorithm, sign_count, made_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [id, userId, name, publicKey, algorithm, signCount, now],
  );
  return rowCount === 1;
}

export async function findPasskey(
  database: Database,
  id: string,
): Promise<(Registered & { userId: string }) | undefined> {
  const { rows } = await database.query<{ userId: string; publicKey: Buffer; algorithm: number; signCount: string }>(
    `SELECT user_id AS "userId", public_key AS "publicKey", algorithm, sign_count AS "signCount" FROM passkeys WHERE id = $1`,
    [id],
  );
  return rows[0] && { ...rows[0], signCount: Number(rows[0].signCount) };
}

/** Notes a use. False: another use of the same passkey came between. */
export async function notePasskeyUse(
  database: Database,
  id: string,
  { before, signCount, now }: { before: number; signCount: number; now: Date },
): Promise<boolean> {
  const { rowCount } = await database.query(
    'UPDATE passkeys SET sign_count = $3, last_used_at = $4 WHERE id = $1 AND sign_count = $2',
    [id, before, signCount, now],
  );
  return rowCount === 1;
}

/** Oldest first. */
export async function readPasskeys(database: Database, userId: string): Promise<PasskeyRow[]> {
  const { rows } = await database.query<{ id: string; name: string; madeAt: Date; lastUsedAt: Date | null }>(
    `SELECT id, name, made_at AS "madeAt", last_used_at AS "lastUsedAt" FROM passkeys WHERE user_id = $1 ORDER BY made_at, id`,
    [userId],
  );
  return rows.map(({ madeAt, lastUsedAt, ...row }) => ({
    ...row,
    madeAt: madeAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  }));
}

export async function countPasskeys(database: Database, userId: string): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM passkeys WHERE user_id = $1',
    [userId],
  );
  return rows[0]!.count;
}

/** False: the account has none of that id. */
export async function removePasskey(database: Database, userId: string, id: string): Promise<boolean> {
  const { rowCount } = await database.query('DELETE FROM passkeys WHERE user_id = $1 AND id = $2', [userId, id]);
  return rowCount === 1;
}

/** @returns how many there were */
export async function removePasskeysOf(database: Database, userId: string): Promise<number> {
  const { rowCount } = await database.query('DELETE FROM passkeys WHERE user_id = $1', [userId]);
  return rowCount ?? 0;
}
