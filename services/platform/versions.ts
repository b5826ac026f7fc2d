import type { Transaction } from './database.ts';
import { arrayLiteral, type Columns, insertRows } from './rows.ts';

/** A row of a table in which each change of a fact is a row of its own: known from `known_at` until `known_until`. */
export interface VersionRow {
  known_at: string;
  sequence: number;
  event_id: string;
  [column: string]: string | number | boolean | null;
}

export interface VersionedTable {
  table: string;
  /** Columns that name the fact; `district` is one of them. */
  key: string[];
  columns: Columns;
  /** Values that make a difference: a repetition of the same values is not a new version. Left out: every event is one. */
  compared?: string[];
  expressions?: Record<string, string>;
  omit?: string[];
}

/**
 * Appends whole-state facts: each closes the version of the same key before it. Rows come in journal order. A fact that is stored already
 * (same event) or that says nothing new is left out. `known_until` is added here.
 */
export async function writeVersions(
  transaction: Transaction,
  definition: VersionedTable,
  rows: VersionRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const { table, key, columns, compared } = definition;
  const keyOf = (row: Record<string, unknown>) => key.map((column) => row[column]).join(' ');
  const distinct = [...new Map(rows.map((row) => [keyOf(row), row])).values()];
  const read = ['sequence', 'event_id', 'known_at', ...(compared ?? [])];
  const { rows: stored } = await transaction.query(
    `SELECT ${key.map((column) => (columns[column] === 'date' ? `old.${column}::text` : `old.${column}`)).join(', ')}, ${read.map((column) => `old.${column}`).join(', ')},
       known_until = 'infinity' AS is_current
     FROM ${table} AS old
     JOIN unnest(${key.map((column, index) => `$${index + 1}::${columns[column]}[]`).join(', ')}) AS wanted(${key.join(', ')})
       ON ${key.map((column) => `old.${column} = wanted.${column}`).join(' AND ')}`,
    key.map((column) => arrayLiteral(distinct.map((row) => row[column]))),
  );
  const known = new Set(stored.map((row) => `${keyOf(row)} ${row.event_id}`));
  const current = new Map<string, VersionRow & { stored: boolean }>();
  for (const row of stored)
    if (row.is_current)
      current.set(keyOf(row), { ...row, known_at: (row.known_at as Date).toISOString(), stored: true } as VersionRow & {
        stored: boolean;
      });

  const versions: (VersionRow & { known_until: string })[] = [];
  const closed: { key: VersionRow; sequence: number; until: string }[] = [];
  for (const row of rows) {
    const name = keyOf(row);
    if (known.has(`${name} ${row.event_id}`)) continue;
    known.add(`${name} ${row.event_id}`);
    const before = current.get(name);
    if (before && compared?.every((column) => same(before[column], row[column]))) continue;
    const known_at = before && before.known_at > row.known_at ? before.known_at : row.known_at;
    const version = { ...row, known_at, known_until: 'infinity' };
    if (before?.stored) closed.push({ key: row, sequence: before.sequence, until: known_at });
    else if (before) before.known_until = known_at;
    versions.push(version);
    current.set(name, Object.assign(version, { stored: false }));
  }
  if (closed.length)
    await transaction.query(
      `UPDATE ${table} AS old SET known_until = new.known_until
       FROM unnest(${key.map((column, index) => `$${index + 1}::${columns[column]}[]`).join(', ')}, $${key.length + 1}::int8[], $${key.length + 2}::timestamptz[])
         AS new(${key.join(', ')}, sequence, known_until)
       WHERE ${key.map((column) => `old.${column} = new.${column}`).join(' AND ')} AND old.sequence = new.sequence`,
      [
        ...key.map((column) => arrayLiteral(closed.map((row) => row.key[column]))),
        arrayLiteral(closed.map((row) => row.sequence)),
        arrayLiteral(closed.map((row) => row.until)),
      ],
    );
  await insertRows(transaction, table, { ...columns, known_until: 'timestamptz' }, versions, {
    expressions: definition.expressions,
    omit: definition.omit,
  });
}

const same = (a: unknown, b: unknown) => (a ?? null) === (b ?? null);
