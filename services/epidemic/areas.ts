import sql, { raw, type Sql } from 'sql-template-tag';
import type { Moment } from '../district/moment.ts';
import { knownBy } from '../district/places.ts';

/**
 * SQL, for WITH: `areas` of the moment's day as known at the moment; `paths` from each to itself and to everything above it; `top`, the one area
 * that everything adds up to.
 */
export const areasSql = (moment: Moment): Sql => {
  const at = sql`(${moment.district}, ${knownBy(moment)}::timestamptz, ${moment.day}::date)`;
  return sql`areas AS MATERIALIZED (SELECT area_id, parent_id, name, level FROM geography.areas_at${at}),
paths AS MATERIALIZED (SELECT area_id, ancestor_id FROM geography.ancestors_at${at}),
top AS (SELECT area_id FROM areas WHERE parent_id IS NULL OR parent_id NOT IN (SELECT area_id FROM areas) ORDER BY level = 'district' DESC, area_id LIMIT 1)`;
};

/** SQL: the row `v` counts for the area: it lies in it or below, or in no known area where this is the top one. Wants `areasSql`. */
export const countsFor = (v: string, areaId: string): Sql =>
  sql`(${raw(v)}.area_id IN (SELECT area_id FROM paths WHERE ancestor_id = ${areaId})
    OR (${areaId} = (SELECT area_id FROM top) AND (${raw(v)}.area_id IS NULL OR ${raw(v)}.area_id NOT IN (SELECT area_id FROM paths))))`;

/**
 * SQL: what `values` make of rows with an area, for each area that they count for; the same rule as `countsFor`. Wants `areasSql`.
 *
 * @param rows what stands after FROM, named `v`
 */
export const summedUp = (values: Sql, rows: Sql, where: Sql = sql`true`): Sql =>
  sql`SELECT coalesce(paths.ancestor_id, (SELECT area_id FROM top)) AS area_id, ${values} FROM ${rows} AS v LEFT JOIN paths USING (area_id) WHERE ${where} GROUP BY 1`;
