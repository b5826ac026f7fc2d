import type { Database } from './database.ts';

/** By district, how many entities the rows of a condition are of. `from`: a table and what it has to fulfil, in SQL. */
export async function countWaiting(database: Database, key: string, from: string): Promise<Record<string, number>> {
  const { rows } = await database.query<{ district: string; waiting: number }>(
    `SELECT district, count(DISTINCT ${key}) AS waiting FROM ${from} GROUP BY district ORDER BY district`,
  );
  return Object.fromEntries(rows.map(({ district, waiting }) => [district, waiting]));
}
