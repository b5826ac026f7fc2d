import type { EventData } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { messageId } from '#contracts/new-event.ts';
import type { Transaction } from '#platform/database.ts';
import type { Entry } from '#platform/projection.ts';
import { plainName } from '../plain-name.ts';

type Revision = Entry<CloudEvent<EventData<'map-feature-revised'>>>;

/** Map features of one round (none twice): the version there was is known no longer, the new one is; `withdrawn` states none. */
export async function writeMapFeatures(transaction: Transaction, district: string, round: Revision[]): Promise<void> {
  const data = round.map((entry) => entry.event.data);
  await transaction.query(
    `WITH stated AS (
       SELECT t.*, greatest(recorded, (SELECT max(f.known_at) FROM geography.map_features f
                                       WHERE f.district = $1 AND f.feature_id = t.feature_id)) AS known
       FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::text[], $9::boolean[], $10::boolean[], $11::text[],
                   $12::text[], $13::bigint[], $14::timestamptz[])
         AS t (feature_id, kind, class, name, name_plain, properties, geojson, verified, withdrawn, source, event_id, sequence, recorded)
     ), closed AS (
       UPDATE geography.map_features f SET known_until = stated.known FROM stated
       WHERE f.district = $1 AND f.feature_id = stated.feature_id AND f.known_until = 'infinity'
     )
     INSERT INTO geography.map_features (district, feature_id, kind, class, name, name_plain, properties, geom, verified, source, known_at,
       event_id, sequence)
     SELECT $1, feature_id, kind, class, name, name_plain, properties, ST_MakeValid(ST_Force2D(ST_SetSRID(ST_GeomFromGeoJSON(geojson), 4326))),
       verified, source, known, event_id, sequence
     FROM stated WHERE NOT withdrawn`,
    [
      district,
      data.map((feature) => feature.featureId),
      data.map((feature) => feature.kind),
      data.map((feature) => feature.class),
      data.map((feature) => feature.name.normalize('NFC')),
      data.map((feature) => plainName(feature.name)),
      data.map((feature) => JSON.stringify(feature.properties ?? {})),
      data.map((feature) => JSON.stringify(feature.geometry)),
      data.map((feature) => feature.verified ?? false),
      data.map((feature) => feature.withdrawn ?? false),
      data.map((feature) => feature.source ?? null),
      round.map(({ event }) => messageId(event)),
      round.map(({ sequence }) => sequence),
      round.map(({ event }) => event.recordedtime),
    ],
  );
}
