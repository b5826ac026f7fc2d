import type { Database } from '#platform/database.ts';
import type { LocatedRows } from './unresolved-areas.ts';

/** The area in which an entity lies as known now; undefined: it is unknown here, or lies in none. */
export const areaOfEntity =
  (database: Database, { table, key }: Pick<LocatedRows, 'table' | 'key'>) =>
  async (district: string, id: string): Promise<string | undefined> => {
    const { rows } = await database.query<{ areaId: string | null }>(
      `SELECT area_id AS "areaId" FROM ${table} WHERE district = $1 AND ${key} = $2 AND known_until = 'infinity'`,
      [district, id],
    );
    return rows[0]?.areaId ?? undefined;
  };
