import type { Database } from '#platform/database.ts';
import type { PlaceMoment } from '../reads/moment.ts';
import { type TileAddress, tileExtent } from './tile-address.ts';

/** Room around a tile, in units of its grid, so that outlines and labels are not cut at its edge. */
const buffer = 64;

/** From this zoom on a map shows tổ dân phố instead of wards. */
const neighbourhoodZoom = 14;

/** Levels by how well they fit a zoom; the first that the district has is drawn. */
export const levelsForZoom = (z: number): string[] =>
  z >= neighbourhoodZoom ? ['neighbourhood', 'ward', 'district'] : ['ward', 'district', 'neighbourhood'];

const envelope = 'ST_TileEnvelope($1::integer, $2::integer, $3::integer)';
const near = `ST_Transform(ST_TileEnvelope($1::integer, $2::integer, $3::integer, margin => ${buffer / tileExtent}), 4326)`;
const drawn = (geometry: string) =>
  `ST_AsMVTGeom(ST_Transform(${geometry}, 3857), ${envelope}, ${tileExtent}, ${buffer}, true)`;

/** Areas of the level that fits the zoom (layer `areas`), and a point in each to write its name at (layer `area-labels`). */
export async function areaTile(
  database: Database,
  moment: PlaceMoment,
  { z, x, y }: TileAddress,
  level?: string,
): Promise<Buffer> {
  const { rows } = await database.query<{ tile: Buffer }>(
    `WITH there AS MATERIALIZED (
       SELECT area_id, parent_id, level, name, area_km2, estimated, geom, label FROM geography.area_versions
       WHERE district = $4 AND known_at <= $5 AND known_until > $5 AND valid_from <= $6 AND valid_until > $6
     ), fitting AS (
       SELECT * FROM there WHERE geom && ${near} AND level = (
         SELECT wanted FROM unnest($7::text[]) WITH ORDINALITY AS w (wanted, rank) WHERE wanted IN (SELECT level FROM there) ORDER BY rank LIMIT 1)
     )
     SELECT (SELECT coalesce(ST_AsMVT(t, 'areas', ${tileExtent}, 'geom'), '') FROM (
         SELECT ${drawn('geom')} AS geom, area_id AS "areaId", parent_id AS "parentId", level, name, area_km2 AS "areaKm2", estimated
         FROM fitting ORDER BY area_id) t WHERE geom IS NOT NULL)
       || (SELECT coalesce(ST_AsMVT(t, 'area-labels', ${tileExtent}, 'geom'), '') FROM (
         SELECT ${drawn('label')} AS geom, area_id AS "areaId", level, name FROM fitting WHERE label && ${near} ORDER BY area_id) t
         WHERE geom IS NOT NULL) AS tile`,
    [z, x, y, moment.district, moment.knownAt, moment.day, level ? [level] : levelsForZoom(z)],
  );
  return rows[0]!.tile;
}

/** Waterways, roads, places or planning zones (layer named as asked). */
export async function mapFeatureTile(
  database: Database,
  moment: PlaceMoment,
  { z, x, y }: TileAddress,
  kind: string,
  layer: string,
): Promise<Buffer> {
  const { rows } = await database.query<{ tile: Buffer }>(
    `SELECT coalesce(ST_AsMVT(t, $4, ${tileExtent}, 'geom'), '') AS tile FROM (
       SELECT ${drawn('geom')} AS geom, feature_id AS "featureId", class, name, properties FROM geography.map_features
       WHERE district = $5 AND kind = $6 AND known_at <= $7 AND known_until > $7 AND geom && ${near} ORDER BY feature_id) t
     WHERE geom IS NOT NULL`,
    [z, x, y, layer, moment.district, kind, moment.knownAt],
  );
  return rows[0]!.tile;
}
