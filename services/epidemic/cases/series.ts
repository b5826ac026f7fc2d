import sql, { raw } from 'sql-template-tag';
import type { Database, Reads } from '#platform/database.ts';
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

/**
 * Cases a day of every area of a level, for the days from..to, in their order; a case counts for its area and everything above it, one of no known area for the top
 * area alone.
 */
export async function caseSeriesOfAreas(
  database: Reads,
  moment: Moment,
  { level, from, to }: { level: string; from: string; to: string },
): Promise<{ areaId: string; parentId: string | null; cases: number[] }[]> {
  const { rows } = await database.query<{ area_id: string; parent_id: string | null; cases: number[] }>(
    sql`WITH ${areasSql(moment)}, counted AS MATERIALIZED (
       SELECT v.area_id, event_date AS day, count(*) AS cases FROM epidemic.case_versions AS v
       WHERE ${casesOf({ from, to }, moment)} GROUP BY 1, 2),
     summed AS (
       SELECT coalesce(paths.ancestor_id, (SELECT area_id FROM top)) AS area_id, v.day, sum(v.cases) AS cases
       FROM counted AS v LEFT JOIN paths USING (area_id) GROUP BY 1, 2)
     SELECT areas.area_id, areas.parent_id, array_agg(coalesce(summed.cases, 0)::int ORDER BY days.day) AS cases
     FROM areas CROSS JOIN generate_series(${from}::date, ${to}::date, interval '1 day') AS days(day)
     LEFT JOIN summed ON summed.area_id = areas.area_id AND summed.day = days.day::date
     WHERE areas.level = ${level} GROUP BY 1, 2 ORDER BY 1`,
  );
  return rows.map((row) => ({ areaId: row.area_id, parentId: row.parent_id, cases: row.cases }));
}
