import type { Grant } from '#contracts/access/principal.ts';
import type { Role } from '#contracts/access/roles.ts';
import type { GivenGrant, NewGrant } from '#contracts/http/identity.ts';
import type { Database } from '#platform/database.ts';

interface GrantRow {
  id: string;
  user_id: string;
  role: Role;
  districts: string[] | null;
  areas: string[] | null;
  valid_from: Date | null;
  valid_until: Date | null;
  given_by: string;
  given_at: Date;
}

/** Grants of accounts that were not taken back, oldest first; those that are not in force now as well. */
export async function readGrants(database: Database, userId?: string): Promise<(GivenGrant & { accountId: string })[]> {
  const { rows } = await database.query<GrantRow>(
    `SELECT id, user_id, role, districts, areas, valid_from, valid_until, given_by, given_at FROM grants
     WHERE taken_back_at IS NULL AND ($1::text IS NULL OR user_id = $1) ORDER BY given_at, id`,
    [userId ?? null],
  );
  return rows.map((row) => ({
    id: row.id,
    accountId: row.user_id,
    role: row.role as GivenGrant['role'],
    districts: row.districts ?? 'all',
    areas: row.areas ?? 'all',
    ...(row.valid_from ? { from: row.valid_from.toISOString() } : {}),
    ...(row.valid_until ? { until: row.valid_until.toISOString() } : {}),
    givenBy: row.given_by,
    givenAt: row.given_at.toISOString(),
  }));
}

export async function giveGrant(
  database: Database,
  { id, accountId, givenBy, now }: { id: string; accountId: string; givenBy: string; now: Date },
  { role, districts, areas, from, until }: NewGrant,
): Promise<void> {
  await database.query(
    `INSERT INTO grants (id, user_id, role, districts, areas, valid_from, valid_until, given_by, given_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, accountId, role, listOf(districts), listOf(areas), from ?? null, until ?? null, givenBy, now],
  );
}

/** False: there is no such grant, or it was taken back before. */
export async function takeBackGrant(database: Database, id: string, now: Date): Promise<boolean> {
  const { rowCount } = await database.query(
    'UPDATE grants SET taken_back_at = $2 WHERE id = $1 AND taken_back_at IS NULL',
    [id, now],
  );
  return rowCount === 1;
}

/** Somebody can give roles to others: an administrator of every district, whose account is not disabled. */
export async function hasAdministrator(database: Database): Promise<boolean> {
  const { rows } = await database.query(
    `SELECT 1 FROM grants JOIN "user" u ON u.id = user_id
     WHERE role = 'administrator' AND districts IS NULL AND taken_back_at IS NULL AND u.disabled_at IS NULL
       AND (valid_until IS NULL OR valid_until > now()) LIMIT 1`,
  );
  return rows.length > 0;
}

export const listOf = (names: 'all' | readonly string[]): readonly string[] | null => (names === 'all' ? null : names);

/**
 * The grants with every area below the granted ones by name, so that a service needs no map to decide. What geography does not know yet stays as it was said.
 */
export function withAreasBelow(database: Database, grants: readonly Grant[]): Promise<Grant[]> {
  return Promise.all(
    grants.map(async (grant) => {
      if (grant.areas === 'all') return grant;
      const { rows } = await database.query<{ area_id: string }>(
        `WITH RECURSIVE below AS (
           SELECT unnest($2::text[]) AS area_id
           UNION
           SELECT a.area_id FROM geography.published_areas a JOIN below ON a.parent_id = below.area_id
           WHERE a.known_until = 'infinity' AND ($1::text[] IS NULL OR a.district = ANY($1)))
         SELECT area_id FROM below ORDER BY area_id`,
        [listOf(grant.districts), grant.areas],
      );
      return { ...grant, areas: rows.map((row) => row.area_id) };
    }),
  );
}
