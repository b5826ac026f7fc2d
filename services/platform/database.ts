import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import pg from 'pg';

// Dates stay text (a day has no zone), 64-bit counts become numbers: ours stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value);
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);

export type Database = pg.Pool;
export type Transaction = pg.PoolClient;

/** A small pool: services are many and connections cost the server memory. */
export function openDatabase(url: string, options: { max?: number; statementTimeoutMs?: number } = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 4,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 5_000,
    statement_timeout: options.statementTimeoutMs ?? 60_000,
    // UTC everywhere; a local day is computed with the district's own zone, by name.
    options: '-c timezone=UTC',
  });
  // A lost idle connection is not an incident: the next query opens another.
  pool.on('error', () => {});
  return pool;
}

/** Runs `work` in one transaction; rolls back and rethrows when it throws. */
export async function inTransaction<Result>(
  database: Database,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const client = await database.connect();
  let broken = false;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Applies the numbered SQL files of `folder` to `schema` (created when missing). */
export async function migrate(url: string, schema: string, folder: URL): Promise<void> {
  await runner({
    databaseUrl: url,
    dir: fileURLToPath(folder),
    direction: 'up',
    migrationsTable: 'migrations',
    migrationsSchema: schema,
    schema: [schema, 'public'],
    createSchema: true,
    createMigrationsSchema: true,
    checkOrder: true,
    log: () => {},
    // One advisory lock for all services of one database: they may start together.
    advisoryLockMode: 'wait',
  });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(positionsTable(schema));
  } finally {
    await client.end();
  }
}

/** Where each projection stands in each journal; every projecting schema has it. `disposable`: the rows may go when the journal is gone. */
const positionsTable = (schema: string) => `
CREATE TABLE IF NOT EXISTS "${schema}".positions (
  projection text NOT NULL,
  stream text NOT NULL,
  district text NOT NULL,
  stream_created text NOT NULL,
  disposable boolean NOT NULL,
  sequence bigint NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (projection, stream)
)`;
