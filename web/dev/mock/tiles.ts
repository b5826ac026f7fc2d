import { GeoJSONVT } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import type { FeatureCollection } from 'geojson';
import { type MockArea, packLayer, packPlaces } from './places.ts';

const options = { maxZoom: 16, indexMaxZoom: 5, extent: 4096, buffer: 64 };

/** As the real tiles name it: `class` for what the pack calls kind. */
const classed = (collection: FeatureCollection): FeatureCollection => ({
  ...collection,
  features: collection.features.map((one) => ({
    ...one,
    properties: { ...one.properties, class: one.properties?.class ?? one.properties?.kind },
  })),
});

/** Vector tiles of the mock's layers: layer (of areas: and level), z, x, y → bytes, empty where there is nothing. */
export function mockTiles(
  areas: MockArea[],
): (layer: string, level: string, z: number, x: number, y: number) => Uint8Array {
  const outlines = (wanted: string): FeatureCollection => ({
    type: 'FeatureCollection',
    features: areas
      .filter(({ level }) => level === wanted)
      .map(({ areaId, level, name, ring }) => ({
        type: 'Feature',
        properties: { areaId, level, name },
        geometry: { type: 'Polygon', coordinates: [ring] },
      })),
  });
  const collections: Record<string, FeatureCollection> = {
    'areas district': outlines('district'),
    'areas ward': outlines('ward'),
    'areas neighbourhood': outlines('neighbourhood'),
    'waterways ': classed(packLayer('waterways')),
    'roads ': classed(packLayer('roads')),
    'places ': classed(packPlaces()),
  };
  const indexes = new Map(
    Object.entries(collections).map(([name, collection]) => [name, new GeoJSONVT(collection, options)]),
  );
  return (layer, level, z, x, y) => {
    const tile = indexes.get(`${layer} ${level}`)?.getTile(z, x, y);
    return tile ? fromGeojsonVt({ [layer]: tile }, { version: 2, extent: 4096 }) : new Uint8Array();
  };
}
