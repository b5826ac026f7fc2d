import sql, { type Sql } from 'sql-template-tag';
import { addDays, daysBetween } from '#contracts/days.ts';
import { known } from '../../district/known.ts';
import type { Moment } from '../../district/moment.ts';
import { casesOf } from '../cases/filters.ts';
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
 * SQL, for WITH: `counts(area_id, published, line_days, named)`: what `windowCounts` wants of each area, in `CountColumns`. The line list is only
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
line_by_day AS (
  SELECT coalesce(areas.area_id, (SELECT area_id FROM top)) AS area_id, event_date - '1970-01-01'::date AS day, count(*) AS cases
  FROM epidemic.case_versions AS v LEFT JOIN areas USING (area_id)
  WHERE EXISTS (SELECT FROM periods) AND ${casesOf({ windowDays: lookBackDays + longestPeriodDays }, moment)} GROUP BY 1, 2
),
line_rows AS (SELECT area_id, json_agg(json_build_array(day, cases) ORDER BY day) AS line_days FROM line_by_day GROUP BY area_id),
named AS (
  SELECT DISTINCT coalesce(areas.area_id, (SELECT area_id FROM top)) AS area_id, true AS named
  FROM epidemic.case_versions AS v LEFT JOIN areas USING (area_id) WHERE EXISTS (SELECT FROM periods) AND ${casesOf({}, moment)}
),
counts AS (
  SELECT area_id, published, line_days, named
  FROM areas LEFT JOIN period_rows USING (area_id) LEFT JOIN line_rows USING (area_id) LEFT JOIN named USING (area_id)
)`;

/** A row of `countsSql` as `windowCounts` takes it. */
export const countedArea = (row: CountColumns & { area_id: string; parent_id: string | null }): CountedArea => ({
  areaId: row.area_id,
  parentId: row.parent_id,
  published: (row.published ?? []).map(([start, end, cases, ratePer100k, suppressed]) => ({
    ...{ start, end, ratePer100k, suppressed },
    // A number beside "suppressed" was not meant to be read.
    cases: suppressed ? null : cases,
  })),
  lineDays: new Map(row.line_days ?? []),
  named: row.named ?? false,
});

const epoch = '1970-01-01';

/** A calendar day as `windowCounts` counts days, and back. */
export const numberOfDay = (day: string): number => daysBetween(epoch, day);
export const dayOfNumber = (day: number): string => addDays(epoch, day);
