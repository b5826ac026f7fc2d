import type { AuditLine } from '#contracts/http/audit.ts';
import type { AuditEntry, Ledger } from '#platform/audit.ts';
import { type Database, inTransaction, type Reads } from '#platform/database.ts';

/** The ledger in the database: lines are on disk when it resolves, whatever the database's own setting is. */
export const ledgerIn =
  (database: Database): Ledger =>
  (entries) =>
    inTransaction(database, async (transaction) => {
      await transaction.query('SET LOCAL synchronous_commit = on');
      await transaction.query('SELECT audit.append($1::jsonb)', [JSON.stringify(entries, writable)]);
    });

/** A line is never refused for what stands in an address or an id: what PostgreSQL cannot keep in a text is replaced. */
const writable = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? value.toWellFormed().replaceAll('\u0000', '\ufffd') : value;

export interface LedgerQuestion {
  district?: string | undefined;
  caseId?: string | undefined;
  actor?: string | undefined;
  before?: number | undefined;
  limit: number;
}

/** Lines that name nobody and show whoever is there: maps and streams. */
const wide = `content ->> 'dataClass' = 'person' AND content ->> 'method' = 'GET' AND content -> 'persons' = '[]' AND (content ->> 'status')::int < 400`;

/** Newest first. Who asks of a case and names its district gets the maps and streams of the district too: they may have shown it. */
export async function readLedger(
  database: Reads,
  { district, caseId, actor, before, limit }: LedgerQuestion,
): Promise<Omit<AuditLine, 'name'>[]> {
  const { rows } = await database.query<{ sequence: number; content: AuditEntry; wide: boolean }>(
    `SELECT sequence, content, ${wide} AS wide FROM audit.entries
     WHERE ($1::text IS NULL OR content @> jsonb_build_object('districts', jsonb_build_array($1)))
       AND ($2::text IS NULL OR content @> jsonb_build_object('persons', jsonb_build_array($2)) OR ($1::text IS NOT NULL AND ${wide}))
       AND ($3::text IS NULL OR content @> jsonb_build_object('actor', $3))
       AND ($4::bigint IS NULL OR sequence < $4)
     ORDER BY sequence DESC LIMIT $5`,
    [district ?? null, caseId ?? null, actor ?? null, before ?? null, limit],
  );
  return rows.map(({ sequence, content: { persons, ...line }, wide }) => ({
    ...line,
    roles: [...line.roles],
    districts: [...line.districts],
    areas: [...line.areas],
    sequence,
    personCount: persons.length,
    wide,
  }));
}

/** How far the ledger goes. Kept elsewhere, it proves that nothing before it was changed and nothing cut off. */
export async function ledgerHead(database: Reads): Promise<{ sequence: number; hash: string }> {
  const { rows } = await database.query<{ sequence: number; hash: string }>(
    `SELECT sequence, encode(hash, 'hex') AS hash FROM audit.head`,
  );
  return rows[0] ?? { sequence: 0, hash: '' };
}

/** Names of the accounts and tokens behind `kind:id`. */
export async function namesOfActors(database: Reads, actors: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await database.query<{ actor: string; name: string }>(
    `SELECT 'user:' || id AS actor, name FROM "user" WHERE 'user:' || id = ANY($1)
     UNION ALL SELECT 'api_key:' || id, name FROM tokens WHERE 'api_key:' || id = ANY($1)`,
    [actors],
  );
  return new Map(rows.map(({ actor, name }) => [actor, name]));
}
