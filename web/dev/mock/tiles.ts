import { GeoJSONVT } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import type { FeatureCollection } from 'geojson';
import { type MockArea, packLayer, packPlaces } from './places.ts';

const options = { maxZoom: 16, indexMaxZoom: 5, extent: 4096, buffer: 64 };

/** Vector tiles of the mock's layers: layer, z, x, y → bytes, empty where there is nothing. */
export function mockTiles(areas: MockArea[]): (layer: string, z: number, x: number, y: number) => Uint8Array {
  const collections: Record<string, FeatureCollection> = {
    areas: {
      type: 'FeatureCollection',
      features: areas.map(({ areaId, level, name, ring }) => ({
        type: 'Feature',
        properties: { area_id: areaId, level, name },
        geometry: { type: 'Polygon', coordinates: [ring] },
      })),
    },
    waterways: packLayer('waterways'),
    roads: packLayer('roads'),
    places: packPlaces(),
  };
  const indexes = new Map(
    Object.entries(collections).map(([name, collection]) => [name, new GeoJSONVT(collection, options)]),
  );
  return (layer, z, x, y) => {
    const tile = indexes.get(layer)?.getTile(z, x, y);
    return tile ? fromGeojsonVt({ [layer]: tile }, { version: 2, extent: 4096 }) : new Uint8Array();
  };
}
