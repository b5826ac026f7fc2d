import type { FeatureCollection, Point, Position } from 'geojson';
import type { AreaCollection } from '../api/answers.ts';

/** Name of an area as a map writes it: without the word for its level or the area around it, and NFC, as a label torn into letter and mark is unreadable. */
export const shortName = (name: string) =>
  name
    .normalize('NFC')
    .replace(/,.*$/, '')
    .replace(/^(Phường|Quận|Tổ dân phố|Xã|Thị trấn)\s+(?=\p{L})/u, '');

/** A label point for each area, with its name and a value in words. */
export function labelPoints(areas: AreaCollection, textOf: (areaId: string) => string): FeatureCollection<Point> {
  return {
    type: 'FeatureCollection',
    features: areas.features.map(({ properties, geometry }) => ({
      type: 'Feature',
      properties: {
        areaId: properties.areaId,
        level: properties.level,
        label: shortName(properties.name),
        value: textOf(properties.areaId),
      },
      geometry: {
        type: 'Point',
        coordinates:
          properties.labelPoint ??
          centroid(largestRing(geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates)),
      },
    })),
  };
}

const largestRing = (polygons: Position[][][]): Position[] =>
  polygons
    .map((rings) => rings[0]!)
    .reduce((largest, ring) => (Math.abs(doubleArea(ring)) > Math.abs(doubleArea(largest)) ? ring : largest));

const cross = (a: Position, b: Position) => a[0]! * b[1]! - b[0]! * a[1]!;
const doubleArea = (ring: Position[]) => ring.slice(1).reduce((sum, point, i) => sum + cross(ring[i]!, point), 0);

/** Centroid of a closed ring, computed about its first point: degrees are large numbers for small areas. */
export function centroid(ring: Position[]): Position {
  const [x0, y0] = ring[0] as [number, number];
  const local = ring.map((point) => [point[0]! - x0, point[1]! - y0]);
  const area = doubleArea(local);
  if (Math.abs(area) < 1e-14) return [x0, y0];
  let x = 0;
  let y = 0;
  for (let i = 0; i + 1 < local.length; i += 1) {
    const weight = cross(local[i]!, local[i + 1]!);
    x += (local[i]![0]! + local[i + 1]![0]!) * weight;
    y += (local[i]![1]! + local[i + 1]![1]!) * weight;
  }
  return [x0 + x / (3 * area), y0 + y / (3 * area)];
}

/** West, south, east, north of all areas; undefined when there are none. */
export function boundsOf(areas: AreaCollection): [number, number, number, number] | undefined {
  let bounds: [number, number, number, number] | undefined;
  const widen = (position: Position | Position[]): void => {
    if (typeof position[0] === 'number') {
      const [x, y] = position as [number, number];
      bounds = bounds
        ? [Math.min(bounds[0], x), Math.min(bounds[1], y), Math.max(bounds[2], x), Math.max(bounds[3], y)]
        : [x, y, x, y];
    } else for (const inner of position as Position[]) widen(inner);
  };
  for (const { geometry } of areas.features)
    for (const part of geometry.coordinates) for (const ring of part) widen(ring as Position[]);
  return bounds;
}
