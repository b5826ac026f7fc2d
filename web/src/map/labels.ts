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

/** Where a label lies at a zoom: pixels of the whole world. */
export interface LabelBox {
  x: number;
  y: number;
  halfWidth: number;
  halfHeight: number;
}

/** @param lines how many lines of text lie above each other; @param turnedDegrees how far the text is turned */
export function labelBox(
  [lon, lat]: readonly [number, number],
  zoom: number,
  text: { letters: number; lines: number; size: number; turnedDegrees?: number },
): LabelBox {
  const scale = worldPixels * 2 ** zoom;
  const [halfWidth, halfHeight] = [(text.letters * letterEms * text.size) / 2, (lineEms * text.lines * text.size) / 2];
  const turned = ((text.turnedDegrees ?? 0) * Math.PI) / 180;
  const [cos, sin] = [Math.abs(Math.cos(turned)), Math.abs(Math.sin(turned))];
  return {
    x: (lon / 360) * scale,
    y: (-Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * scale,
    halfWidth: halfWidth * cos + halfHeight * sin,
    halfHeight: halfWidth * sin + halfHeight * cos,
  };
}

/** Those that have room, in the order given; `taken` is what lies there already, and what was kept comes to it. */
export function withRoom<One>(ones: readonly One[], taken: LabelBox[], boxOf: (one: One) => LabelBox): One[] {
  return ones.filter((one) => {
    const box = boxOf(one);
    const isCovered = taken.some(
      (other) =>
        Math.abs(other.x - box.x) < other.halfWidth + box.halfWidth &&
        Math.abs(other.y - box.y) < other.halfHeight + box.halfHeight,
    );
    if (!isCovered) taken.push(box);
    return !isCovered;
  });
}

/** Name above, number below. */
export const areaLabelBox = ({ geometry, properties }: Feature<Point>, zoom: number): LabelBox => {
  const texts = [properties!.label, properties!.value].map((text) => String(text).length);
  return labelBox(geometry.coordinates as [number, number], zoom, {
    letters: Math.max(leastLetters, ...texts),
    lines: 2,
    size: textSize(properties!.level, zoom),
  });
};

/**
 * Labels that have room at a zoom, in the order given: one that would lie on an earlier one is left out. Name and number stand or fall together. Each
 * gets its `textSize` in pixels.
 */
export function uncrowded(labels: Feature<Point>[], zoom: number): Feature<Point>[] {
  const named = labels.filter(({ properties }) => {
    const { from, to } = namedZooms[properties!.level as 'ward' | 'neighbourhood'];
    return zoom >= from && zoom < to;
  });
  return withRoom(named, [], (label) => areaLabelBox(label, zoom)).map((label) => ({
    ...label,
    properties: { ...label.properties, textSize: textSize(label.properties!.level, zoom) },
  }));
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
