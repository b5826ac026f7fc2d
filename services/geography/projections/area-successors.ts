import type { EventData } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import type { Transaction } from '#platform/database.ts';
import type { Entry } from '#platform/projection.ts';

type Revision = Entry<CloudEvent<EventData<'area-revised'>>>;

/** What abolished areas became. An event that is read again changes nothing. */
export async function writeSuccessors(transaction: Transaction, district: string, entries: Revision[]): Promise<void> {
  const rows = entries.flatMap(({ sequence, event }) =>
    (event.data.successors ?? []).map((successor) => ({ sequence, event, successor })),
  );
  if (rows.length === 0) return;
  await transaction.query(
    `INSERT INTO geography.area_successors (district, area_id, from_day, successor_id, share, known_at, sequence)
     SELECT $1, * FROM unnest($2::text[], $3::date[], $4::text[], $5::float8[], $6::timestamptz[], $7::bigint[]) ON CONFLICT DO NOTHING`,
    [
      district,
      rows.map(({ event }) => event.data.areaId),
      rows.map(({ event }) => event.data.validFrom),
      rows.map(({ successor }) => successor.areaId),
      rows.map(({ successor }) => successor.share ?? null),
      rows.map(({ event }) => event.recordedtime),
      rows.map(({ sequence }) => sequence),
    ],
  );
}
