import type { FeatureCollection, Geometry } from 'geojson';
import type { Database } from '#platform/database.ts';

/** What the base map shows besides areas, as known at a moment; `kind` tells waterways, roads, places and planning zones apart. */
export async function readMapFeatures(
  database: Database,
  district: string,
  asOf: string,
  kind?: string,
): Promise<FeatureCollection> {
  const { rows } = await database.query<{ id: string; properties: Record<string, unknown>; geometry: Geometry }>(
    `SELECT feature_id AS id, properties || jsonb_build_object('kind', kind, 'class', class, 'name', name, 'verified', verified, 'source', source)
       AS properties, ST_AsGeoJSON(geom, 6)::json AS geometry
     FROM geography.map_features
     WHERE district = $1 AND known_at <= $2 AND known_until > $2 AND ($3::text IS NULL OR kind = $3) ORDER BY kind, feature_id`,
    [district, asOf, kind ?? null],
  );
  return { type: 'FeatureCollection', features: rows.map((row) => ({ type: 'Feature', ...row })) };
}
