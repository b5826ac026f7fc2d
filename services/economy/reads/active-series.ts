import type { Database } from '#platform/database.ts';
import { knownSql, Parameters, withinSql } from '../../district/conditions.ts';
import type { Moment } from '../../district/moment.ts';
import { fromSql } from './filters.ts';
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
  const parameters = new Parameters();
  const from = `${parameters.add(query.from)}::date`;
  const to = `${parameters.add(query.to)}::date`;
  const conditions = [
    `v.district = ${parameters.add(moment.district)}`,
    knownSql('v', moment, parameters),
    knownSql('s', moment, parameters),
    formulaOf('businesses-active').sql('s', { ...moment, day: query.from }, parameters),
    `s.from_day <= ${to}`,
    `s.until_day > ${from}`,
  ];
  if (query.areaId) conditions.push(withinSql('v', query.areaId, moment, parameters));
  const { rows } = await database.query<SeriesPoint>(
    `WITH active AS MATERIALIZED (SELECT s.from_day, s.until_day FROM ${fromSql} WHERE ${conditions.join(' AND ')}),
     changes AS (
       SELECT GREATEST(from_day, ${from}) AS day, count(*) AS change FROM active GROUP BY 1
       UNION ALL SELECT until_day, -count(*) FROM active WHERE until_day <= ${to} GROUP BY 1),
     daily AS (SELECT day, sum(change) AS change FROM changes GROUP BY 1),
     summed AS (
       SELECT days.day::date AS day, COALESCE(sum(daily.change) OVER (ORDER BY days.day), 0)::bigint AS value
       FROM generate_series(${from}, ${to}, interval '1 day') AS days(day) LEFT JOIN daily ON daily.day = days.day::date)
     SELECT day, value FROM summed WHERE (day - ${from}) % ${parameters.add(query.stepDays)}::int = 0 ORDER BY day`,
    parameters.values,
  );
  return rows;
}
