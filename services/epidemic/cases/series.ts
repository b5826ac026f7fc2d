import sql, { raw } from 'sql-template-tag';
import type { Database } from '#platform/database.ts';
import type { Moment } from '../../district/moment.ts';
import { areasSql } from '../areas.ts';
import { casesOf } from './filters.ts';

/** Cases a day, by date of event or of onset, for the days from..to; days without a case are there with 0. */
export async function caseSeries(
  database: Database,
  moment: Moment,
  { areaId, from, to, by }: { areaId?: string | undefined; from: string; to: string; by: 'event' | 'onset' },
): Promise<{ day: string; cases: number }[]> {
  const column = raw(by === 'onset' ? 'onset_date' : 'event_date');
  const { rows } = await database.query<{ day: string; cases: number }>(
    sql`WITH ${areasSql(moment)}, counted AS (
       SELECT ${column} AS day, count(*) AS cases FROM epidemic.case_versions AS v
       WHERE ${casesOf({ areaId }, moment)} AND ${column} BETWEEN ${from}::date AND ${to}::date GROUP BY 1)
     SELECT days.day::date::text AS day, coalesce(cases, 0)::int AS cases
     FROM generate_series(${from}::date, ${to}::date, interval '1 day') AS days(day) LEFT JOIN counted ON counted.day = days.day::date ORDER BY 1`,
  );
  return rows;
}
