import type { Database } from './database.ts';

/** A table that keeps of each row by which event it came: `key` is the column with the event's source and id, a space between. */
export interface TableOfEvents {
  table: string;
  key: string;
}

/**
 * Ids of the events of a source that the tables have of a district, in the order of the journal. An event may be told more than once.
 * @param source one that ends with "/": of all sources below it; then each id stands behind what is left of its source, a space between
 */
export async function heardOf(
  database: Database,
  tables: readonly TableOfEvents[],
  district: string,
  source: string,
): Promise<string[]> {
  const before = source.endsWith('/') ? source : `${source} `;
  const events = tables.map(
    ({ table, key }) =>
      `SELECT substr(${key}, length($2) + 1) AS id, sequence FROM ${table} WHERE district = $1 AND starts_with(${key}, $2)`,
  );
  const { rows } = await database.query<{ id: string }>(
    `SELECT id FROM (${events.join(' UNION ALL ')}) AS heard ORDER BY sequence`,
    [district, before],
  );
  return rows.map(({ id }) => id);
}
