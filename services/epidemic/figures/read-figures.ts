import sql, { type Sql } from 'sql-template-tag';
import type { Database } from '#platform/database.ts';
import { known } from '../../district/known.ts';
import type { Moment } from '../../district/moment.ts';
import { knownBy } from '../../district/places.ts';
import { areasSql, summedUp } from '../areas.ts';
import { coverageSql } from './coverage-sql.ts';
import { type AreaFigures, type FigureRow, figuresOfRow } from './figures-of-row.ts';
import { lineListSql } from './line-list-sql.ts';
import { publishedCountsSql } from './published-counts-sql.ts';

export interface AreasWanted {
  level?: string | undefined;
  areaIds?: readonly string[] | undefined;
}

/**
 * The one statement behind every figure of epidemic. A case, facility or dose belongs to its area and to everything above it; what lies in no
 * known area belongs to the top area alone, so that the parts and what is outside them add up to the whole.
 */
const figuresSql = (moment: Moment, { level, areaIds }: AreasWanted): Sql => sql`WITH ${areasSql(moment)},
people AS MATERIALIZED (
  SELECT area_id, people, estimated FROM geography.population_at(${moment.district}, 'all', ${knownBy(moment)}::timestamptz, ${moment.day}::date)
),
${lineListSql(moment)},
${publishedCountsSql(moment)},
beds AS (${summedUp(
  sql`sum(beds_total - beds_occupied) AS beds_free`,
  sql`epidemic.capacity_versions`,
  sql`v.district = ${moment.district} AND ${known('v', moment)}`,
)}),
${coverageSql(moment)},
heard AS (
  SELECT bool_or(feed IN ('cases', 'counts')) AS cases FROM epidemic.feeds WHERE district = ${moment.district}
)
SELECT areas.*, coalesce((SELECT cases FROM heard), false) AS cases_heard, people.people, people.estimated AS people_estimated,
  coalesce(line_7, 0)::int AS line_7, coalesce(line_14, 0)::int AS line_14, coalesce(active, 0)::int AS active,
  published::float8 AS published, published_previous::float8 AS published_previous, published_rate, published_suppressed, coalesce(has_published, false) AS has_published, beds_free::int AS beds_free,
  coalesce(published_doses.one_dose, single_doses.one_dose)::int AS one_dose,
  coalesce(published_doses.full_course, single_doses.full_course)::int AS full_course,
  coalesce(published_doses.population, people.people) AS dose_population
FROM areas LEFT JOIN people USING (area_id) LEFT JOIN line_sum USING (area_id) LEFT JOIN active_sum USING (area_id) LEFT JOIN published USING (area_id)
LEFT JOIN beds USING (area_id) LEFT JOIN published_doses USING (area_id) LEFT JOIN single_doses USING (area_id)
WHERE ${level === undefined ? sql`true` : sql`areas.level = ${level}`} AND ${areaIds === undefined ? sql`true` : sql`areas.area_id = ANY(${areaIds}::text[])`}
ORDER BY areas.level, areas.area_id`;

/** Figures of the areas of a level, of the named areas, or of all. */
export async function readFigures(
  database: Database,
  moment: Moment,
  wanted: AreasWanted = {},
): Promise<AreaFigures[]> {
  const { rows } = await database.query<FigureRow>(figuresSql(moment, wanted));
  return rows.map((row) => figuresOfRow(row, moment));
}
