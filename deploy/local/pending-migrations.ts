import { readdirSync } from 'node:fs';
import pg from 'pg';
import { schemas } from '../../services/migrations.ts';

/** Changes of tables that this version will make in a database that an earlier version has filled, as `schema: file`; none in a new one. */
export async function pendingMigrations(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const pending: string[] = [];
    for (const { schema, folder } of schemas) {
      const { rows: there } = await client.query<{ name: string | null }>('SELECT to_regclass($1)::text AS name', [
        `${pg.escapeIdentifier(schema)}.migrations`,
      ]);
      // A schema that is not there is made: nothing of it can be lost.
      if (there[0]!.name === null) continue;
      const { rows } = await client.query<{ name: string }>(
        `SELECT name FROM ${pg.escapeIdentifier(schema)}.migrations`,
      );
      const made = new Set(rows.map(({ name }) => name));
      const files = readdirSync(folder).filter((file) => file.endsWith('.sql'));
      for (const file of files.sort()) if (!made.has(file.replace(/\.sql$/, ''))) pending.push(`${schema}: ${file}`);
    }
    return pending;
  } finally {
    await client.end();
  }
}

/** What is said before they are made. Changes go one way: no file says how to take one back. */
export const warningOf = (pending: readonly string[]): string[] =>
  pending.length === 0
    ? []
    : [
        `${pending.length} changes of the tables are about to be made, and cannot be undone: ${pending.join(', ')}`,
        'the version before may not open the data after that; the way back is a backup that was made before (npm run backup)',
      ];
