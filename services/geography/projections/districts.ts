import type { EventData } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import type { Transaction } from '#platform/database.ts';
import type { Entry } from '#platform/projection.ts';

type Registration = Entry<CloudEvent<EventData<'district-registered'>>>;

/** The newest registration says what a district is called and where it is; clock and exercise are the stream's own and stay. */
export async function writeDistrict(transaction: Transaction, district: string, entry: Registration): Promise<void> {
  const { data, recordedtime } = entry.event;
  await transaction.query(
    `INSERT INTO geography.districts (district, name, name_english, time_zone, clock, exercise, centre, zoom, source, known_at, sequence)
     VALUES ($1, $2, $3, $4, $5, $6, ST_SetSRID(ST_MakePoint($7, $8), 4326), $9, $10, $11, $12)
     ON CONFLICT (district) DO UPDATE SET name = excluded.name, name_english = excluded.name_english, time_zone = excluded.time_zone,
       centre = excluded.centre, zoom = excluded.zoom, source = excluded.source, known_at = excluded.known_at, sequence = excluded.sequence`,
    [
      district,
      data.name.normalize('NFC'),
      data.nameEnglish ?? null,
      data.timeZone,
      data.clock,
      data.exercise,
      data.centre.lon,
      data.centre.lat,
      data.zoom ?? null,
      data.source ?? null,
      recordedtime,
      entry.sequence,
    ],
  );
}
