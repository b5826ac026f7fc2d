import sql, { type Sql } from 'sql-template-tag';
import type { AreaChanges } from '../../district/area-changes.ts';
import { known } from '../../district/known.ts';
import type { Moment } from '../../district/moment.ts';
import { casesOf } from '../cases/filters.ts';
import { acrossChanges } from './across-changes.ts';
import { dayOfNumber, numberOfDay } from './day-numbers.ts';
import { type CountedArea, longestPeriodDays, lookBackDays } from './window-count.ts';

/** What stands in a row of `countsSql` beside its `area_id`. */
export interface CountColumns {
  published:
    | [start: number, end: number, cases: number | null, ratePer100k: number | null, suppressed: boolean][]
    | null;
  line_days: [day: number, cases: number][] | null;
  named: boolean | null;
}

/**
 * SQL, for WITH: `counts(area_id, published, line_days, named)`: what `windowCounts` wants of each area, in `CountColumns`; `published_all`, one row: the
 * periods of every area, of those that ended too, by id. The line list is only
 * read by day where counts were published beside it. Wants `areasSql`.
 */
export const countsSql = (moment: Moment, measure: string): Sql => sql`periods AS MATERIALIZED (
  SELECT v.* FROM epidemic.count_versions AS v
  WHERE v.district = ${moment.district} AND ${known('v', moment)} AND measure = ${measure}
    AND period_end <= ${moment.day}::date AND period_end > ${moment.day}::date - ${lookBackDays + longestPeriodDays}::int
    AND period_end - period_start < ${longestPeriodDays}::int
),
period_rows AS (
  SELECT area_id, json_agg(json_build_array(period_start - '1970-01-01'::date, period_end - '1970-01-01'::date, cases, rate_per_100k, suppressed)
    ORDER BY period_end, period_start) AS published FROM periods GROUP BY area_id
),
-- Each area, and each that ended and lies wholly in one: what names it is of that one.
counted AS (
  SELECT area_id, area_id AS counted_id FROM areas
  UNION ALL
  SELECT p.area_id, p.ancestor_id FROM paths AS p WHERE p.area_id NOT IN (SELECT area_id FROM areas) AND NOT EXISTS (
    SELECT FROM paths AS q JOIN areas ON areas.area_id = q.ancestor_id WHERE q.area_id = p.area_id AND areas.parent_id = p.ancestor_id)
),
line_by_day AS (
  SELECT coalesce(counted_id, (SELECT area_id FROM top)) AS area_id, event_date - '1970-01-01'::date AS day, count(*) AS cases
  FROM epidemic.case_versions AS v LEFT JOIN counted USING (area_id)
  WHERE EXISTS (SELECT FROM periods) AND ${casesOf({ windowDays: lookBackDays + longestPeriodDays }, moment)} GROUP BY 1, 2
),
line_rows AS (SELECT area_id, json_agg(json_build_array(day, cases) ORDER BY day) AS line_days FROM line_by_day GROUP BY area_id),
named AS (
  SELECT DISTINCT coalesce(counted_id, (SELECT area_id FROM top)) AS area_id, true AS named
  FROM epidemic.case_versions AS v LEFT JOIN counted USING (area_id) WHERE EXISTS (SELECT FROM periods) AND ${casesOf({}, moment)}
),
-- Of the areas that ended too.
published_all AS (SELECT json_object_agg(area_id, published) AS published_all FROM period_rows),
counts AS (
  SELECT area_id, published, line_days, named
  FROM areas LEFT JOIN period_rows USING (area_id) LEFT JOIN line_rows USING (area_id) LEFT JOIN named USING (area_id)
)`;

type WrittenPeriod = NonNullable<CountColumns['published']>[number];
/** What `published_all` holds. */
export type AllPublished = Readonly<Record<string, WrittenPeriod[]>> | null;

const periodsOf = (written: readonly WrittenPeriod[] | null | undefined): CountedArea['published'] =>
  (written ?? []).map(([start, end, cases, ratePer100k, suppressed]) => ({
    ...{ start, end, ratePer100k, suppressed },
    // A number beside "suppressed" was not meant to be read.
    cases: suppressed ? null : cases,
  }));

/** Rows of `countsSql` as `windowCounts` takes them, across changes of borders. */
export function countedAreas(
  rows: readonly (CountColumns & { area_id: string; parent_id: string | null })[],
  all: AllPublished,
  changes: AreaChanges,
  day: number,
): CountedArea[] {
  const areas = rows.map(
    (row): CountedArea => ({
      areaId: row.area_id,
      parentId: row.parent_id,
      published: periodsOf(row.published),
      lineDays: new Map(row.line_days ?? []),
      named: row.named ?? false,
    }),
  );
  return acrossChanges(areas, changes, (areaId) => periodsOf(all?.[areaId]), day);
}

export { dayOfNumber, numberOfDay };
