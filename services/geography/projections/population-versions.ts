import type { EventData } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { messageId } from '#contracts/new-event.ts';
import type { Transaction } from '#platform/database.ts';
import type { Entry } from '#platform/projection.ts';
import { placeOrder } from '../../district/statement-order.ts';

type Figure = Entry<CloudEvent<EventData<'population-published'>>>;

/** Figures are only added: which one counts on a day, as known at a moment, is asked of `population_at`. */
export async function writePopulation(transaction: Transaction, district: string, entries: Figure[]): Promise<void> {
  const data = entries.map((entry) => entry.event.data);
  await transaction.query(
    `WITH incoming AS (
       SELECT * FROM unnest($2::text[], $3::text[], $4::integer[], $5::date[], $6::timestamptz[], $7::boolean[], $8::text[], $9::text[], $10::bigint[], $11::text[])
         AS t (area_id, age_group, people, valid_from, recorded, estimated, source, event_id, sequence, statement_order)
     ), newest AS (
       SELECT p.area_id, p.age_group, max(p.known_at) AS known_at FROM geography.population_versions p
       WHERE p.district = $1 AND p.area_id IN (SELECT area_id FROM incoming) GROUP BY p.area_id, p.age_group
     )
     INSERT INTO geography.population_versions (district, area_id, age_group, people, valid_from, known_at, estimated, source, event_id, sequence, statement_order)
     SELECT $1, area_id, age_group, people, valid_from,
       greatest(newest.known_at, max(recorded) OVER (PARTITION BY area_id, age_group ORDER BY sequence)),
       estimated, source, event_id, sequence, statement_order
     FROM incoming LEFT JOIN newest USING (area_id, age_group)`,
    [
      district,
      data.map((figure) => figure.areaId),
      data.map((figure) => figure.ageGroup ?? 'all'),
      data.map((figure) => figure.people),
      data.map((figure) => figure.validFrom),
      entries.map(({ event }) => event.recordedtime),
      data.map((figure) => figure.estimated ?? false),
      data.map((figure) => figure.source ?? null),
      entries.map(({ event }) => messageId(event)),
      entries.map(({ sequence }) => sequence),
      entries.map(placeOrder),
    ],
  );
}
