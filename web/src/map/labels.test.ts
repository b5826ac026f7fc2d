import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundsOf, centroid, labelPoints, shortName } from './labels.ts';

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
