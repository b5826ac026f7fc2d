import { readEvent } from '#contracts/read-event.ts';
import type { Reads } from '#platform/database.ts';
import type { Projection } from '#platform/projection.ts';
import { forgetRows } from '../../lifecycle/write-rows.ts';
import type { Round } from './events.ts';

interface Set {
  recordedtime: string;
  data: { roundId: string; enabled: boolean; mostPerDay?: number };
}

/** Which calls the centre makes by itself in a district: what was recorded last holds, also when an earlier word is heard after it or again. */
export const roundProjection: Projection<Set> = {
  name: 'hotline-rounds',
  schema: 'hotline',
  filter: (district) => `vx.${district}.hotline.round.>`,
  read: readEvent,
  apply: async (transaction, district, entries) => {
    for (const { sequence, event } of entries) {
      const { roundId, enabled, mostPerDay } = event.data;
      await transaction.query(
        `INSERT INTO hotline.rounds (district, round_id, enabled, most_per_day, known_at, sequence) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (district, round_id) DO UPDATE SET enabled = excluded.enabled, most_per_day = excluded.most_per_day, known_at = excluded.known_at,
           sequence = excluded.sequence WHERE excluded.known_at >= rounds.known_at`,
        [district, roundId, enabled, mostPerDay ?? null, event.recordedtime, sequence],
      );
    }
    return [];
  },
  forget: (transaction, district) => forgetRows(transaction, ['hotline.rounds'], district),
};

/** How a round is set in a district. */
export interface RoundSet {
  enabled: boolean;
  /** null: each that is due. */
  mostPerDay: number | null;
}

/** How a round is set; not said: it is off. */
export async function readRound(reads: Reads, district: string, round: Round): Promise<RoundSet> {
  const { rows } = await reads.query<RoundSet>(
    'SELECT enabled, most_per_day AS "mostPerDay" FROM hotline.rounds WHERE district = $1 AND round_id = $2',
    [district, round],
  );
  return rows[0] ?? { enabled: false, mostPerDay: null };
}

/** How many more calls, whose numbers begin so, a round makes on a day: at most `atOnce`. */
export async function stillToCall(
  reads: Reads,
  district: string,
  { mostPerDay }: RoundSet,
  { beginning, atOnce }: { beginning: string; atOnce: number },
): Promise<number> {
  if (mostPerDay === null) return atOnce;
  const { rows } = await reads.query<{ made: number }>(
    `SELECT count(*)::int AS made FROM hotline.call_heads WHERE district = $1 AND starts_with(call_id, $2)`,
    [district, beginning],
  );
  return Math.max(0, Math.min(atOnce, mostPerDay - rows[0]!.made));
}
