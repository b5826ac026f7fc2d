import type { EventData } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { messageId } from '#contracts/new-event.ts';
import type { Transaction } from '#platform/database.ts';
import type { Entry } from '#platform/projection.ts';
import { placeOrder } from '../../district/statement-order.ts';
import { plainName } from '../plain-name.ts';

type Revision = Entry<CloudEvent<EventData<'area-revised'>>>;

/**
 * Area revisions of one round (no area twice). A revision from day D, known at K:
 * the version that held on D is known no longer from K on; what it said before D is stated again, known from K; the new version holds from
 * D until the old one ended or the next one begins. So a read of a day before D, or as of a moment before K, answers as it did.
 * An older statement (`placeOrder`) that comes late changes nothing that a newer one said.
 * `abolished` states nothing from D on. K never runs backwards within an area.
 */
export async function writeAreaVersions(transaction: Transaction, district: string, round: Revision[]): Promise<void> {
  const data = round.map((entry) => entry.event.data);
  await transaction.query(
    `WITH incoming AS (
       SELECT * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::date[], $10::boolean[],
                            $11::text[], $12::boolean[], $13::jsonb[], $14::text[], $15::text[], $16::bigint[], $17::timestamptz[],
                            $18::text[])
         AS t (area_id, parent_id, level, name, name_english, name_plain, code, from_day, abolished, geojson, estimated, repairs, source,
               event_id, sequence, recorded, statement_order)
     ), ended AS (
       INSERT INTO geography.area_ends (district, area_id, from_day, statement_order)
       SELECT $1, area_id, from_day, statement_order FROM incoming WHERE abolished ON CONFLICT DO NOTHING
     ), stated AS (
       SELECT incoming.*, greatest(recorded, (SELECT max(v.known_at) FROM geography.area_versions v
                                              WHERE v.district = $1 AND v.area_id = incoming.area_id)) AS known
       FROM incoming
       -- Older than what is said of the same day, or than an end before it: it changes nothing.
       WHERE NOT (NOT abolished AND EXISTS (SELECT FROM geography.area_versions v WHERE v.district = $1 AND v.area_id = incoming.area_id
           AND v.known_until = 'infinity' AND v.valid_from = incoming.from_day AND v.statement_order > incoming.statement_order))
         AND NOT EXISTS (SELECT FROM geography.area_ends e WHERE e.district = $1 AND e.area_id = incoming.area_id
           AND e.from_day <= incoming.from_day AND e.statement_order > incoming.statement_order)
     ), holding AS (
       SELECT v.*, stated.from_day, stated.known, stated.sequence AS by_sequence
       FROM stated JOIN geography.area_versions v ON v.district = $1 AND v.area_id = stated.area_id AND v.known_until = 'infinity'
        AND v.valid_from <= stated.from_day AND v.valid_until > stated.from_day
     ), closed AS (
       UPDATE geography.area_versions v SET known_until = stated.known FROM stated
       WHERE v.district = $1 AND v.area_id = stated.area_id AND v.known_until = 'infinity' AND v.valid_until > stated.from_day
         AND (v.valid_from < stated.from_day OR v.statement_order < stated.statement_order)
         AND (v.valid_from <= stated.from_day OR stated.abolished)
     ), kept AS (
       INSERT INTO geography.area_versions (district, area_id, parent_id, level, name, name_english, name_plain, code, valid_from, valid_until,
         known_at, geom, label, area_km2, estimated, repairs, source, event_id, sequence, statement_order)
       SELECT district, area_id, parent_id, level, name, name_english, name_plain, code, valid_from, from_day, known, geom, label, area_km2,
         estimated, repairs, source, event_id, by_sequence, statement_order
       FROM holding WHERE valid_from < from_day
     ), shaped AS (
       SELECT stated.*, least((SELECT min(e.from_day) FROM geography.area_ends e WHERE e.district = $1 AND e.area_id = stated.area_id AND e.from_day > stated.from_day),
         coalesce(
           (SELECT h.valid_until FROM holding h WHERE h.area_id = stated.area_id),
           (SELECT min(v.valid_from) FROM geography.area_versions v WHERE v.district = $1 AND v.area_id = stated.area_id
              AND v.known_until = 'infinity' AND v.valid_from > stated.from_day),
           'infinity')) AS until_day,
         CASE WHEN ST_IsValid(g.raw) THEN ST_Multi(g.raw) ELSE ST_Multi(ST_CollectionExtract(ST_MakeValid(g.raw), 3)) END AS geom
       FROM stated CROSS JOIN LATERAL (SELECT ST_Force2D(ST_SetSRID(ST_GeomFromGeoJSON(geojson), 4326)) AS raw) g
       WHERE NOT abolished
     )
     INSERT INTO geography.area_versions (district, area_id, parent_id, level, name, name_english, name_plain, code, valid_from, valid_until,
       known_at, geom, label, area_km2, estimated, repairs, source, event_id, sequence, statement_order)
     SELECT $1, area_id, parent_id, level, name, name_english, name_plain, code, from_day, until_day, known, geom,
       -- The search for the largest circle halves squares until one fits: of a sliver it takes all memory there is. 0.001: as wide as its last step.
       CASE WHEN ST_Area(geom) >= 0.001 * greatest(ST_XMax(geom) - ST_XMin(geom), ST_YMax(geom) - ST_YMin(geom)) ^ 2
         THEN (ST_MaximumInscribedCircle(geom)).center ELSE ST_PointOnSurface(geom) END, ST_Area(geom::geography) / 1e6, estimated,
       ARRAY(SELECT jsonb_array_elements_text(repairs)), source, event_id, sequence, statement_order
     FROM shaped`,
    [
      district,
      data.map((area) => area.areaId),
      data.map((area) => area.parentId),
      data.map((area) => area.level),
      data.map((area) => area.name.normalize('NFC')),
      data.map((area) => area.nameEnglish ?? null),
      data.map((area) => plainName(area.name)),
      data.map((area) => area.code ?? null),
      data.map((area) => area.validFrom),
      data.map((area) => area.abolished ?? false),
      data.map((area) => (area.geometry ? JSON.stringify(area.geometry) : null)),
      data.map((area) => area.estimated ?? false),
      data.map((area) => JSON.stringify(area.repairs ?? [])),
      data.map((area) => area.source ?? null),
      round.map(({ event }) => messageId(event)),
      round.map(({ sequence }) => sequence),
      round.map(({ event }) => event.recordedtime),
      round.map(placeOrder),
    ],
  );
}
