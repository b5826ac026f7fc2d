import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Moment } from './moment.ts';

/** What a list of rows with a place can be narrowed by. */
export interface PlaceFilter {
  areaId?: string | undefined;
  /** true: has a position. */
  located?: boolean | undefined;
  /** west, south, east, north; degrees. */
  bbox?: readonly number[] | undefined;
  /** Names one entity: the sequence of its first event. */
  firstSequence?: number | undefined;
}

/**
 * SQL: the one area that everything adds up to, as known today and valid on the moment's day; NULL while there is none. Also what lies in no known area
 * counts there: a district is the sum of its rows, not of its wards.
 */
export const topArea = ({ district, now, day }: Moment): Sql =>
  sql`(WITH areas AS MATERIALIZED (SELECT area_id, parent_id, level FROM geography.areas_at(${district}, ${now}::timestamptz, ${day}::date))
    SELECT area_id FROM areas WHERE parent_id IS NULL OR parent_id NOT IN (SELECT area_id FROM areas) ORDER BY level = 'district' DESC, area_id LIMIT 1)`;

/**
 * SQL: the row counts for the area: it lies in it or below, or in no known area where this is the top one. Areas are taken as they are known today, as the
 * rows' own area is.
 */
export const within = (v: string, areaId: string, moment: Moment): Sql => {
  const { district, now, day } = moment;
  const ancestors = sql`geography.ancestors_at(${district}, ${now}::timestamptz, ${day}::date)`;
  const area = sql`${raw(v)}.area_id`;
  return sql`(${area} = ${areaId} OR ${area} IN (SELECT area_id FROM ${ancestors} WHERE ancestor_id = ${areaId})
    OR (${areaId} = ${topArea(moment)} AND (${area} IS NULL OR ${area} NOT IN (SELECT area_id FROM ${ancestors}))))`;
};

/** SQL conditions on the row `v` with an area and a point, of what a place filter says. */
export function placeConditions(
  v: string,
  { areaId, located, bbox, firstSequence }: PlaceFilter,
  moment: Moment,
): Sql[] {
  const row = raw(v);
  const conditions: Sql[] = [];
  if (areaId) conditions.push(within(v, areaId, moment));
  if (located !== undefined) conditions.push(located ? sql`${row}.at IS NOT NULL` : sql`${row}.at IS NULL`);
  if (bbox) {
    const degrees = bbox.map((value) => sql`${value}::float8`);
    conditions.push(sql`${row}.at && ST_MakeEnvelope(${join(degrees)}, 4326)`);
  }
  if (firstSequence) conditions.push(sql`${row}.first_sequence = ${firstSequence}`);
  return conditions;
}
