import type { MultiPolygon } from 'geojson';
import type { Transaction } from '#platform/database.ts';
import type { Polygons } from './rings.ts';

export interface Shaped {
  geometry: MultiPolygon | null;
  repair: string | null;
}

/** Outlines that are too small to be one place, in m²: what is left of a polygon that has collapsed into a line. */
const leastAreaM2 = 1;

/**
 * Puts the outlines into a table of this transaction (`incoming_areas`: id, geom), made valid, polygons only, exteriors counter-clockwise,
 * and answers each as it now is. `geometry` null: nothing with an area is left.
 */
export async function shapeAreas(
  transaction: Transaction,
  areas: { id: string; polygons: Polygons }[],
): Promise<Shaped[]> {
  await transaction.query(
    'CREATE TEMP TABLE incoming_areas (id text PRIMARY KEY, geom geometry(MultiPolygon, 4326)) ON COMMIT DROP',
  );
  const { rows } = await transaction.query<{ geometry: MultiPolygon | null; repair: string | null }>(
    `WITH drawn AS MATERIALIZED (
       SELECT number, id, ST_SetSRID(ST_GeomFromGeoJSON(geojson), 4326) AS raw
       FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS t (id, geojson, number)
     ), judged AS MATERIALIZED (
       SELECT number, id, raw, reason(ST_IsValidDetail(raw)) AS fault, ST_AsText(location(ST_IsValidDetail(raw))) AS place,
         CASE WHEN ST_IsValid(raw) THEN raw ELSE ST_CollectionExtract(ST_MakeValid(raw), 3) END AS mended
       FROM drawn
     ), sound AS MATERIALIZED (
       SELECT *, CASE WHEN ST_Area(mended::geography) >= $3 THEN ST_ForcePolygonCCW(ST_Multi(mended)) END AS geom FROM judged
     ), kept AS (
       INSERT INTO incoming_areas SELECT id, geom FROM sound WHERE geom IS NOT NULL
     )
     SELECT ST_AsGeoJSON(geom, 9)::json AS geometry,
       CASE WHEN fault IS NOT NULL THEN lower(fault) || ' at ' || replace(replace(place, 'POINT(', ''), ')', '') || ': made valid, '
         || coalesce(ST_NumGeometries(geom), 0) || CASE WHEN ST_NumGeometries(geom) = 1 THEN ' part' ELSE ' parts' END END AS repair
     FROM sound ORDER BY number`,
    [
      areas.map(({ id }) => id),
      areas.map(({ polygons }) => JSON.stringify({ type: 'MultiPolygon', coordinates: polygons })),
      leastAreaM2,
    ],
  );
  await transaction.query('CREATE INDEX ON incoming_areas USING gist (geom)');
  await transaction.query('ANALYZE incoming_areas');
  return rows;
}
