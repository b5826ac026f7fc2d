import sql, { type Sql } from 'sql-template-tag';
import { cases as feed } from '#contracts/events/epidemic/feeds.ts';
import type { PointCells } from '#contracts/http/point-cells.ts';
import { pointClocks, swapPoints } from '#contracts/points.ts';
import type { Database } from '#platform/database.ts';
import { Problem } from '#platform/problem.ts';
import type { Moment } from '../../district/moment.ts';
import { readCells } from '../../district/point-cells.ts';
import { indexIn, pointRecord } from '../../district/points.ts';
import { areasSql } from '../areas.ts';
import { type CaseFilter, casesOf } from './filters.ts';

/** A point is sent for at most this many cases at once; more is a mistake in the filter, not a map. */
const mostPoints = 2_000_000;

/** A word that is not in the format's list is the first. */
const indexOr0 = (list: readonly string[], column: string): Sql => sql`coalesce(${indexIn(list, column)}, 0)`;

/** A case of the last two days is new. */
const newDays = 2;

const category = indexOr0(feed.points.categories, 'exposure');
const status = indexOr0(feed.points.statuses, 'status');
const clockAt = ({ day }: Moment): Sql =>
  sql`CASE WHEN event_date > ${day}::date - ${newDays}::int THEN ${pointClocks.indexOf('new')}::int ELSE 0 END`;

/** 16-byte records of the located cases of a filter; see contracts/points.ts. @throws Problem 422 when there are too many */
export async function casePoints(
  database: Database,
  moment: Moment,
  filter: CaseFilter,
  isClocked: boolean,
): Promise<{ bytes: Buffer; count: number }> {
  const record = pointRecord({
    at: sql`at`,
    firstSequence: sql`first_sequence`,
    day: sql`event_date`,
    category,
    status,
    ...(isClocked ? { clock: clockAt(moment) } : {}),
  });
  const { rows } = await database.query<{ records: Buffer | null; count: number }>(
    sql`WITH ${areasSql(moment)}, located AS (
       SELECT at, first_sequence, event_date, exposure, status FROM epidemic.case_versions AS v
       WHERE ${casesOf(filter, moment)} AND at IS NOT NULL LIMIT ${mostPoints + 1})
     SELECT count(*) AS count, string_agg(${record}, ''::bytea) AS records FROM located`,
  );
  const { records, count } = rows[0]!;
  if (count > mostPoints)
    throw new Problem(422, 'Too many points', {
      errors: [{ field: 'query', value: count, reason: `at most ${mostPoints} points; narrow the dates or the area` }],
    });
  return { bytes: records ? swapPoints(records) : Buffer.alloc(0), count };
}

/** The same, counted by cell: only for who may see the rows, as this has counts of few persons. */
export const caseCells = (
  database: Database,
  moment: Moment,
  filter: CaseFilter,
  cellZoom: number,
): Promise<PointCells> =>
  readCells(database, feed.points, {
    before: areasSql(moment),
    located: sql`SELECT at, first_sequence, ${category} AS category, ${status} AS status, ${clockAt(moment)} AS clock
      FROM epidemic.case_versions AS v WHERE ${casesOf(filter, moment)} AND at IS NOT NULL`,
    cellZoom,
    asOf: moment.instant,
  });
