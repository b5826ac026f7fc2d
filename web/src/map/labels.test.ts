import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundsOf, centroid, labelPoints, labelZoom, shortName, textSize, uncrowded } from './labels.ts';

const square = (x: number, y: number, side: number) => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
  [x, y],
];
const area = (areaId: string, coordinates: number[][][][], more = {}) => ({
  type: 'Feature' as const,
  properties: { areaId, parentId: null, level: 'ward' as const, name: 'Phường Tân Phú', population: 1, ...more },
  geometry: { type: 'MultiPolygon' as const, coordinates },
});

test('the centroid of a square is its middle, wherever it lies and however small', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -179, max: 178, noNaN: true }),
      fc.double({ min: -80, max: 80, noNaN: true }),
      fc.double({ min: 1e-4, max: 1, noNaN: true }),
      (x, y, side) => {
        const [cx, cy] = centroid(square(x, y, side)) as [number, number];
        expect(cx).toBeCloseTo(x + side / 2, 7);
        expect(cy).toBeCloseTo(y + side / 2, 7);
      },
    ),
  );
});

test('an area of several parts is named on the largest, unless the service says where', () => {
  const parts = [[square(0, 0, 1)], [square(10, 10, 3)]];
  const points = (more = {}) =>
    labelPoints({ type: 'FeatureCollection', features: [area('a', parts, more)] }, () => '7').features[0]!;
  expect(points().geometry.coordinates).toEqual([11.5, 11.5]);
  expect(points({ labelPoint: [0.5, 0.5] }).geometry.coordinates).toEqual([0.5, 0.5]);
  expect(points().properties).toMatchObject({ label: 'Tân Phú', value: '7' });
});

test('names on the map are short and composed, and keep numbered wards whole', () => {
  expect(shortName('Phường Tân Quy'.normalize('NFD'))).toBe('Tân Quy'.normalize('NFC'));
  expect(shortName('Phường 1')).toBe('Phường 1');
  expect(shortName('Tổ 26, phường Phú Thuận')).toBe('Tổ 26');
});

test('bounds hold every part of every area', () => {
  expect(
    boundsOf({ type: 'FeatureCollection', features: [area('a', [[square(0, 0, 1)], [square(10, -4, 3)]])] }),
  ).toEqual([0, -4, 13, 1]);
  expect(boundsOf({ type: 'FeatureCollection', features: [] })).toBeUndefined();
});

const label = (areaId: string, level: 'ward' | 'neighbourhood', at: [number, number], value = '7') => ({
  type: 'Feature' as const,
  properties: { areaId, level, label: 'Tân Phú', value },
  geometry: { type: 'Point' as const, coordinates: at },
});
const named = (labels: ReturnType<typeof label>[], zoom: number) =>
  uncrowded(labels, zoom).map(({ properties }) => properties!.areaId as string);

test('labels that would lie on each other: the first one stands, and with more zoom all do', () => {
  const two = [label('a', 'ward', [106.7, 10.7]), label('b', 'ward', [106.72, 10.7])];
  expect(named(two, 10)).toEqual(['a']);
  expect(named(two, 12.5)).toEqual(['a', 'b']);
  // Beside each other they need more room than above each other.
  const above = [label('a', 'ward', [106.7, 10.7]), label('b', 'ward', [106.7, 10.72])];
  const firstZoom = (labels: typeof two) =>
    [...Array(40).keys()].map((i) => 8 + i / 8).find((zoom) => named(labels, zoom).length === 2)!;
  expect(firstZoom(above)).toBeLessThan(firstZoom(two));
});

test('wards are named up to a zoom, neighbourhoods from one, and a number that grows by a digit moves nothing', () => {
  const both = [label('w', 'ward', [106.7, 10.7]), label('t', 'neighbourhood', [106.75, 10.7])];
  expect([14, 14.4, 14.7, 14.8].map((zoom) => named(both, zoom))).toEqual([['w'], ['w', 't'], ['w', 't'], ['t']]);
  const places = (value: string) =>
    named([label('a', 'ward', [106.7, 10.7], value), label('b', 'ward', [106.71, 10.7], value)], 12.5);
  expect(places('9')).toEqual(places('10.5'));
});

test('places are found anew in steps of zoom', () => {
  expect([12, 12.24, 12.25, 12.99].map(labelZoom)).toEqual([12, 12, 12.25, 12.75]);
  expect([9, 10.5, 11.5, 12.5, 14, 16].map((zoom) => textSize('ward', zoom))).toEqual([9.5, 9.5, 11, 12.5, 15, 15]);
});
