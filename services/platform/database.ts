import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import pg from 'pg';

// Dates stay text (a day has no zone), 64-bit counts become numbers: ours stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value);
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);

export type Database = pg.Pool;
export type Transaction = pg.PoolClient;
/** What answers questions: the pool, or one transaction. */
export type Reads = Pick<Database, 'query'>;

/** A small pool: services are many and connections cost the server memory. */
export function openDatabase(
  url: string,
  options: {
    max?: number;
    statementTimeoutMs?: number;
    schema?: string;
    /** Waited for before a new connection is used. */
    onConnect?: (client: pg.ClientBase) => Promise<void>;
  } = {},
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 4,
    ...(options.onConnect && { onConnect: options.onConnect }),
    idleTimeoutMillis: 30_000,
    // A service that computes forecasts on two cores holds its event loop up for more than 5 s; a request is given up after 30 s.
    connectionTimeoutMillis: 15_000,
    statement_timeout: options.statementTimeoutMs ?? 60_000,
    // UTC everywhere; a local day is computed with the district's own zone, by name.
    options: `-c timezone=UTC${options.schema ? ` -c search_path=${options.schema}` : ''}`,
  });
  // A lost idle connection is not an incident: the next query opens another.
  pool.on('error', () => {});
  return pool;
}

/**
 * What one question of a request may take. A request is given up after 30 s (`app.ts`): the database stops earlier, so that the answer can say why and nothing goes
 * on working for nobody. 512 MB is many times what sorting all rows of a city takes; five questions without an end wrote 2 GB in 35 s.
 */
export const readLimits = { statementTimeoutMs: 20_000, temporaryFiles: '512MB' };

/**
 * Connections for what requests ask, apart from those that projections write by: a question that takes all of them for its time holds up no writing.
 *
 * @param limited is told when this user may not limit its temporary files (PostgreSQL before 15, or a server of your own); the time is limited all the same
 */
export function openReads(url: string, limits = readLimits, limited: (error: unknown) => void = () => {}): Database {
  let told = false;
  const onConnect = async (client: pg.ClientBase) => {
    try {
      await client.query(`SET temp_file_limit = ${pg.escapeLiteral(limits.temporaryFiles)}`);
    } catch (error) {
      if (!told) limited(error);
      told = true;
    }
  };
  return openDatabase(url, { statementTimeoutMs: limits.statementTimeoutMs, onConnect });
}

/** Runs `work` in one transaction; rolls back and rethrows when it throws. */
export const inTransaction = <Result>(
  database: Database,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> => between(database, 'BEGIN', work);

/** Runs reads that all see the rows of one moment, whatever is committed meanwhile. Questions one after another: it is one connection. */
export const inSnapshot = <Result>(database: Database, work: (reads: Reads) => Promise<Result>): Promise<Result> =>
  between(database, 'BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY', work);

async function between<Result>(
  database: Database,
  begin: string,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const client = await database.connect();
  let broken = false;
  // A connection that is lost says so to whoever has it, too: nobody hears it, and the process would end. What is asked of it fails by itself.
  const lost = () => {
    broken = true;
  };
  client.on('error', lost);
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.off('error', lost);
    client.release(broken);
  }
}

/**
 * Applies the numbered SQL files of `folder` to `schema` (created when missing), and lets its readers read what it publishes. When the schema has
 * an owner that this user may act for, it is done in the owner's name: whoever migrates, the tables belong to the same role.
 */
export async function migrate(url: string, schema: string, folder: URL): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ owner: string; mine: boolean }>(
      `SELECT rolname AS owner, pg_has_role(pg_roles.oid, 'MEMBER') AS mine
       FROM pg_namespace JOIN pg_roles ON pg_roles.oid = nspowner WHERE nspname = $1`,
      [schema],
    );
    // Asked for only when it is missing: the question alone needs a right on the database that a service does not have.
    const createSchema = rows.length === 0;
    if (rows[0]?.mine) await client.query(`SET ROLE ${pg.escapeIdentifier(rows[0].owner)}`);
    await runner({
      dbClient: client,
      dir: fileURLToPath(folder),
      direction: 'up',
      migrationsTable: 'migrations',
      migrationsSchema: schema,
      schema: [schema, 'public'],
      createSchema,
      createMigrationsSchema: createSchema,
      checkOrder: true,
      log: () => {},
      // One advisory lock for all services of one database: they may start together.
      advisoryLockMode: 'wait',
    });
    await client.query(positionsTable(schema));
    await publish(client, schema);
  } finally {
    await client.end();
  }
}

/** Role without login whose members may read what a schema publishes. Where there is none, one user owns and reads everything. */
export const readersOf = (schema: string) => `${schema}_readers`;

/** Views named `published_…` are for the readers; tables are not. Views of later migrations come to it by this too. */
async function publish(client: pg.Client, schema: string): Promise<void> {
  const { rows } = await client.query<{ grant: string }>(
    `SELECT format('GRANT USAGE ON SCHEMA %I TO %I', $1::text, rolname) AS grant
     FROM pg_roles WHERE rolname = $2 AND NOT has_schema_privilege(rolname, $1, 'USAGE')
     UNION ALL
     SELECT format('GRANT SELECT ON %I.%I TO %I', $1, relname, rolname)
     FROM pg_class, pg_roles
     WHERE relnamespace = $1::regnamespace AND relkind IN ('v', 'm') AND relname LIKE 'published\\_%' AND rolname = $2
       AND NOT has_table_privilege(rolname, pg_class.oid, 'SELECT')`,
    [schema, readersOf(schema)],
  );
  for (const { grant } of rows) await client.query(grant);
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
);
-- When the broker stored the message at that sequence, in nanoseconds since 1970; null: not known.
ALTER TABLE "${schema}".positions ADD COLUMN IF NOT EXISTS stored_at text;
CREATE OR REPLACE VIEW "${schema}".published_positions AS SELECT projection, stream, district, sequence FROM "${schema}".positions`;
