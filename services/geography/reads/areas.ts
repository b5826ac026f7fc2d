import type { Feature, FeatureCollection, MultiPolygon } from 'geojson';
import type { AreaProperties } from '#contracts/http/geography.ts';
import type { Database } from '#platform/database.ts';
import type { PlaceMoment } from './moment.ts';

export type AreaFeature = Feature<MultiPolygon | null, AreaProperties>;

interface AreaRow {
  properties: Omit<AreaProperties, 'labelPoint'> & { lon: number | null; lat: number | null };
  geometry: MultiPolygon | null;
}

/** Areas at a moment, parents before children. Coordinates have 6 decimals (0.1 m). */
export async function readAreas(
  database: Database,
  moment: PlaceMoment,
  only: { level?: string; areaId?: string } = {},
): Promise<FeatureCollection<MultiPolygon | null, AreaProperties>> {
  const { rows } = await database.query<AreaRow>(
    `SELECT json_build_object('areaId', v.area_id, 'parentId', parent_id, 'level', level, 'name', name, 'nameEnglish', name_english,
         'code', code, 'validFrom', valid_from, 'validUntil', nullif(valid_until, 'infinity'), 'areaKm2', area_km2, 'estimated', v.estimated,
         'lon', round(ST_X(label)::numeric, 6), 'lat', round(ST_Y(label)::numeric, 6),
         'population', people, 'populationEstimated', p.estimated, 'source', source) AS properties,
       ST_AsGeoJSON(geom, 6)::json AS geometry
     FROM geography.area_versions v
     LEFT JOIN geography.population_at($1, 'all', $2, $3) p ON p.area_id = v.area_id
     WHERE district = $1 AND known_at <= $2 AND known_until > $2 AND valid_from <= $3 AND valid_until > $3
       AND ($4::text IS NULL OR level = $4) AND ($5::text IS NULL OR v.area_id = $5)
     ORDER BY CASE level WHEN 'district' THEN 0 WHEN 'ward' THEN 1 ELSE 2 END, v.area_id`,
    [moment.district, moment.knownAt, moment.day, only.level ?? null, only.areaId ?? null],
  );
  return {
    type: 'FeatureCollection',
    features: rows.map(({ properties: { lon, lat, ...properties }, geometry }) => ({
      type: 'Feature',
      id: properties.areaId,
      properties: { ...properties, labelPoint: lon === null || lat === null ? null : [lon, lat] },
      geometry,
    })),
  };
}

/** What a map needs of each area, and nothing that it can ask for when one is clicked. */
export function withoutSources(areas: FeatureCollection<MultiPolygon | null, AreaProperties>) {
  return {
    ...areas,
    features: areas.features.map(({ properties, geometry }) => {
      const { areaId, parentId, level, name, areaKm2, labelPoint, population, populationEstimated } = properties;
      const slim = { areaId, parentId, level, name, labelPoint, population, populationEstimated };
      return {
        type: 'Feature' as const,
        properties: { ...slim, areaKm2: areaKm2 === null ? null : Number(areaKm2.toFixed(4)) },
        geometry,
      };
    }),
  };
}

/** The areas that hold a point, from the whole to the part; empty outside all. */
export async function locatePoint(
  database: Database,
  moment: PlaceMoment,
  at: { lon: number; lat: number },
): Promise<{ areaId: string; level: string; name: string }[]> {
  const { rows } = await database.query<{ areaId: string; level: string; name: string }>(
    `SELECT area_id AS "areaId", level, name FROM geography.areas_at($1, $2, $3)
     WHERE ST_Covers(geom, ST_SetSRID(ST_MakePoint($4, $5), 4326))
     ORDER BY CASE level WHEN 'district' THEN 0 WHEN 'ward' THEN 1 ELSE 2 END, area_id`,
    [moment.district, moment.knownAt, moment.day, at.lon, at.lat],
  );
  // On a shared border two of a level hold it: the first by id, as area_of_point decides.
  return rows.filter((row, i) => row.level !== rows[i - 1]?.level);
}
