import { asOfQuery } from '#contracts/http.ts';
import { day } from '#contracts/primitives.ts';
import type { Database } from '#platform/database.ts';
import { unknownDistrict } from '#platform/problem.ts';

/** Query of every read of places: which district, as known when, and as the borders are on which day. */
export const placeQuery = asOfQuery.extend({
  onDay: day.optional().openapi({ description: 'borders of this local day; left out: the day of asOf' }),
});

/** A district at a point of both time axes. */
export interface Moment {
  district: string;
  timeZone: string;
  /** RFC 3339: what was known then. */
  asOf: string;
  /** YYYY-MM-DD in the district's zone: what held on that day. */
  onDay: string;
  /** Changes whenever anything about the district's places becomes known. */
  version: string;
}

/** @throws Problem 404 when the district is not known */
export async function readMoment(
  database: Database,
  query: { district: string; asOf?: string; onDay?: string },
  now: Date,
): Promise<Moment> {
  const { rows } = await database.query<{ time_zone: string; version: string }>(
    `SELECT time_zone, coalesce(p.stream_created || ' ' || p.sequence, '') AS version FROM geography.districts d
     LEFT JOIN geography.positions p ON p.district = d.district AND p.projection = 'places' WHERE d.district = $1`,
    [query.district],
  );
  const row = rows[0];
  if (!row) throw unknownDistrict(query.district);
  const asOf = query.asOf ?? now.toISOString();
  return {
    district: query.district,
    timeZone: row.time_zone,
    asOf,
    onDay: query.onDay ?? localDay(new Date(asOf), row.time_zone),
    version: row.version,
  };
}

/** The calendar day of an instant in a zone, YYYY-MM-DD. */
export function localDay(instant: Date, timeZone: string): string {
  // The Swedish form of a date is the ISO form.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(instant);
}
