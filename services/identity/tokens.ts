import type { Principal } from '#contracts/access/principal.ts';
import type { Purpose } from '#contracts/access/purposes.ts';
import type { Role } from '#contracts/access/roles.ts';
import type { NewToken, TokenRow } from '#contracts/http/identity.ts';
import type { Database } from '#platform/database.ts';
import { listOf, withAreasBelow } from './grants.ts';
import { knownPurpose } from './purposes.ts';

interface Row {
  id: string;
  name: string;
  role: Role;
  event_types: string[] | null;
  districts: string[] | null;
  areas: string[] | null;
  expires_at: Date;
  made_by: string;
  made_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
  purpose: string | null;
}
const columns =
  'id, name, role, event_types, districts, areas, expires_at, made_by, made_at, last_used_at, revoked_at, purpose';

/** Every token there is or was, newest first. What it was made of is not known any more. */
export async function readTokens(database: Database): Promise<TokenRow[]> {
  const { rows } = await database.query<Row>(`SELECT ${columns} FROM tokens ORDER BY made_at DESC, id LIMIT 500`);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    role: row.role as TokenRow['role'],
    eventTypes: row.event_types ?? 'all',
    districts: row.districts ?? 'all',
    areas: row.areas ?? 'all',
    expiresAt: row.expires_at.toISOString(),
    madeBy: row.made_by,
    madeAt: row.made_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    ...purposeSaid(row),
  }));
}

export async function keepToken(
  database: Database,
  { id, hash, madeBy, now }: { id: string; hash: string; madeBy: string; now: Date },
  { name, role, eventTypes, districts, areas, expiresAt, purpose }: NewToken,
): Promise<void> {
  await database.query(
    `INSERT INTO tokens (id, token_hash, name, role, event_types, districts, areas, expires_at, made_by, made_at, purpose)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      id,
      hash,
      name,
      role,
      listOf(eventTypes),
      listOf(districts),
      listOf(areas),
      expiresAt,
      madeBy,
      now,
      purpose ?? (role === 'feed' ? 'reporting' : null),
    ],
  );
}

/** False: there is no such token, or it was revoked before. */
export async function revokeToken(database: Database, id: string, now: Date): Promise<boolean> {
  const { rowCount } = await database.query('UPDATE tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL', [
    id,
    now,
  ]);
  return rowCount === 1;
}

/** Whose token it is; undefined: nobody's, or no longer. Its use is noted, at most once a minute. */
export async function tokenPrincipal(database: Database, hash: string, now: Date): Promise<Principal | undefined> {
  const { rows } = await database.query<Row>(
    `SELECT ${columns} FROM tokens WHERE token_hash = $1 AND revoked_at IS NULL AND expires_at > $2`,
    [hash, now],
  );
  const [row] = rows;
  if (!row) return undefined;
  if (row.last_used_at === null || now.getTime() - row.last_used_at.getTime() > 60_000)
    await database.query('UPDATE tokens SET last_used_at = $2 WHERE id = $1', [row.id, now]);
  const grants = await withAreasBelow(database, [
    {
      role: row.role,
      districts: row.districts ?? 'all',
      areas: row.areas ?? 'all',
      until: row.expires_at.toISOString(),
    },
  ]);
  return {
    actor: { authtype: 'api_key', authid: row.id },
    known: true,
    grants,
    purpose: purposeSaid(row).purpose ?? null,
    ...(row.event_types ? { eventTypes: row.event_types } : {}),
  };
}

/** Of a token of an earlier version of the product nothing was said: a feed reports, any other reads no rows of persons. */
function purposeSaid({ purpose, role }: Row): { purpose?: Purpose } {
  const said = knownPurpose(purpose) ?? (role === 'feed' ? 'reporting' : null);
  return said === null ? {} : { purpose: said };
}
