import type { MultiPolygon } from 'geojson';
import type { Database } from '#platform/database.ts';
import type { HeldArea, Reform } from './reform-revisions.ts';

/** Areas that hold on the first day of a reform, as known now, and the joined outline of the parts of each new area, by their ids with spaces between. */
export async function readHeldAreas(
  database: Database,
  district: string,
  { from, areas: fresh }: Reform,
): Promise<{ areas: HeldArea[]; joined: ReadonlyMap<string, MultiPolygon> }> {
  const { rows: areas } = await database.query<HeldArea>(
    `SELECT area_id AS "areaId", parent_id AS "parentId", level, name, code FROM geography.area_versions
     WHERE district = $1 AND known_until = 'infinity' AND valid_from <= $2::date AND valid_until > $2::date ORDER BY area_id`,
    [district, from],
  );
  const joined = new Map<string, MultiPolygon>();
  for (const { wholeOf } of fresh) {
    const { rows } = await database.query<{ geometry: MultiPolygon | null }>(
      `SELECT ST_AsGeoJSON(ST_Multi(ST_CollectionExtract(ST_MakeValid(ST_Union(geom)), 3)), 9)::json AS geometry FROM geography.area_versions
       WHERE district = $1 AND known_until = 'infinity' AND valid_from <= $2::date AND valid_until > $2::date AND area_id = ANY($3)`,
      [district, from, wholeOf],
    );
    if (rows[0]?.geometry) joined.set(wholeOf.join(' '), rows[0].geometry);
  }
  return { areas, joined };
}
