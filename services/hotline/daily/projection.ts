import { readEvent } from '#contracts/read-event.ts';
import type { Reads } from '#platform/database.ts';
import type { Projection } from '#platform/projection.ts';
import { forgetRows } from '../../lifecycle/write-rows.ts';

interface Set {
  recordedtime: string;
  data: { enabled: boolean };
}

/** Whether daily calls are made in a district. */
export const roundProjection: Projection<Set> = {
  name: 'hotline-rounds',
  schema: 'hotline',
  filter: (district) => `vx.${district}.hotline.round.>`,
  read: readEvent,
  apply: async (transaction, district, entries) => {
    for (const { sequence, event } of entries)
      await transaction.query(
        `INSERT INTO hotline.rounds (district, enabled, known_at, sequence) VALUES ($1, $2, $3, $4)
         ON CONFLICT (district) DO UPDATE SET enabled = excluded.enabled, known_at = excluded.known_at, sequence = excluded.sequence`,
        [district, event.data.enabled, event.recordedtime, sequence],
      );
    return [];
  },
  forget: (transaction, district) => forgetRows(transaction, ['hotline.rounds'], district),
};

/** Daily calls are made in the district. */
export async function isEnabled(reads: Reads, district: string): Promise<boolean> {
  const { rows } = await reads.query<{ enabled: boolean }>('SELECT enabled FROM hotline.rounds WHERE district = $1', [
    district,
  ]);
  return rows[0]?.enabled ?? false;
}
