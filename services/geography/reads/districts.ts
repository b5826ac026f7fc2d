import type { District } from '#contracts/http/geography.ts';
import type { Database } from '#platform/database.ts';

export async function readDistricts(database: Database, district?: string): Promise<District[]> {
  const { rows } = await database.query<District & { west: number | null; south: number; east: number; north: number }>(
    `SELECT d.district, name, name_english AS "nameEnglish", time_zone AS "timeZone", clock, exercise, ST_X(centre) AS lon, ST_Y(centre) AS lat,
       zoom, source, ST_XMin(extent) AS west, ST_YMin(extent) AS south, ST_XMax(extent) AS east, ST_YMax(extent) AS north
     FROM geography.districts d LEFT JOIN LATERAL (
       SELECT ST_Extent(geom) AS extent FROM geography.area_versions a WHERE a.district = d.district AND known_until = 'infinity') e ON true
     WHERE $1::text IS NULL OR d.district = $1 ORDER BY d.exercise, d.district`,
    [district ?? null],
  );
  return rows.map(({ west, south, east, north, ...row }) => ({
    ...row,
    bbox: west === null ? null : [west, south, east, north],
  }));
}
