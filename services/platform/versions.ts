import type { Transaction } from './database.ts';
import { foldVersions, keyOf, type StoredVersion, type VersionRow } from './fold-versions.ts';
import { arrayLiteral, type Columns, insertRows } from './rows.ts';

export interface VersionedTable {
  table: string;
  /** Columns that name the fact; `district` is one of them. */
  key: string[];
  columns: Columns;
  /** Values that make a difference: a repetition of the same values is not a new version. Left out: every event is one. */
  compared?: string[];
  /** Column of where a statement stands among those of its fact: an older one that comes late changes nothing. Left out: the later in the journal holds. */
  order?: string;
  /** Table that keeps the events that made no version (district, event_id, sequence), where they are to be known later. Left out: they leave no trace. */
  repeats?: { table: string; isKept: (eventId: string) => boolean };
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
  const { table, key, columns, compared, order } = definition;
  const distinct = [...new Map(rows.map((row) => [keyOf(row, key), row])).values()];
  const read = ['sequence', 'event_id', 'known_at', ...(compared ?? []), ...(order ? [order] : [])];
  const { rows: stored } = await transaction.query<StoredVersion>(
    `SELECT ${key.map((column) => (columns[column] === 'date' ? `old.${column}::text` : `old.${column}`)).join(', ')}, ${read.map((column) => `old.${column}`).join(', ')},
       known_until = 'infinity' AS is_current
     FROM ${table} AS old
     JOIN unnest(${key.map((column, index) => `$${index + 1}::${columns[column]}[]`).join(', ')}) AS wanted(${key.join(', ')})
       ON ${key.map((column) => `old.${column} = wanted.${column}`).join(' AND ')}`,
    key.map((column) => arrayLiteral(distinct.map((row) => row[column]))),
  );
  const { versions, closed, raised } = foldVersions(stored, rows, definition);
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
  if (order && raised?.length)
    await transaction.query(
      `UPDATE ${table} AS old SET ${order} = new.raised
       FROM unnest(${key.map((column, index) => `$${index + 1}::${columns[column]}[]`).join(', ')}, $${key.length + 1}::int8[], $${key.length + 2}::text[])
         AS new(${key.join(', ')}, sequence, raised)
       WHERE ${key.map((column) => `old.${column} = new.${column}`).join(' AND ')} AND old.sequence = new.sequence`,
      [
        ...key.map((column) => arrayLiteral(raised.map((row) => row.key[column]))),
        arrayLiteral(raised.map((row) => row.sequence)),
        arrayLiteral(raised.map((row) => row.order)),
      ],
    );
  if (definition.repeats) {
    const made = new Set([...stored, ...versions].map(({ event_id }) => event_id));
    const { table: kept, isKept } = definition.repeats;
    const silent = rows.filter(({ event_id }) => !made.has(event_id) && isKept(event_id));
    if (silent.length > 0)
      await transaction.query(
        `INSERT INTO ${kept} (district, event_id, sequence) SELECT * FROM unnest($1::text[], $2::text[], $3::int8[]) ON CONFLICT DO NOTHING`,
        [silent.map(({ district }) => district), silent.map((row) => row.event_id), silent.map((row) => row.sequence)],
      );
  }
  await insertRows(transaction, table, { ...columns, known_until: 'timestamptz' }, versions, {
    expressions: definition.expressions,
    omit: definition.omit,
  });
}
