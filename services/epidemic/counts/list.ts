import sql, { join } from 'sql-template-tag';
import type { PublishedCount } from '#contracts/http/epidemic.ts';
import type { Database } from '#platform/database.ts';
import { readPlacedAreas } from '../../coverage/read-vaccinated.ts';
import { mergedStatements, readAreaChanges } from '../../district/area-changes.ts';
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

/**
 * Published periods of an area for its curve: its own, else the sums over all its parts of the periods that each of them publishes, across a change of borders too. Newest first.
 */
export async function countSeries(
  database: Database,
  moment: Moment,
  { areaId, from, to }: { areaId: string; from: string; to: string },
): Promise<PublishedCount[]> {
  const filter = { measure: 'new-cases', from, to };
  const { items: own } = await listCounts(database, moment, { ...filter, areaId });
  const changes = await readAreaChanges(database, moment);
  const whole = changes.get(areaId);
  if (own.length > 0 && !whole) return own;
  const areas = await readPlacedAreas(database, moment);
  const rowsOf = Map.groupBy((await listCounts(database, moment, filter)).items, (row) => row.areaId);
  const children = Map.groupBy(areas, ({ parentId }) => parentId);
  const merged = (whole: string, members: readonly string[]) =>
    mergedStatements(
      members.map((member) => periodsOfPart(member)),
      ({ periodStart, periodEnd }) => `${periodStart} ${periodEnd}`,
      (rows): PublishedCount => ({
        ...{ areaId: whole, periodStart: rows[0]!.periodStart, periodEnd: rows[0]!.periodEnd },
        cases: rows.some(({ cases }) => cases === null) ? null : rows.reduce((sum, { cases }) => sum + cases!, 0),
      }),
    );
  const periodsOfPart = (part: string): PublishedCount[] => {
    const said = rowsOf.get(part) ?? [];
    const below = (children.get(part) ?? []).map((child) => child.areaId);
    return said.length > 0 ? said : merged(part, below);
  };
  const parts = (children.get(areaId) ?? []).map((child) => child.areaId);
  const before = new Set(
    parts.flatMap((part) => {
      const change = changes.get(part);
      return change ? [...change.whole, ...change.divided, ...(change.wasThere ? [part] : [])] : [part];
    }),
  );
  // Of an id that is given again, what it said before is a part of the sum.
  const partsOfWhole = whole && whole.divided.length === 0 ? [...whole.whole, ...(whole.wasThere ? [areaId] : [])] : [];
  const sums = [
    ...merged(areaId, parts),
    ...(parts.some((part) => changes.has(part)) ? merged(areaId, [...before]) : []),
    ...own.filter(({ periodEnd }) => !whole?.wasThere || periodEnd >= whole.since),
    ...merged(areaId, partsOfWhole).filter(({ periodEnd }) => periodEnd < whole!.since),
  ];
  const distinct = new Map(sums.map((row) => [`${row.periodStart} ${row.periodEnd}`, row]));
  return [...distinct.values()].sort((a, b) => b.periodEnd.localeCompare(a.periodEnd));
}
