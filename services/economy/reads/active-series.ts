import sql, { join } from 'sql-template-tag';
import type { Database } from '#platform/database.ts';
import { within } from '../../district/conditions.ts';
import { known } from '../../district/known.ts';
import type { Moment } from '../../district/moment.ts';
import { withSpans } from './filters.ts';
import { formulaOf } from './formulas.ts';

export interface SeriesPoint {
  day: string;
  value: number;
}

/**
 * Active businesses on each day (or every seventh) from `from` to `to`, both included. Counted from what begins and what ends, so a long
 * series costs one pass over the spans; each value is the figure `businesses-active` of its day.
 */
export async function activeSeries(
  database: Database,
  moment: Moment,
  query: { from: string; to: string; stepDays: 1 | 7; areaId?: string },
): Promise<SeriesPoint[]> {
  const from = sql`${query.from}::date`;
  const to = sql`${query.to}::date`;
  const conditions = [
    sql`v.district = ${moment.district}`,
    known('v', moment),
    known('s', moment),
    formulaOf('businesses-active').condition({ ...moment, day: query.from }),
    sql`s.from_day <= ${to}`,
    sql`s.until_day > ${from}`,
  ];
  if (query.areaId) conditions.push(within('v', query.areaId, moment));
  const { rows } = await database.query<SeriesPoint>(
    sql`WITH active AS MATERIALIZED (SELECT s.from_day, s.until_day FROM ${withSpans} WHERE ${join(conditions, ' AND ')}),
     changes AS (
       SELECT GREATEST(from_day, ${from}) AS day, count(*) AS change FROM active GROUP BY 1
       UNION ALL SELECT until_day, -count(*) FROM active WHERE until_day <= ${to} GROUP BY 1),
     daily AS (SELECT day, sum(change) AS change FROM changes GROUP BY 1),
     summed AS (
       SELECT days.day::date AS day, COALESCE(sum(daily.change) OVER (ORDER BY days.day), 0)::bigint AS value
       FROM generate_series(${from}, ${to}, interval '1 day') AS days(day) LEFT JOIN daily ON daily.day = days.day::date)
     SELECT day, value FROM summed WHERE (day - ${from}) % ${query.stepDays}::int = 0 ORDER BY day`,
  );
  return rows;
}
