import type { Database } from '#platform/database.ts';
import { hashOf, newSecret } from './secret-text.ts';

/** Minutes in which a challenge has to be answered. */
const goodForMinutes = 10;

export type ChallengePurpose = 'passkey-registration' | 'passkey-sign-in' | 'provider-sign-in';

/** Gives out a random text that is good once, for one purpose. */
export async function newChallenge(
  database: Database,
  {
    purpose,
    userId = null,
    kept = null,
    now,
  }: { purpose: ChallengePurpose; userId?: string | null; kept?: unknown; now: Date },
): Promise<string> {
  const challenge = newSecret();
  await database.query('DELETE FROM challenges WHERE expires_at < $1', [now]);
  await database.query(
    'INSERT INTO challenges (challenge_hash, purpose, user_id, kept, expires_at) VALUES ($1, $2, $3, $4, $5)',
    [hashOf(challenge), purpose, userId, JSON.stringify(kept), new Date(now.getTime() + goodForMinutes * 60_000)],
  );
  return challenge;
}

/** Uses a challenge up: of two answers at once one gets it. undefined: it was never given out for this, was used, or is too old. */
export async function useChallenge(
  database: Database,
  {
    challenge,
    purpose,
    userId = null,
    now,
  }: { challenge: string; purpose: ChallengePurpose; userId?: string | null; now: Date },
): Promise<{ kept: unknown } | undefined> {
  const { rows } = await database.query<{ kept: unknown }>(
    `DELETE FROM challenges WHERE challenge_hash = $1 AND purpose = $2 AND user_id IS NOT DISTINCT FROM $3 AND expires_at > $4
     RETURNING kept`,
    [hashOf(challenge), purpose, userId, now],
  );
  return rows[0];
}
