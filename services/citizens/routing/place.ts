import type { Database } from '#platform/database.ts';

/** Where a report lies on a day. */
export interface ReportPlace {
  /** The smallest area; undefined: outside all, or nothing was said. */
  areaId: string | undefined;
  /** It and everything above it. */
  areaIds: string[];
  wardId: string | undefined;
}

/**
 * Areas of a place on a day of the district's calendar: a stated area before the one in which the point lies. A point on a border is of the first area by id, as
 * everywhere (`geography.area_at_point`).
 */
export async function placeOnDay(
  database: Database,
  district: string,
  day: string,
  { location, areaId }: { location?: { lon: number; lat: number } | undefined; areaId?: string | undefined },
): Promise<ReportPlace> {
  const { rows } = await database.query<{ area_id: string; level: string; smallest: string }>(
    `WITH smallest AS (
       SELECT COALESCE($3::text, (SELECT area_id FROM geography.area_at_point($1, ST_SetSRID(ST_MakePoint($4::float8, $5::float8), 4326), $2::date))) AS area_id
     )
     SELECT a.area_id, a.level, s.area_id AS smallest
     FROM smallest s
     JOIN geography.ancestors_at($1, now() + interval '100 years', $2::date) p ON p.area_id = s.area_id
     JOIN geography.areas_at($1, now() + interval '100 years', $2::date) a ON a.area_id = p.ancestor_id`,
    [district, day, areaId ?? null, location?.lon ?? null, location?.lat ?? null],
  );
  return {
    areaId: rows[0]?.smallest,
    areaIds: rows.map((row) => row.area_id),
    wardId: rows.find(({ level }) => level === 'ward')?.area_id,
  };
}

/** Names of the wards of a district on a day, by id. */
export async function wardNames(database: Database, district: string, day: string): Promise<Map<string, string>> {
  const { rows } = await database.query<{ area_id: string; name: string }>(
    `SELECT area_id, name FROM geography.areas_at($1, now() + interval '100 years', $2::date) WHERE level = 'ward' ORDER BY area_id`,
    [district, day],
  );
  return new Map(rows.map(({ area_id, name }) => [area_id, name]));
}
