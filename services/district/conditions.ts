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

/** SQL: the row's area is this one or lies below it. Areas are taken as they are known today, as the rows' own area is. */
export const within = (v: string, areaId: string, { district, now, day }: Moment): Sql =>
  sql`(${raw(v)}.area_id = ${areaId} OR ${raw(v)}.area_id IN (
    SELECT area_id FROM geography.ancestors_at(${district}, ${now}::timestamptz, ${day}::date) WHERE ancestor_id = ${areaId}))`;

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
