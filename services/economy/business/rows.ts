import type { Transaction } from '#platform/database.ts';
import { insertRows } from '#platform/rows.ts';
import type { Folded } from './fold.ts';

const pointSql = `CASE WHEN new.lon IS NOT NULL THEN ST_SetSRID(ST_MakePoint(new.lon, new.lat), 4326) END`;
/** The stated area, else the smallest that holds the point on the day on which the centre heard of it: a business is where it is now. */
const areaSql = `COALESCE(new.stated_area_id, CASE WHEN new.lon IS NOT NULL THEN
  (SELECT area_id FROM geography.area_at_point(new.district, ST_SetSRID(ST_MakePoint(new.lon, new.lat), 4326), (new.known_at AT TIME ZONE 'UTC')::date)) END)`;

/** Writes a folded batch in a handful of statements; returns the areas of every business whose rows changed. */
export async function writeBusinesses(transaction: Transaction, district: string, folded: Folded): Promise<string[]> {
  await insertRows(
    transaction,
    'economy.business_heads',
    { district: 'text', business_id: 'text', sequence: 'bigint' },
    [...folded.heads].map(([business_id, sequence]) => ({ district, business_id, sequence })),
    {
      onConflict:
        'ON CONFLICT (district, business_id) DO UPDATE SET sequence = GREATEST(business_heads.sequence, excluded.sequence)',
    },
  );
  if (folded.versions.length === 0) return [];
  const ended = await transaction.query<{ area_id: string | null }>(
    `UPDATE economy.business_versions v SET known_until = e.known_until
     FROM unnest($2::text[], $3::timestamptz[]) AS e(business_id, known_until)
     WHERE v.district = $1 AND v.business_id = e.business_id AND v.known_until = 'infinity' RETURNING v.area_id`,
    [district, [...folded.ended.keys()], [...folded.ended.values()]],
  );
  await transaction.query(
    `UPDATE economy.status_spans s SET known_until = e.known_until
     FROM unnest($2::text[], $3::bigint[], $4::date[], $5::timestamptz[]) AS e(business_id, sequence, from_day, known_until)
     WHERE s.district = $1 AND s.business_id = e.business_id AND s.sequence = e.sequence AND s.from_day = e.from_day`,
    [
      district,
      folded.endedSpans.map((span) => span.businessId),
      folded.endedSpans.map((span) => span.sequence),
      folded.endedSpans.map((span) => span.from),
      folded.endedSpans.map((span) => span.knownUntil),
    ],
  );
  await insertRows(
    transaction,
    'economy.business_versions',
    {
      district: 'text',
      business_id: 'text',
      known_at: 'timestamptz',
      known_until: 'timestamptz',
      registered: 'boolean',
      name: 'text',
      form: 'text',
      sector: 'text',
      registered_date: 'date',
      employees: 'integer',
      address: 'text',
      stated_area_id: 'text',
      lon: 'float8',
      lat: 'float8',
      first_sequence: 'bigint',
      sequence: 'bigint',
      event_key: 'text',
    },
    folded.versions.map(({ business, ...version }) => ({
      district,
      business_id: business.businessId,
      known_at: version.knownAt,
      known_until: version.knownUntil,
      registered: business.registered,
      name: business.name,
      form: business.form,
      sector: business.sector,
      registered_date: business.registeredDate,
      employees: business.employees,
      address: business.address,
      stated_area_id: business.statedAreaId,
      lon: business.location?.lon ?? null,
      lat: business.location?.lat ?? null,
      first_sequence: version.firstSequence,
      sequence: version.sequence,
      event_key: version.eventKey,
    })),
    { omit: ['lon', 'lat'], expressions: { at: pointSql, area_id: areaSql } },
  );
  await insertRows(
    transaction,
    'economy.status_spans',
    {
      district: 'text',
      business_id: 'text',
      from_day: 'date',
      until_day: 'date',
      status: 'text',
      licensed_until: 'date',
      known_at: 'timestamptz',
      known_until: 'timestamptz',
      sequence: 'bigint',
    },
    folded.spans.map((span) => ({
      district,
      business_id: span.businessId,
      from_day: span.from,
      until_day: span.until,
      status: span.status,
      licensed_until: span.licensedUntil,
      known_at: span.knownAt,
      known_until: span.knownUntil,
      sequence: span.sequence,
    })),
  );
  await insertRows(
    transaction,
    'economy.business_events',
    {
      district: 'text',
      event_key: 'text',
      business_id: 'text',
      sequence: 'bigint',
      type: 'text',
      known_at: 'timestamptz',
      data: 'text',
    },
    folded.events.map((event) => ({
      district,
      event_key: event.eventKey,
      business_id: event.businessId,
      sequence: event.sequence,
      type: event.type,
      known_at: event.knownAt,
      data: event.data,
    })),
    { expressions: { data: 'new.data::jsonb' } },
  );
  const begun = await transaction.query<{ area_id: string }>(
    `SELECT DISTINCT area_id FROM economy.business_versions JOIN unnest($2::text[]) AS wanted(business_id) USING (business_id)
     WHERE district = $1 AND known_until = 'infinity' AND area_id IS NOT NULL`,
    [district, [...folded.heads.keys()]],
  );
  return [...ended.rows, ...begun.rows].flatMap((row) => row.area_id ?? []);
}
