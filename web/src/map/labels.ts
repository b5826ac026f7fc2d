import type { Feature, FeatureCollection, Point, Position } from 'geojson';
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

/** Zooms at which areas of a level are named. */
export const namedZooms = {
  ward: { from: 0, to: 14.8 },
  neighbourhood: { from: 14.4, to: 30 },
} as const;

/** Size of an area's name in pixels at a zoom. */
export const textSize = (level: 'ward' | 'neighbourhood', zoom: number) => {
  if (level === 'neighbourhood') return 10.5;
  const [from, to] = zoom < 12.5 ? [10.5, 12.5] : [12.5, 14];
  const [small, large] = zoom < 12.5 ? [9.5, 12.5] : [12.5, 15];
  return small + (large - small) * Math.min(1, Math.max(0, (zoom - from) / (to - from)));
};
/** The number is somewhat larger than the name. */
export const numberScale = 1.15;

/** Zooms in steps: labels are placed anew once a step, not with each movement of the hand. */
export const labelZoom = (zoom: number) => Math.floor(zoom * 4) / 4;

/** Width of a map tile in pixels at zoom 0. */
const worldPixels = 512;
/** A number that grows by a digit moves no other label. */
const leastLetters = 5;
const letterEms = 0.6;
const lineEms = 1.25;

/**
 * Labels that have room at a zoom, in the order given: one that would lie on an earlier one is left out. Name and number stand or fall together. Each
 * gets its `textSize` in pixels.
 */
export function uncrowded(labels: Feature<Point>[], zoom: number): Feature<Point>[] {
  const taken: { x: number; y: number; halfWidth: number; halfHeight: number }[] = [];
  return labels.flatMap((label) => {
    const level = label.properties!.level as 'ward' | 'neighbourhood';
    if (zoom < namedZooms[level].from || zoom >= namedZooms[level].to) return [];
    const size = textSize(level, zoom);
    const letters = Math.max(
      leastLetters,
      ...[label.properties!.label, label.properties!.value].map((text) => String(text).length),
    );
    const scale = worldPixels * 2 ** zoom;
    const [lon, lat] = label.geometry.coordinates as [number, number];
    const box = {
      x: (lon / 360) * scale,
      y: (-Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * scale,
      halfWidth: (letters * letterEms * size) / 2,
      halfHeight: lineEms * size,
    };
    const isCovered = taken.some(
      (other) =>
        Math.abs(other.x - box.x) < other.halfWidth + box.halfWidth &&
        Math.abs(other.y - box.y) < other.halfHeight + box.halfHeight,
    );
    if (isCovered) return [];
    taken.push(box);
    return [{ ...label, properties: { ...label.properties, textSize: size } }];
  });
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
