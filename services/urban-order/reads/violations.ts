import type { Database } from '#platform/database.ts';
import { Problem } from '#platform/problem.ts';
import { knownSql, Parameters } from '../../district/conditions.ts';
import type { Moment } from '../../district/moment.ts';
import { dueAtSql, nextSteps } from '../violation/legal-clock.ts';
import { type ReadRow, readColumns, violationOf } from '../violation/row.ts';
import { filterSql, type ViolationFilter } from './filters.ts';

type Row = ReadRow & { due_at: Date | null; cursor_time: string };

/** A violation as the API shows it. */
export function viewOf(row: Row, moment: Moment) {
  const {
    reported: _reported,
    statedAreaId: _stated,
    due: _due,
    statusSince,
    occurredAt,
    ...violation
  } = violationOf(row);
  return {
    ...violation,
    statusSince: new Date(statusSince).toISOString(),
    occurredAt: new Date(occurredAt).toISOString(),
    knownAt: new Date(row.known_at).toISOString(),
    areaId: row.area_id,
    dueStep: row.due_step,
    dueRule: row.due_rule,
    dueAt: row.due_at?.toISOString() ?? null,
    overdue: row.due_at !== null && row.due_at.getTime() <= Date.parse(moment.instant),
    lawfulSteps: [...nextSteps(violation)],
    firstSequence: row.first_sequence,
    version: row.sequence,
  };
}
export type ViolationView = ReturnType<typeof viewOf>;

const selectSql = (moment: Moment, parameters: Parameters) =>
  `SELECT ${readColumns}, v.occurred_at::text AS cursor_time, ${dueAtSql('v', parameters.add(moment.timeZone))} AS due_at FROM urban_order.violation_versions v`;

/** One page, newest first, with the total of the filter. */
export async function listViolations(
  database: Database,
  moment: Moment,
  filter: ViolationFilter,
  page: { limit: number; cursor?: string },
): Promise<{ items: ViolationView[]; total: number; nextCursor: string | null }> {
  const parameters = new Parameters();
  const select = selectSql(moment, parameters);
  let where = filterSql(filter, moment, parameters);
  if (page.cursor) {
    const [time, sequence] = readCursor(page.cursor);
    where += ` AND (v.occurred_at, v.first_sequence) < (${parameters.add(time)}::timestamptz, ${parameters.add(sequence)}::bigint)`;
  }
  const [{ rows }, total] = await Promise.all([
    database.query<Row>(
      `${select} WHERE ${where} ORDER BY v.occurred_at DESC, v.first_sequence DESC LIMIT ${parameters.add(page.limit + 1)}`,
      parameters.values,
    ),
    countViolations(database, moment, filter),
  ]);
  const shown = rows.slice(0, page.limit);
  const last = rows.length > page.limit ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => viewOf(row, moment)),
    total,
    nextCursor: last ? writeCursor(last.cursor_time, last.first_sequence) : null,
  };
}

export async function countViolations(database: Database, moment: Moment, filter: ViolationFilter): Promise<number> {
  const parameters = new Parameters();
  const where = filterSql(filter, moment, parameters);
  const { rows } = await database.query<{ total: number }>(
    `SELECT count(*) AS total FROM urban_order.violation_versions v WHERE ${where}`,
    parameters.values,
  );
  return rows[0]!.total;
}

/** The violation as known at the moment, or undefined. */
export async function findViolation(database: Database, moment: Moment, violationId: string) {
  const parameters = new Parameters();
  const select = selectSql(moment, parameters);
  const { rows } = await database.query<Row>(
    `${select} WHERE v.district = ${parameters.add(moment.district)} AND v.violation_id = ${parameters.add(violationId)} AND ${knownSql('v', moment, parameters)}`,
    parameters.values,
  );
  return rows[0] && viewOf(rows[0], moment);
}

const writeCursor = (time: string, sequence: number) => Buffer.from(`${time}|${sequence}`).toString('base64url');

function readCursor(cursor: string): [string, number] {
  const [time, sequence] = Buffer.from(cursor, 'base64url').toString().split('|');
  if (!time || Number.isNaN(Date.parse(time)) || !/^\d+$/.test(sequence ?? ''))
    throw new Problem(422, 'The request does not fit', {
      errors: [{ field: 'query.cursor', value: cursor, reason: 'a cursor that this list gave' }],
    });
  return [time, Number(sequence)];
}
