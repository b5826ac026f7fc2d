import { expect, test } from 'vitest';
import { closeRing, openRing } from './closed-ring.ts';
import { centroid, contains, type Ring, signedArea } from './planar.ts';
import { subdivideWard } from './subdivide.ts';

/** A U, 3 wide and 3 high, whose gap is 1 wide and 2 deep: area 7. */
const u: Ring = [
  [0, 0],
  [3, 0],
  [3, 3],
  [2, 3],
  [2, 1],
  [1, 1],
  [1, 3],
  [0, 3],
];
const cellsOf = (ring: Ring, count: number, seed: number) =>
  subdivideWard({ type: 'Polygon', coordinates: [closeRing(ring)] }, count, seed);

// The neighbourhoods of the district's pack are such cells, and their numbers are in events that were journalled: they must come out the same
// for ever. Worked out by this code on 2026-11-29: ordinal, vertices, area, centre of mass.
test('the cells of a seed stay what they were', () => {
  const cells = cellsOf(u, 5, 3).map(({ properties, geometry }) => {
    const ring = openRing(geometry.coordinates[0]!);
    return [properties.ordinal, ring.length, ...[signedArea(ring), ...centroid(ring)].map((n) => Number(n.toFixed(9)))];
  });
  expect(cells).toEqual([
    [1, 4, 1.551820947, 2.501690791, 2.224062909],
    [2, 6, 1.42704116, 2.503141023, 0.743720153],
    [3, 4, 1.311772994, 0.504754047, 2.343935619],
    [4, 4, 1.104928674, 1.463834484, 0.444734337],
    [5, 6, 1.604436225, 0.477540411, 0.88580782],
  ]);
  expect(cells.reduce((sum, [, , area]) => sum + area!, 0)).toBeCloseTo(7, 8);
});

test('the winding of the ward does not matter', () => {
  expect(cellsOf(u.toReversed(), 1, 3).map(({ geometry }) => signedArea(openRing(geometry.coordinates[0]!)))).toEqual([
    7,
  ]);
});

test('one cell is the ward itself', () => {
  expect(cellsOf(u, 1, 3)).toEqual([
    { type: 'Feature', properties: { ordinal: 1 }, geometry: { type: 'Polygon', coordinates: [closeRing(u)] } },
  ]);
});

test('of two cells each has half the area, but for an eighth', () => {
  for (let seed = 0; seed < 20; seed++)
    for (const { geometry } of cellsOf(u, 2, seed)) {
      const ring = openRing(geometry.coordinates[0]!);
      expect(Math.abs(signedArea(ring) / 3.5 - 1)).toBeLessThan(0.16);
      expect(contains(ring, centroid(ring))).toBe(true);
    }
});

test('what cannot be cut any further is said', () => {
  const nothing: Ring = [
    [0, 0],
    [1, 1],
    [2, 2],
  ];
  expect(() => cellsOf(nothing, 2, 1)).toThrow('polygon: a piece of 3 vertices cannot be cut any further');
  expect(() => cellsOf(u, -1, 1)).toThrow(new RangeError('count: -1 must be a whole number >= 1'));
  expect(() => subdivideWard({ type: 'Polygon', coordinates: [] }, 2, 1)).toThrow(
    'polygon: 0 rings, must be exactly 1 (no holes)',
  );
});
