import type { MultiPolygon, Polygon } from 'geojson';
import type { AreaCollection } from '../api/answers.ts';

export interface AreaShape {
  areaId: string;
  path: string;
  /** Where a label may stand, pixels. */
  label: [number, number];
}

const rings = (geometry: Polygon | MultiPolygon) =>
  geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();

/**
 * Areas as SVG paths in a box of the given width, and a place among them. North is up, lengths are right in the middle of the district. `at`: [lon, lat]; outside of the
 * box it is left out.
 */
export function areaShapes(
  areas: AreaCollection | undefined,
  width: number,
  at?: readonly [number, number],
): { shapes: AreaShape[]; height: number; at?: [number, number] } {
  const features = areas?.features ?? [];
  const points = features.flatMap(({ geometry }) => rings(geometry).flat());
  if (!points.length) return { shapes: [], height: 0 };
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of points as [number, number][]) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = width / Math.max(1e-9, (east - west) * squeeze);
  const place = ([lon, lat]: readonly number[]): [number, number] => [
    Math.round((lon! - west) * squeeze * scale * 10) / 10,
    Math.round((north - lat!) * scale * 10) / 10,
  ];
  const shapes = features.map(({ properties, geometry }) => ({
    areaId: properties.areaId,
    path: rings(geometry)
      .map((ring) => `M${ring.map((point) => place(point).join(' ')).join('L')}Z`)
      .join(''),
    label: place(properties.labelPoint ?? rings(geometry)[0]![0]!),
  }));
  const isInside = at && at[0] >= west && at[0] <= east && at[1] >= south && at[1] <= north;
  return { shapes, height: Math.ceil((north - south) * scale), ...(isInside ? { at: place(at) } : {}) };
}
