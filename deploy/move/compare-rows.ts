import pg from 'pg';

/** A table's rows of one district. */
export interface TableContent {
  table: string;
  rows: number;
  /** Of all that the rows say, in no order; numbers that the database itself gives and moments of writing left out. */
  digest: string;
}

type Questions = Pick<pg.Pool, 'query'>;

/** Moments at which something was written, and how the broker named a place. */
const ofWriting = ['updated_at', 'written_at'];

/** What the tables of some schemas have of a district; tables without a district are nobody's. */
export async function contentOf(
  database: Questions,
  schemas: readonly string[],
  district: string,
): Promise<TableContent[]> {
  const { rows: tables } = await database.query<{ schema: string; name: string; given: string[] }>(
    `SELECT table_schema AS schema, table_name AS name,
            coalesce(array_agg(column_name::text) FILTER (WHERE is_identity = 'YES' OR column_default LIKE 'nextval%'), '{}') AS given
     FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = ANY($1) AND table_type = 'BASE TABLE'
     GROUP BY 1, 2 HAVING bool_or(column_name = 'district') ORDER BY 1, 2`,
    [schemas],
  );
  const found: TableContent[] = [];
  for (const { schema, name, given } of tables) {
    const table = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
    const { rows } = await database.query<{ rows: number; digest: string }>(
      `SELECT count(*)::int AS rows, md5(coalesce(string_agg(one, '' ORDER BY one), '')) AS digest
       FROM (SELECT md5((to_jsonb(content) - $2::text[])::text) AS one FROM ${table} AS content WHERE district = $1) AS every`,
      [district, [...given, ...ofWriting]],
    );
    found.push({ table: `${schema}.${name}`, ...rows[0]! });
  }
  return found;
}

/** Tables whose content is another one, in sentences. Pure. */
export function differences(from: readonly TableContent[], to: readonly TableContent[]): string[] {
  const there = new Map(to.map((one) => [one.table, one]));
  return from.flatMap(({ table, rows, digest }) => {
    const other = there.get(table);
    if (!other) return [`${table}: is not there`];
    if (other.rows !== rows) return [`${table}: ${other.rows} rows in place of ${rows}`];
    return other.digest === digest ? [] : [`${table}: ${rows} rows that say something else`];
  });
}
