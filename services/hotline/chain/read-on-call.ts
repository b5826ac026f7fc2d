import type { Reads } from '#platform/database.ts';
import type { ChainStep, OnCall } from '../calls/events.ts';
import { lastRingOf } from '../calls/on-call.ts';

/** At most so many of one office stand in a call. */
const mostOfOffice = 20;

/**
 * A chain with who is on call at each of its offices while it rings, by the roster as it is known now. An office of which the roster has nobody says so: it is rung alone.
 *
 * @param from RFC 3339: when its first telephone rings
 */
export async function withOnCall(
  reads: Reads,
  district: string,
  chain: readonly ChainStep[],
  from: string,
): Promise<ChainStep[]> {
  const { rows } = await reads.query<{
    target: string;
    officer: string;
    name: string;
    account: string | null;
    from: Date;
    until: Date;
  }>(
    `SELECT target_id AS target, officer_id AS officer, officer_name AS name, account, from_at AS "from", until_at AS until FROM officials.published_shifts
     WHERE district = $1 AND target_id = ANY($2::text[]) AND from_at <= $4::timestamptz AND until_at > $3::timestamptz ORDER BY from_at, shift_id`,
    [district, chain.map(({ targetId }) => targetId), from, lastRingOf(chain, from)],
  );
  return chain.map((step) => ({
    ...step,
    onCall: rows
      .filter(({ target }) => target === step.targetId)
      .slice(0, mostOfOffice)
      .map(
        ({ officer, name, account, from: begins, until }): OnCall => ({
          ...{ officerId: officer, name, from: begins.toISOString(), until: until.toISOString() },
          ...(account !== null && { account }),
        }),
      ),
  }));
}
