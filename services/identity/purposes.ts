import { type Purpose, purposeNames } from '#contracts/access/purposes.ts';
import type { Database } from '#platform/database.ts';

/** What was said in a session; null: nothing yet, or a purpose that there is no more. */
export async function purposeOf(database: Database, sessionId: string): Promise<Purpose | null> {
  const { rows } = await database.query<{ purpose: string }>(
    'SELECT purpose FROM session_purposes WHERE session_id = $1',
    [sessionId],
  );
  return knownPurpose(rows[0]?.purpose);
}

/** Another purpose in the same session takes the place of the first: the ledger has both, each with its moment. */
export async function sayPurpose(database: Database, sessionId: string, purpose: Purpose, now: Date): Promise<void> {
  await database.query(
    `INSERT INTO session_purposes (session_id, purpose, said_at) VALUES ($1, $2, $3)
     ON CONFLICT (session_id) DO UPDATE SET purpose = excluded.purpose, said_at = excluded.said_at`,
    [sessionId, purpose, now],
  );
}

export const knownPurpose = (text: string | null | undefined): Purpose | null =>
  purposeNames.find((name) => name === text) ?? null;
