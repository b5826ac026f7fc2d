import { expect, test } from 'vitest';
import type { AreaCollection } from '../api/answers.ts';
import { areaShapes } from './area-shapes.ts';

const square = (areaId: string, west: number, south: number) => ({
  type: 'Feature' as const,
  properties: { areaId, parentId: null, level: 'ward' as const, name: areaId, population: 1 },
  geometry: {
    type: 'Polygon' as const,
    coordinates: [
      [
        [west, south],
        [west + 1, south],
        [west + 1, south + 1],
        [west, south + 1],
        [west, south],
      ],
    ],
  },
});

test('north is up, and at 60° a degree of longitude is half as wide as one of latitude', () => {
  const areas: AreaCollection = {
    type: 'FeatureCollection',
    features: [square('low', 10, 59.5), square('east', 11, 59.5)],
  };
  const { shapes, height } = areaShapes(areas, 100);
  expect(height).toBe(100);
  expect(shapes.map(({ areaId }) => areaId)).toEqual(['low', 'east']);
  expect(shapes[0]!.path).toBe('M0 100L50 100L50 0L0 0L0 100Z');
  expect(areaShapes(undefined, 100)).toEqual({ shapes: [], height: 0 });
});

test('a place is drawn where it lies, up to the edge of the box; beyond, or when none is known, it is left out', () => {
  const areas: AreaCollection = { type: 'FeatureCollection', features: [square('one', 10, 0)] };
  const at = (lon: number, lat: number) => areaShapes(areas, 100, [lon, lat]).at;
  expect([at(10, 1), at(11, 0), at(10.5, 0.5)]).toEqual([
    [0, 0],
    [100, 100],
    [50, 50],
  ]);
  expect([at(9.999, 0.5), at(11.001, 0.5), at(10.5, -0.001), at(10.5, 1.001), areaShapes(areas, 100).at]).toEqual(
    Array.from({ length: 5 }, () => undefined),
  );
});
