import { execFile, spawn } from 'node:child_process';
import { createWriteStream, readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { ledgerSchema } from '../../services/identity/ledger-schema.ts';
import { schemas } from '../../services/migrations.ts';
import { findPostgresBin, findProgram } from '../local/programs.ts';

/** A schema that no rebuild can make again, with the migrations that it has. */
export interface KeptSchema {
  schema: string;
  migrations: string[];
}

/** The chain is kept by its files: its service writes the rows again from them. */
const chain = 'chain';
/** Made from the journal. */
const projected = schemas.filter(({ kept }) => !kept).map(({ schema }) => schema);

/** Everything that is in no extension, is no projection and is not the chain: what is not known here is kept too. */
export async function keptSchemas(databaseUrl: string): Promise<KeptSchema[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ schema: string; migrated: boolean }>(
      `SELECT nspname AS schema, to_regclass(format('%I.migrations', nspname)) IS NOT NULL AS migrated FROM pg_namespace
       WHERE nspname !~ '^pg_' AND nspname <> ALL($1::text[])
         AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid = 'pg_namespace'::regclass AND objid = pg_namespace.oid AND deptype = 'e')
       ORDER BY nspname`,
      [['information_schema', 'public', chain, ...projected]],
    );
    const kept: KeptSchema[] = [];
    for (const { schema, migrated } of rows) {
      const names = migrated
        ? (
            await client.query<{ name: string }>(
              `SELECT name FROM ${pg.escapeIdentifier(schema)}.migrations ORDER BY name`,
            )
          ).rows
        : [];
      kept.push({ schema, migrations: names.map(({ name }) => name) });
    }
    return kept;
  } finally {
    await client.end();
  }
}

/** Schemas and migrations of a backup that this version does not have: it was made by a newer one. */
export function unknownMigrations(kept: readonly KeptSchema[]): string[] {
  const folders = new Map<string, URL>([
    ...schemas.map(({ schema, folder }) => [schema, folder] as const),
    [ledgerSchema.schema, ledgerSchema.folder],
  ]);
  return kept.flatMap(({ schema, migrations }) => {
    const folder = folders.get(schema);
    if (!folder) return [`schema ${schema}`];
    const here = readdirSync(folder).map((file) => file.replace(/\.\w+$/, ''));
    return migrations.filter((name) => !here.includes(name)).map((name) => `${schema} ${name}`);
  });
}

/** Writes the schemas as SQL, all as of one moment; the file is synced. */
export async function dumpSchemas(databaseUrl: string, kept: readonly KeptSchema[], path: string): Promise<void> {
  const { program, env } = client('pg_dump', databaseUrl);
  const child = spawn(program, ['--no-password', ...kept.flatMap(({ schema }) => ['--schema', schema])], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const ended = new Promise<number | null>((done) => child.once('close', done));
  await pipeline(child.stdout, createWriteStream(path, { mode: 0o600, flags: 'wx' }));
  const code = await ended;
  if (code !== 0) throw new Error(`pg_dump ended with ${code}: ${said.trim()}`);
  const file = await open(path, 'r+');
  await file.sync();
  await file.close();
}

/** Takes away every schema that is ours: what was in this database before plays no part. */
export async function dropSchemas(databaseUrl: string, kept: readonly KeptSchema[]): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const names = new Set([...schemas.map(({ schema }) => schema), ...kept.map(({ schema }) => schema)]);
    for (const name of names) await client.query(`DROP SCHEMA IF EXISTS ${pg.escapeIdentifier(name)} CASCADE`);
  } finally {
    await client.end();
  }
}

/** Runs a dump in one transaction. The roles that own what is in it are there. */
export async function loadSchemas(databaseUrl: string, path: string): Promise<void> {
  const { program, env } = client('psql', databaseUrl);
  await promisify(execFile)(
    program,
    ['--no-password', '--no-psqlrc', '--quiet', '--single-transaction', '--set', 'ON_ERROR_STOP=1', '--file', path],
    { env, maxBuffer: 64 * 1024 * 1024 },
  );
}

/** PostgreSQL's own programme, with the address in its environment: a command line can be read by everybody. */
function client(name: string, databaseUrl: string): { program: string; env: NodeJS.ProcessEnv } {
  const bin = findPostgresBin();
  const program = bin ? join(bin, name) : findProgram(name);
  if (!program) throw new Error(`${name} was not found; it comes with PostgreSQL (Debian: postgresql-client)`);
  const url = new URL(databaseUrl);
  return {
    program,
    env: {
      ...process.env,
      PGHOST: url.hostname,
      PGPORT: url.port || '5432',
      PGUSER: decodeURIComponent(url.username),
      PGPASSWORD: decodeURIComponent(url.password),
      PGDATABASE: url.pathname.slice(1),
    },
  };
}
