import sql, { join, raw, type Sql } from 'sql-template-tag';
import { askedInstant } from '#contracts/primitives.ts';
import type { Database } from '#platform/database.ts';
import { noSuchCursor } from '#platform/problem.ts';

/** The rows of a filter: list, total and points of one address have this in common, so they cannot differ. */
export interface FilteredRows {
  /** What stands after FROM; one row an entity, versions are `v`. */
  from: Sql;
  /** Conditions, joined by AND. */
  where: Sql;
}

export interface Page<View> {
  items: View[];
  /** Of the filter, not of the page. */
  total: number;
  /** null: there is no more. */
  nextCursor: string | null;
}

/** By what a list is ordered, newest first; the last one tells all rows apart. */
export type OrderColumn = { name: string; type: 'timestamptz' | 'bigint' };

/** A page of a filter, newest first, with the total. @throws Problem 422 for a cursor that no list gave */
export async function readPage<Row extends object, View>(
  database: Database,
  rows: FilteredRows,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  shape: {
    columns: Sql;
    order: readonly OrderColumn[];
    view: (row: Row) => View;
  },
): Promise<Page<View>> {
  const { order } = shape;
  const names = raw(order.map(({ name }) => name).join(', '));
  const newestFirst = raw(order.map(({ name }) => `${name} DESC`).join(', '));
  const cursorColumns = raw(order.map(({ name }, index) => `${name}::text AS cursor_${index}`).join(', '));
  const after = (values: string[]) => join(values.map((value, index) => sql`${value}::${raw(order[index]!.type)}`));
  const where =
    cursor === undefined ? rows.where : sql`${rows.where} AND (${names}) < (${after(readCursor(cursor, order))})`;
  const [{ rows: found }, total] = await Promise.all([
    database.query<Row & Record<`cursor_${number}`, string>>(
      sql`SELECT ${shape.columns}, ${cursorColumns} FROM ${rows.from} WHERE ${where} ORDER BY ${newestFirst} LIMIT ${limit + 1}`,
    ),
    countRows(database, rows),
  ]);
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => shape.view(row)),
    total,
    nextCursor: last ? writeCursor(order.map((_, index) => last[`cursor_${index}`]!)) : null,
  };
}

/** How many rows a filter leaves. */
export async function countRows(database: Database, { from, where }: FilteredRows): Promise<number> {
  const { rows } = await database.query<{ total: number }>(sql`SELECT count(*) AS total FROM ${from} WHERE ${where}`);
  return rows[0]!.total;
}

const writeCursor = (values: readonly string[]): string => Buffer.from(values.join('|')).toString('base64url');

/** As PostgreSQL writes a moment in UTC: `2026-06-01 00:00:00.123456+00`. */
const isWrittenInstant = (text: string) =>
  /^\S{10} \S{8,15}\+00$/.test(text) && askedInstant.safeParse(text.replace(' ', 'T').replace('+00', 'Z')).success;

function readCursor(cursor: string, order: readonly OrderColumn[]): string[] {
  const values = Buffer.from(cursor, 'base64url').toString().split('|');
  const fits = (value: string, { type }: OrderColumn) =>
    type === 'bigint' ? /^\d{1,15}$/.test(value) : isWrittenInstant(value);
  if (values.length !== order.length || !order.every((column, index) => fits(values[index]!, column)))
    throw noSuchCursor(cursor);
  return values;
}
