import { asOfQuery } from '#contracts/http.ts';
import { askedDay } from '#contracts/primitives.ts';
import type { Database } from '#platform/database.ts';
import { districtClock, type Moment } from '../../district/moment.ts';

/** Query of every read of places: which district, as known when, and as the borders are on which day. */
export const placeQuery = asOfQuery.extend({
  onDay: askedDay.optional().openapi({ description: 'borders of this local day; left out: the day of asOf' }),
});

/** From where places are looked at. They are registered by the wall's clock in every district, recorded history too. */
export interface PlaceMoment extends Moment {
  /** What was known then: asOf, else now. RFC 3339. */
  knownAt: string;
  /** Changes whenever anything about the district's places becomes known. */
  version: string;
}

const { momentOf } = districtClock([]);

/** @throws Problem 404 when the district is not known */
export async function readMoment(
  database: Database,
  query: { district: string; asOf?: string | undefined; onDay?: string | undefined },
  now: Date,
): Promise<PlaceMoment> {
  const [moment, version] = await Promise.all([
    momentOf(database, query.district, query.asOf, now, query.onDay),
    readVersion(database, query.district),
  ]);
  return { ...moment, knownAt: moment.asOf ?? moment.now, version };
}

async function readVersion(database: Database, district: string): Promise<string> {
  const { rows } = await database.query<{ version: string }>(
    `SELECT stream_created || ' ' || sequence AS version FROM geography.positions WHERE district = $1 AND projection = 'places'`,
    [district],
  );
  return rows[0]?.version ?? '';
}
