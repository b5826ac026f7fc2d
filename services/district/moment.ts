import type { Database } from '#platform/database.ts';
import { unknownDistrict } from '#platform/problem.ts';

/** From where a read looks: what was known then, and the day on the district's own calendar. */
export interface Moment {
  district: string;
  /** What the caller asked for; undefined: everything known. */
  asOf: string | undefined;
  /** The instant at which clocks are read: asOf, else the newest knowledge of a recorded district, else now. RFC 3339, microseconds. */
  instant: string;
  day: string;
  timeZone: string;
  /** Now: areas are taken as they are known today. */
  now: string;
}

/** SQL: the newest knowledge of the district `$1` in a service's versions; NULL when it has none. */
const newestSql = (schema: string, tables: readonly string[]) =>
  `GREATEST(${tables.map((table) => `(SELECT max(known_at) FROM ${schema}.${table} WHERE district = $1)`).join(', ')})`;

/** Reads where the clock of recorded history stands in a service's versions: what its moments stand at, and its commands are stamped with. */
export function knowledgeReader(schema: string, tables: readonly string[]) {
  const statement = `SELECT ${newestSql(schema, tables)} AS newest`;
  return async (database: Database, district: string): Promise<Date | undefined> => {
    const { rows } = await database.query<{ newest: Date | null }>(statement, [district]);
    return rows[0]!.newest ?? undefined;
  };
}

/** Reads a service's moments: `schema` holds its positions, `tables` the versions whose newest knowledge is the clock of recorded history. */
export function momentReader(schema: string, tables: readonly string[]) {
  const statement = `SELECT to_char(m.instant AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS instant, (m.instant AT TIME ZONE m.time_zone)::date AS day, m.time_zone
     FROM (
       SELECT COALESCE(d.time_zone, 'UTC') AS time_zone,
         COALESCE($2::timestamptz, CASE WHEN d.clock = 'recorded' THEN ${newestSql(schema, tables)} END, $3::timestamptz) AS instant
       FROM (SELECT DISTINCT district FROM ${schema}.positions WHERE district = $1) AS p
       LEFT JOIN geography.published_districts d ON d.district = p.district
     ) AS m`;
  /** 404 when no journal of that district was ever followed. */
  return async (database: Database, district: string, asOf: string | undefined, now: Date): Promise<Moment> => {
    const { rows } = await database.query<{ instant: string; day: string; time_zone: string }>(statement, [
      district,
      asOf ?? null,
      now.toISOString(),
    ]);
    const row = rows[0];
    if (!row) throw unknownDistrict(district);
    return { district, asOf, instant: row.instant, day: row.day, timeZone: row.time_zone, now: now.toISOString() };
  };
}
