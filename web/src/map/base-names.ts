import type { Feature, FeatureCollection, Geometry, Point, Position } from 'geojson';
import type { colours } from './base-colours.ts';
import { areaLabelBox, labelBox, withRoom } from './labels.ts';

/** What the base map shows besides areas, as the service answers it (`/api/geography/context`). */
export type BaseFeature = Feature<Geometry, { kind: string; class: string; name: string; widthMetres?: number }>;
export type BaseFeatures = FeatureCollection<BaseFeature['geometry'], BaseFeature['properties']>;

/** A name on the base map. Sizes in pixels, turned against the clock. */
export interface BaseName {
  text: string;
  at: [number, number];
  size: number;
  colour: keyof (typeof colours)['light'];
  turnedDegrees: number;
  /** Pixels below its point. */
  below: number;
}

/** Zooms from which names are written. */
const from = { neighbour: 10, river: 11.2, canal: 12.6, road: 13.6, place: 13.8 } as const;
/** Neighbours are names of a wide view. */
const neighbourTo = 15;
/** A long line is named again after so many pixels. */
const namedEvery = 620;
/** Below this zoom a facility has no symbol. */
export const placeFrom = 12;

/** The middle line of a river that is drawn as its two banks, one there and the other back. */
export const middleLine = (ring: readonly Position[]): Position[] =>
  Array.from({ length: Math.floor(ring.length / 2) }, (_, i) => {
    const [one, other] = [ring[i]!, ring[ring.length - 1 - i]!];
    return [(one[0]! + other[0]!) / 2, (one[1]! + other[1]!) / 2];
  });

const worldPixels = 512;
const toPixels = ([lon, lat]: Position, zoom: number): [number, number] => {
  const scale = worldPixels * 2 ** zoom;
  return [(lon! / 360) * scale, (Math.asinh(Math.tan((lat! * Math.PI) / 180)) / (2 * Math.PI)) * scale];
};

/** The place after a share of a line's length, and how the line runs there: degrees against the clock, so turned that the text is not upside down. */
export function alongLine(line: readonly Position[], share: number): { at: [number, number]; turnedDegrees: number } {
  const pixels = line.map((place) => toPixels(place, 14));
  const lengths = pixels.slice(1).map(([x, y], i) => Math.hypot(x - pixels[i]![0], y - pixels[i]![1]));
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  let i = 0;
  while (i < lengths.length - 1 && left > lengths[i]!) {
    left -= lengths[i]!;
    i += 1;
  }
  const part = lengths[i] ? left / lengths[i]! : 0;
  const [a, b] = [line[i]!, line[i + 1]!];
  const [dx, dy] = [pixels[i + 1]![0] - pixels[i]![0], pixels[i + 1]![1] - pixels[i]![1]];
  const degrees = (Math.atan2(dy, dx) * 180) / Math.PI;
  return {
    at: [a[0]! + part * (b[0]! - a[0]!), a[1]! + part * (b[1]! - a[1]!)],
    turnedDegrees: degrees > 90 ? degrees - 180 : degrees <= -90 ? degrees + 180 : degrees,
  };
}

const lineOf = ({ type, ...geometry }: Geometry): readonly Position[] | undefined => {
  const { coordinates } = geometry as { coordinates: never };
  if (type === 'LineString') return coordinates;
  if (type === 'MultiLineString') return coordinates[0];
  if (type === 'Polygon') return middleLine(coordinates[0]);
  return undefined;
};

function lineNames(feature: BaseFeature, zoom: number, style: Pick<BaseName, 'size' | 'colour'>): BaseName[] {
  const line = lineOf(feature.geometry);
  if (!line || line.length < 2) return [];
  const pixels = line.map((place) => toPixels(place, zoom));
  const length = pixels.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - pixels[i]![0], y - pixels[i]![1]), 0);
  const count = Math.max(1, Math.round(length / namedEvery));
  return Array.from({ length: count }, (_, i) => ({
    text: feature.properties.name,
    ...alongLine(line, (i + 0.5) / count),
    ...style,
    below: 0,
  }));
}

const pointName = (feature: BaseFeature, style: Pick<BaseName, 'size' | 'colour' | 'below'>): BaseName => ({
  text: feature.properties.name,
  at: (feature.geometry as Point).coordinates as [number, number],
  turnedDegrees: 0,
  ...style,
});

/** Names of the base map that have room at a zoom beside those of areas, which come first. NFC: a letter and its mark must not be torn apart. */
export function baseNames(features: readonly BaseFeature[], zoom: number, areaLabels: Feature<Point>[]): BaseName[] {
  const of = (kind: string, more: (one: BaseFeature) => boolean = () => true) =>
    features.filter((one) => one.properties.kind === kind && more(one));
  const water = [...of('waterway'), ...of('surrounding', (one) => one.properties.class !== 'neighbour')];
  const isRiver = (one: BaseFeature) => one.properties.class === 'river';
  const wanted: BaseName[] = [
    ...(zoom >= from.place
      ? of('place').map((one) => pointName(one, { size: 11, colour: 'facility', below: 17 }))
      : []),
    ...(zoom >= from.neighbour && zoom < neighbourTo
      ? of('surrounding', (one) => one.properties.class === 'neighbour').map((one) =>
          pointName(one, { size: 13, colour: 'neighbourText', below: 0 }),
        )
      : []),
    ...(zoom >= from.river
      ? water.filter(isRiver).flatMap((one) => lineNames(one, zoom, { size: 11.5, colour: 'waterText' }))
      : []),
    ...(zoom >= from.canal
      ? water.filter((one) => !isRiver(one)).flatMap((one) => lineNames(one, zoom, { size: 10.5, colour: 'waterText' }))
      : []),
    ...(zoom >= from.road ? of('road').flatMap((one) => lineNames(one, zoom, { size: 10.5, colour: 'roadText' })) : []),
  ].map((name) => ({ ...name, text: name.text.normalize('NFC') }));
  const taken = areaLabels.map((label) => areaLabelBox(label, zoom));
  return withRoom(wanted, taken, ({ text, at, size, turnedDegrees, below }) => {
    const box = labelBox(at, zoom, { letters: text.length, lines: 1, size, turnedDegrees });
    return { ...box, y: box.y + below };
  });
}
