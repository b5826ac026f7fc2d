import sql, { join } from 'sql-template-tag';
import type { PublishedCount } from '#contracts/http/epidemic.ts';
import type { Database } from '#platform/database.ts';
import { known, knownSince } from '../../district/known.ts';
import type { Moment } from '../../district/moment.ts';
import { areasSql } from '../areas.ts';
import { periodsSql } from './periods-sql.ts';

export interface CountFilter {
  areaId?: string | undefined;
  measure: string;
  /** Last days of periods, both included. */
  from?: string | undefined;
  to?: string | undefined;
  /** Every figure that was ever published for each period. */
  revisions?: boolean | undefined;
}

interface Rows {
  total: number;
  items: PublishedCount[];
}

/** Published counts of an area (or all), newest period first. */
export async function listCounts(database: Database, moment: Moment, filter: CountFilter): Promise<Rows> {
  const conditions = [
    sql`v.district = ${moment.district}`,
    filter.revisions ? knownSince('v', moment) : known('v', moment),
    sql`measure = ${filter.measure}`,
  ];
  if (filter.areaId) conditions.push(sql`area_id = ${filter.areaId}`);
  if (filter.from) conditions.push(sql`period_end >= ${filter.from}::date`);
  if (filter.to) conditions.push(sql`period_end <= ${filter.to}::date`);
  const { rows } = await database.query<PublishedCount>(
    sql`SELECT area_id AS "areaId", measure, period_start AS "periodStart", period_end AS "periodEnd", cases, rate_per_100k AS "ratePer100k", population,
       suppressed, definition, note, known_at AS "knownAt", CASE WHEN isfinite(known_until) THEN known_until END AS "knownUntil", sequence
     FROM epidemic.count_versions AS v WHERE ${join(conditions, ' AND ')}
     ORDER BY period_end DESC, area_id, sequence DESC LIMIT 20000`,
  );
  return { total: rows.length, items: rows };
}

/**
 * The rows that make up an area's published figure: its own newest period (or two), else those of the uppermost areas below it that publish.
 * Their `cases` add up to the figure.
 */
export async function countsBehindFigure(
  database: Database,
  moment: Moment,
  { areaId, measure, periods }: { areaId: string; measure: string; periods: number },
): Promise<Rows> {
  const { rows } = await database.query<PublishedCount>(
    sql`WITH ${areasSql(moment)}, ${periodsSql(moment, measure)}
     SELECT * FROM (
       SELECT periods.area_id AS "areaId", measure, period_start AS "periodStart", period_end AS "periodEnd", cases, rate_per_100k AS "ratePer100k", population,
         suppressed, definition, note, known_at AS "knownAt", sequence, dense_rank() OVER (ORDER BY period_end DESC) AS age
       FROM count_contributors AS contributors JOIN periods ON periods.area_id = contributor WHERE contributors.area_id = ${areaId}) AS ranked
     WHERE age <= ${periods} ORDER BY "periodEnd" DESC, "areaId"`,
  );
  return { total: rows.length, items: rows };
}
