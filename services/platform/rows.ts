import type { Transaction } from './database.ts';

type Value = string | number | boolean | null | undefined;

/** Column name → PostgreSQL type, in the order of the insert. */
export type Columns = Record<string, string>;

/** A PostgreSQL array literal. Faster than the driver's own: most values here need no escaping. */
export function arrayLiteral(values: Value[]): string {
  let text = '{';
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (index) text += ',';
    if (value === null || value === undefined) text += 'NULL';
    else if (typeof value === 'string')
      text += `"${needsEscape.test(value) ? value.replace(/["\\]/g, '\\$&') : value}"`;
    else text += value;
  }
  return `${text}}`;
}
const needsEscape = /["\\]/;

/**
 * Inserts many rows in one statement: `INSERT … SELECT … FROM unnest(one array a column)`.
 * `expressions` replaces a column's value by SQL over the incoming row, which is named `new`; `columns` may hold inputs that only expressions
 * use (`into` then names the ones that are inserted). `onConflict` is appended as it is. Returns the number of rows written.
 */
export async function insertRows<Row extends Record<string, Value>>(
  transaction: Transaction,
  table: string,
  columns: Columns,
  rows: Row[],
  options: { expressions?: Record<string, string>; omit?: string[]; onConflict?: string } = {},
): Promise<number> {
  if (rows.length === 0) return 0;
  const names = Object.keys(columns);
  const inserted = [
    ...names.filter((name) => !options.omit?.includes(name)),
    ...Object.keys(options.expressions ?? {}).filter((name) => !names.includes(name)),
  ];
  const sql = `INSERT INTO ${table} (${inserted.join(', ')})
    SELECT ${inserted.map((name) => options.expressions?.[name] ?? `new.${name}`).join(', ')}
    FROM unnest(${names.map((name, index) => `$${index + 1}::${columns[name]}[]`).join(', ')}) AS new(${names.join(', ')})
    ${options.onConflict ?? ''}`;
  const values = names.map((name) => arrayLiteral(rows.map((row) => row[name])));
  const { rowCount } = await transaction.query({ name: statementName(sql), text: sql, values });
  return rowCount ?? 0;
}

const statementNames = new Map<string, string>();
/** Prepared once a connection: planning a wide insert for each batch costs more than it should. */
function statementName(sql: string): string {
  let name = statementNames.get(sql);
  if (!name) {
    name = `insert_${statementNames.size}`;
    statementNames.set(sql, name);
  }
  return name;
}
