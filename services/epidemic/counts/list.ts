import sql, { join } from 'sql-template-tag';
import type { PublishedCount } from '#contracts/http/epidemic.ts';
import type { Database } from '#platform/database.ts';
import { readAreaChanges } from '../../district/area-changes.ts';
import { known, knownSince } from '../../district/known.ts';
import type { Moment } from '../../district/moment.ts';
import { areasSql } from '../areas.ts';
import {
  type AllPublished,
  type CountColumns,
  countedAreas,
  countsSql,
  dayOfNumber,
  numberOfDay,
} from './counts-sql.ts';
import { windowCounts } from './window-count.ts';

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
 * The rows that make up an area's published figure of a window: their `cases` add up to it. Of a figure without a number, the rows that lie in its
 * window. A part that publishes no counts beside parts that do is a row of the line list, `basis: line-list`.
 */
export async function countsBehindFigure(
  database: Database,
  moment: Moment,
  { areaId, measure, windowDays }: { areaId: string; measure: string; windowDays: number },
): Promise<Rows> {
  const changes = await readAreaChanges(database, moment);
  const { rows: areas } = await database.query<
    CountColumns & {
      area_id: string;
      parent_id: string | null;
      line_heard: boolean;
      published_all: AllPublished;
    }
  >(
    sql`WITH ${areasSql(moment)}, ${countsSql(moment, measure)}
     SELECT areas.area_id, parent_id, published, line_days, named, ${changes.size > 0 ? sql`(SELECT published_all FROM published_all)` : sql`NULL`} AS published_all,
       EXISTS (SELECT FROM epidemic.feeds WHERE district = ${moment.district} AND feed = 'cases') AS line_heard
     FROM areas LEFT JOIN counts USING (area_id) ORDER BY areas.level, areas.area_id`,
  );
  if (!areas.some((row) => row.area_id === areaId)) return { total: 0, items: [] };
  const day = numberOfDay(moment.day);
  const { count } = windowCounts(countedAreas(areas, areas[0]!.published_all, changes, day), {
    day,
    lineHeard: areas[0]!.line_heard,
  });
  const behind = count(areaId, windowDays).rows.map(({ start, end, ...row }) => ({
    ...row,
    periodStart: dayOfNumber(start),
    periodEnd: dayOfNumber(end),
  }));
  const { items } = await listCounts(database, moment, {
    measure,
    from: behind.map((row) => row.periodEnd).sort()[0] ?? moment.day,
    to: moment.day,
  });
  const keyOf = (row: { areaId: string; periodStart: string; periodEnd: string }) =>
    `${row.areaId} ${row.periodStart} ${row.periodEnd}`;
  const asPublished = new Map(items.map((row) => [keyOf(row), row]));
  // A sum over the areas of before a change of borders was published by nobody as it stands.
  const asIs = (row: (typeof behind)[number]): PublishedCount => {
    const published = asPublished.get(keyOf(row));
    if (published && published.cases === row.cases) return published;
    return { ...{ areaId: row.areaId, measure, cases: row.cases, suppressed: row.suppressed }, ...periodOf(row) };
  };
  const rows = behind.map((row) =>
    row.basis === 'line-list'
      ? { ...{ areaId: row.areaId, measure, basis: row.basis, cases: row.cases }, ...periodOf(row) }
      : { ...asIs(row), basis: row.basis },
  );
  rows.sort((a, b) => b.periodEnd.localeCompare(a.periodEnd) || a.areaId.localeCompare(b.areaId));
  return { total: rows.length, items: rows };
}

const periodOf = ({ periodStart, periodEnd }: { periodStart: string; periodEnd: string }) => ({
  periodStart,
  periodEnd,
});
