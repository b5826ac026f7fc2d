import sql from 'sql-template-tag';
import type { Database } from '#platform/database.ts';
import { known, knownSince } from '../../district/known.ts';
import type { Moment } from '../../district/moment.ts';

/** What is counted of a unit. */
export interface UnitCounts {
  unit: string;
  onTime: number;
  due: number;
  satisfied: number;
  ratings: number;
  /** Of all judgements; null without any. */
  meanSatisfaction: number | null;
}

/** Counts of every unit over the local days of a period, both within, as known at the moment. */
export async function countUnits(
  database: Database,
  moment: Moment,
  { from, to }: { from: string; to: string },
): Promise<UnitCounts[]> {
  const { district, timeZone, instant } = moment;
  const { rows } = await database.query<UnitCounts>(
    sql`WITH answers AS (
       SELECT COALESCE(v.first_closed_by, v.unit) AS unit, count(*) FILTER (WHERE v.first_in_time) AS on_time, count(*) AS due
       FROM citizens.report_versions v
       WHERE v.district = ${district} AND ${known('v', moment)} AND v.reported AND COALESCE(v.first_closed_by, v.unit) IS NOT NULL
         AND v.first_outcome IS DISTINCT FROM 'not-our-duty'
         AND (v.first_closed_at IS NOT NULL OR v.due_at <= ${instant}::timestamptz)
         AND (v.occurred_at AT TIME ZONE ${timeZone})::date BETWEEN ${from}::date AND ${to}::date
       GROUP BY 1
     ), ratings AS (
       SELECT e.data->>'ratedUnit' AS unit, count(*) FILTER (WHERE (e.data->>'satisfaction')::int >= 4) AS satisfied, count(*) AS ratings,
         avg((e.data->>'satisfaction')::int)::float8 AS mean
       FROM citizens.report_events e
       WHERE e.district = ${district} AND e.type = 'report-rated' AND e.irregular IS NULL AND e.data->>'ratedUnit' IS NOT NULL AND ${knownSince('e', moment)}
         AND (e.occurred_at AT TIME ZONE ${timeZone})::date BETWEEN ${from}::date AND ${to}::date
       GROUP BY 1
     )
     SELECT unit, COALESCE(on_time, 0)::int AS "onTime", COALESCE(due, 0)::int AS due, COALESCE(satisfied, 0)::int AS satisfied,
       COALESCE(ratings, 0)::int AS ratings, mean AS "meanSatisfaction"
     FROM answers FULL JOIN ratings USING (unit) ORDER BY unit`,
  );
  return rows;
}
