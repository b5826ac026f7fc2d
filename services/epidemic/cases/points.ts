import sql, { raw, type Sql } from 'sql-template-tag';
import { cases as feed } from '#contracts/events/epidemic/feeds.ts';
import { pointRecordSql, swapPoints } from '#contracts/points.ts';
import type { Database } from '#platform/database.ts';
import { Problem } from '#platform/problem.ts';
import type { Moment } from '../../district/moment.ts';
import { areasSql } from '../areas.ts';
import { type CaseFilter, casesOf } from './filters.ts';

/** A point is sent for at most this many cases at once; more is a mistake in the filter, not a map. */
const mostPoints = 2_000_000;

/** Index of a column's word in a list of the format; a word that is not in it is the first. */
const indexOf = (list: readonly string[], column: string) =>
  `coalesce(array_position('{${list.join(',')}}'::text[], ${column}) - 1, 0)`;

const record: Sql = raw(
  pointRecordSql(
    'at',
    'first_sequence',
    'event_date',
    indexOf(feed.points.categories, 'exposure'),
    indexOf(feed.points.statuses, 'status'),
  ),
);

/** 16-byte records of the located cases of a filter; see contracts/points.ts. @throws Problem 422 when there are too many */
export async function casePoints(
  database: Database,
  moment: Moment,
  filter: CaseFilter,
): Promise<{ bytes: Buffer; count: number }> {
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
