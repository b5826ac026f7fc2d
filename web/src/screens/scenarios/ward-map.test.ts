import { expect, test } from 'vitest';
import type { AreaCollection } from '../../api/answers.ts';
import { wardShapes } from './ward-map.ts';

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
  const { shapes, height } = wardShapes(areas, 100);
  expect(height).toBe(100);
  expect(shapes.map(({ areaId }) => areaId)).toEqual(['low', 'east']);
  expect(shapes[0]!.path).toBe('M0 100L50 100L50 0L0 0L0 100Z');
  expect(wardShapes(undefined, 100)).toEqual({ shapes: [], height: 0 });
});
