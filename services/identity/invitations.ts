import type { Database } from '#platform/database.ts';

/** Hours for which a one-time code is taken. */
export const invitationHours = 24;

/** Keeps the hash of a code; codes of the same account that were not used are worth nothing from then on. `userId` null: of the first administrator. */
export async function keepInvitation(
  database: Database,
  { hash, userId, now }: { hash: string; userId: string | null; now: Date },
): Promise<string> {
  const expiresAt = new Date(now.getTime() + invitationHours * 3_600_000);
  await database.query('DELETE FROM invitations WHERE user_id IS NOT DISTINCT FROM $1 AND used_at IS NULL', [userId]);
  await database.query(
    'INSERT INTO invitations (code_hash, user_id, expires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [hash, userId, expiresAt],
  );
  return expiresAt.toISOString();
}

/** Uses a code up: of two at once one gets it. undefined: it is no code, was used, or is too old. */
export async function useInvitation(
  database: Database,
  hash: string,
  now: Date,
): Promise<{ userId: string | null } | undefined> {
  const { rows } = await database.query<{ userId: string | null }>(
    `UPDATE invitations SET used_at = $2 WHERE code_hash = $1 AND used_at IS NULL AND expires_at > $2
     RETURNING user_id AS "userId"`,
    [hash, now],
  );
  return rows[0];
}

/** What the code was used for did not succeed: it may be used again. */
export async function giveBackInvitation(database: Database, hash: string): Promise<void> {
  await database.query('UPDATE invitations SET used_at = NULL WHERE code_hash = $1', [hash]);
}
