import { openDatabase } from '#platform/database.ts';

/**
 * Schema of the ledger. Its owner is a role that nobody signs in as, so that the service which writes it can add lines and do nothing else: not change one, not
 * take one away. It is no projection: a rebuild leaves it.
 */
export const ledgerSchema = {
  schema: 'audit',
  owner: 'ledger',
  writer: 'identity',
  folder: new URL('./ledger-migrations/', import.meta.url),
} as const;

/** Lets the writer add lines and read them. Asks for a superuser; the schema and the roles are there. */
export async function openLedger(url: string): Promise<void> {
  const database = openDatabase(url, { max: 1 });
  const { schema, writer } = ledgerSchema;
  try {
    await database.query(`GRANT USAGE ON SCHEMA ${schema} TO ${writer}`);
    await database.query(`GRANT SELECT ON ${schema}.entries, ${schema}.head TO ${writer}`);
    await database.query(`GRANT EXECUTE ON FUNCTION ${schema}.append(jsonb) TO ${writer}`);
  } finally {
    await database.end();
  }
}
