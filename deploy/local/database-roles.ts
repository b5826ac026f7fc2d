import pg from 'pg';
import { ledgerSchema, openLedger } from '../../services/identity/ledger-schema.ts';
import { type Schema, schemas } from '../../services/migrations.ts';
import { inTransaction, migrate, openDatabase, readersOf, type Transaction } from '../../services/platform/database.ts';

const quoted = pg.escapeIdentifier;

/**
 * Makes the schemas what this version expects, before the services start.
 *
 * @param url of the operator; of the one user there is, where services are not kept apart
 * @param secretOf password of a service; left out: services are not kept apart
 */
export async function makeSchemas(url: string, secretOf?: (service: string) => string): Promise<void> {
  // First, so that the migrations make their tables for the right owner.
  if (secretOf) await giveSchemasToServices(url, secretOf);
  for (const { schema, folder } of schemas) await migrate(url, schema, folder);
  await migrate(url, ledgerSchema.schema, ledgerSchema.folder);
  if (secretOf) await openLedger(url);
  if (secretOf) await letRowsBeAdded(url);
}

/**
 * Gives each schema to a role of its service, and nothing else to anybody: the role logs in under the service's name, owns its schema with all that
 * is in it, and is among the readers of the schemas that the service reads. What an earlier version made under one role for all changes hands.
 * Asks for a superuser.
 */
async function giveSchemasToServices(url: string, secretOf: (service: string) => string): Promise<void> {
  const database = openDatabase(url, { max: 1 });
  try {
    await inTransaction(database, async (transaction) => {
      // A statement that fails is written to the server's log with the password in it.
      await transaction.query('SET LOCAL log_min_error_statement = panic');
      for (const { schema, service } of schemas) {
        await ensureRole(transaction, service, `LOGIN PASSWORD ${pg.escapeLiteral(secretOf(service))}`);
        await ensureRole(transaction, readersOf(schema), 'NOLOGIN');
      }
      await ensureRole(transaction, ledgerSchema.owner, 'NOLOGIN');
      await letLimitThemselves(transaction);
      await closeDatabases(transaction);
      for (const one of schemas) {
        if (!one.addsRowsOnly) await takeSchema(transaction, one);
        await readOnly(transaction, one);
      }
      await takeSchema(transaction, { schema: ledgerSchema.schema, service: ledgerSchema.owner });
    });
  } finally {
    await database.end();
  }
}

async function ensureRole(transaction: Transaction, role: string, login: string): Promise<void> {
  const { rowCount } = await transaction.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  const rights = 'NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS';
  await transaction.query(`${rowCount ? 'ALTER' : 'CREATE'} ROLE ${quoted(role)} ${rights} ${login}`);
}

/** A service limits what its requests may take of the disk (services/platform/database.ts). Only PostgreSQL 15 and newer lets anybody but the operator do that. */
async function letLimitThemselves(transaction: Transaction): Promise<void> {
  const { rows } = await transaction.query<{ can: boolean }>(
    `SELECT current_setting('server_version_num')::integer >= 150000 AS can`,
  );
  if (!rows[0]?.can) return;
  for (const { service } of schemas)
    await transaction.query(`GRANT SET ON PARAMETER temp_file_limit TO ${quoted(service)}`);
}

/** Works in temporary tables, which nobody but their session sees: an import of areas is checked and repaired in one. */
const worksInTemporaryTables = 'geography';

/** Without these two everybody may connect to every database of the server and make temporary tables there. */
async function closeDatabases(transaction: Transaction): Promise<void> {
  const { rows } = await transaction.query<{ name: string; here: boolean }>(
    'SELECT datname AS name, datname = current_database() AS here FROM pg_database',
  );
  for (const { name, here } of rows) {
    await transaction.query(`REVOKE ALL ON DATABASE ${quoted(name)} FROM PUBLIC`);
    if (!here) continue;
    for (const { service } of schemas)
      await transaction.query(`GRANT CONNECT ON DATABASE ${quoted(name)} TO ${quoted(service)}`);
    await transaction.query(`GRANT TEMPORARY ON DATABASE ${quoted(name)} TO ${quoted(worksInTemporaryTables)}`);
  }
}

/** The schema and everything in it belong to its service's role. */
async function takeSchema(
  transaction: Transaction,
  { schema, service }: Pick<Schema, 'schema' | 'service'>,
): Promise<void> {
  await transaction.query(`CREATE SCHEMA IF NOT EXISTS ${quoted(schema)} AUTHORIZATION ${quoted(service)}`);
  const { rows } = await transaction.query<{ change: string }>(
    `WITH wanted AS (SELECT $1::regnamespace AS schema, oid AS owner FROM pg_roles WHERE rolname = $2)
     SELECT format('ALTER SCHEMA %I OWNER TO %I', $1, $2) AS change FROM pg_namespace, wanted WHERE pg_namespace.oid = schema AND nspowner <> owner
     UNION ALL
     SELECT format('ALTER TABLE %s OWNER TO %I', pg_class.oid::regclass, $2) FROM pg_class, wanted
     WHERE relnamespace = schema AND relkind IN ('r', 'p', 'v', 'm', 'f') AND relowner <> owner
     UNION ALL
     -- A sequence of a column follows its table.
     SELECT format('ALTER SEQUENCE %s OWNER TO %I', pg_class.oid::regclass, $2) FROM pg_class, wanted
     WHERE relnamespace = schema AND relkind = 'S' AND relowner <> owner
       AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype IN ('a', 'i'))
     UNION ALL
     SELECT format('ALTER ROUTINE %s OWNER TO %I', pg_proc.oid::regprocedure, $2) FROM pg_proc, wanted
     WHERE pronamespace = schema AND proowner <> owner
     UNION ALL
     -- Types of their own: those of tables and arrays follow.
     SELECT format('ALTER TYPE %s OWNER TO %I', pg_type.oid::regtype, $2) FROM pg_type, wanted
     WHERE typnamespace = schema AND typowner <> owner AND typtype IN ('e', 'd', 'r')`,
    [schema, service],
  );
  for (const { change } of rows) await transaction.query(change);
}

/** They are in every schema, and nobody of a service has to write them here. */
const tablesOfPlatform = ['migrations', 'positions'];

/**
 * Schemas whose service only adds rows: they and all that is in them are the operator's. An owner of a schema can drop what is in it, so the service is not even that.
 */
async function letRowsBeAdded(url: string): Promise<void> {
  const database = openDatabase(url, { max: 1 });
  try {
    await inTransaction(database, async (transaction) => {
      for (const { schema, service, addsRowsOnly } of schemas) {
        if (!addsRowsOnly) continue;
        await transaction.query(`GRANT USAGE ON SCHEMA ${quoted(schema)} TO ${quoted(service)}`);
        await transaction.query(`REVOKE ALL ON ALL TABLES IN SCHEMA ${quoted(schema)} FROM ${quoted(service)}`);
        await transaction.query(`GRANT SELECT ON ALL TABLES IN SCHEMA ${quoted(schema)} TO ${quoted(service)}`);
        const { rows } = await transaction.query<{ name: string }>(
          'SELECT tablename AS name FROM pg_tables WHERE schemaname = $1 AND tablename <> ALL($2::text[])',
          [schema, tablesOfPlatform],
        );
        for (const { name } of rows)
          await transaction.query(`GRANT INSERT ON ${quoted(schema)}.${quoted(name)} TO ${quoted(service)}`);
      }
    });
  } finally {
    await database.end();
  }
}

/** Member of the readers of what it reads, and of no others. */
async function readOnly(transaction: Transaction, { service, reads }: Schema): Promise<void> {
  for (const { schema, service: owner } of schemas)
    await transaction.query(
      reads.includes(owner)
        ? `GRANT ${quoted(readersOf(schema))} TO ${quoted(service)}`
        : `REVOKE ${quoted(readersOf(schema))} FROM ${quoted(service)}`,
    );
}
