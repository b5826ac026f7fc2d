import type { Database } from '#platform/database.ts';
import { Parameters } from '../district/conditions.ts';
import { noSuchCursor } from './problems.ts';

/** The rows of a filter: list, total and points of one address have this in common, so they cannot differ. */
export interface FilteredRows {
  /** What stands after FROM; one row an entity, versions are `v`. */
  from: string;
  /** Conditions, joined by AND. */
  where: (parameters: Parameters) => string;
}

export interface Page<View> {
  items: View[];
  /** Of the filter, not of the page. */
  total: number;
  /** null: there is no more. */
  nextCursor: string | null;
}

/** By what a list is ordered, newest first; the last one tells all rows apart. */
export type OrderColumn = { sql: string; type: 'timestamptz' | 'bigint' };

/** A page of a filter, newest first, with the total. @throws Problem 422 for a cursor that no list gave */
export async function readPage<Row extends object, View>(
  database: Database,
  rows: FilteredRows,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  shape: {
    columns: (parameters: Parameters) => string;
    order: readonly OrderColumn[];
    view: (row: Row) => View;
  },
): Promise<Page<View>> {
  const { order } = shape;
  const parameters = new Parameters();
  const cursorColumns = order.map(({ sql }, index) => `${sql}::text AS cursor_${index}`);
  const select = `SELECT ${[shape.columns(parameters), ...cursorColumns].join(', ')} FROM ${rows.from}`;
  const conditions = [rows.where(parameters)];
  if (cursor !== undefined) {
    const values = readCursor(cursor, order).map((value, index) => `${parameters.add(value)}::${order[index]!.type}`);
    conditions.push(`(${order.map(({ sql }) => sql).join(', ')}) < (${values.join(', ')})`);
  }
  const newestFirst = order.map(({ sql }) => `${sql} DESC`).join(', ');
  const [{ rows: found }, total] = await Promise.all([
    database.query<Row & Record<`cursor_${number}`, string>>(
      `${select} WHERE ${conditions.join(' AND ')} ORDER BY ${newestFirst} LIMIT ${parameters.add(limit + 1)}`,
      parameters.values,
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
  const parameters = new Parameters();
  const conditions = where(parameters);
  const { rows } = await database.query<{ total: number }>(
    `SELECT count(*) AS total FROM ${from} WHERE ${conditions}`,
    parameters.values,
  );
  return rows[0]!.total;
}

const writeCursor = (values: readonly string[]): string => Buffer.from(values.join('|')).toString('base64url');

function readCursor(cursor: string, order: readonly OrderColumn[]): string[] {
  const values = Buffer.from(cursor, 'base64url').toString().split('|');
  const fits = (value: string, { type }: OrderColumn) =>
    type === 'bigint' ? /^\d{1,15}$/.test(value) : !Number.isNaN(Date.parse(value));
  if (values.length !== order.length || !order.every((column, index) => fits(values[index]!, column)))
    throw noSuchCursor(cursor);
  return values;
}
