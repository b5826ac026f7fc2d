import { describe, expect, test } from 'vitest';
import { centroid, compactness, contains, labelPoint, perimeter, type Ring, signedArea } from './planar.ts';

/** A rectangle 4 wide and 2 high, away from the origin. */
const rectangle: Ring = [
  [10, 20],
  [14, 20],
  [14, 22],
  [10, 22],
];
/** A right-angled triangle with sides 3, 4 and 5. */
const triangle: Ring = [
  [1, 1],
  [4, 1],
  [1, 5],
];
/** A U, 3 wide and 3 high, whose gap is 1 wide and 2 deep; its left arm is 1 wide, its right one too. */
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
/** An L: a column 1 × 4 and a foot 2 × 1 to its right. Its centre of mass lies outside. */
const thinL: Ring = [
  [0, 0],
  [6, 0],
  [6, 1],
  [1, 1],
  [1, 8],
  [0, 8],
];

test('area: that of the shape, negative when it runs clockwise, wherever it starts', () => {
  expect(signedArea(rectangle)).toBe(8);
  expect(signedArea(rectangle.toReversed())).toBe(-8);
  expect(signedArea(triangle)).toBe(6);
  expect(signedArea(u)).toBe(7);
  expect(signedArea([...u.slice(3), ...u.slice(0, 3)])).toBe(7);
  expect(signedArea(thinL)).toBe(13);
});

test('centre of mass', () => {
  expect(centroid(rectangle)).toEqual([12, 21]);
  expect(centroid(rectangle.toReversed())).toEqual([12, 21]);
  const [x, y] = centroid(triangle);
  expect(x).toBeCloseTo(2, 12);
  expect(y).toBeCloseTo(1 + 4 / 3, 12);
  // Base 3 × 1 at height 0.5, arms 1 × 2 at height 2.
  const [ux, uy] = centroid(u);
  expect(ux).toBeCloseTo(1.5, 12);
  expect(uy).toBeCloseTo((3 * 0.5 + 4 * 2) / 7, 12);
});

test('outline', () => {
  expect(perimeter(rectangle)).toBe(12);
  expect(perimeter(triangle)).toBe(12);
  expect(perimeter(u)).toBe(16);
});

test('roundness: π/4 for a square of any size, less for what is long, and the same in both directions', () => {
  const square: Ring = [
    [0, 0],
    [5, 0],
    [5, 5],
    [0, 5],
  ];
  expect(compactness(square)).toBeCloseTo(Math.PI / 4, 12);
  expect(compactness(square.toReversed())).toBeCloseTo(Math.PI / 4, 12);
  expect(compactness(rectangle)).toBeCloseTo((4 * Math.PI * 8) / 144, 12);
});

describe('inside', () => {
  test('on a grid over a U: its arms and its base, not its gap, and nothing beyond', () => {
    const rows = [3.5, 2.5, 1.5, 0.5, -0.5].map((y) =>
      [-0.5, 0.5, 1.5, 2.5, 3.5].map((x) => (contains(u, [x, y]) ? '#' : '.')).join(''),
    );
    expect(rows).toEqual(['.....', '.#.#.', '.#.#.', '.###.', '.....']);
  });

  test('left and right of a slanted edge, just so', () => {
    // The long side of the triangle runs from (4, 1) to (1, 5): at y = 3 it is at x = 2.5.
    expect(contains(triangle, [2.499, 3])).toBe(true);
    expect(contains(triangle, [2.501, 3])).toBe(false);
    expect(contains(triangle, [3.249, 2])).toBe(true);
    expect(contains(triangle, [3.251, 2])).toBe(false);
    expect(contains(triangle, [1.001, 4])).toBe(true);
    expect(contains(triangle, [0.999, 4])).toBe(false);
  });

  test('a level line through a corner is crossed once, not twice', () => {
    const diamond: Ring = [
      [0, -1],
      [1, 0],
      [0, 1],
      [-1, 0],
    ];
    expect(contains(diamond, [0, 0])).toBe(true);
    expect(contains(diamond, [-2, 0])).toBe(false);
    expect(contains(diamond, [2, 0])).toBe(false);
  });
});

describe('a point for the label', () => {
  test('is the centre of mass where that lies inside', () => {
    expect(labelPoint(rectangle)).toEqual([12, 21]);
  });

  test('else the middle of the widest span', () => {
    // Spans of the L: 6 wide at half of its foot, 1 wide above.
    expect(contains(thinL, centroid(thinL))).toBe(false);
    expect(labelPoint(thinL)).toEqual([3, 0.5]);
  });

  test('of a roof on two legs: in the roof', () => {
    const roof: Ring = [
      [0, 0],
      [1, 0],
      [1, 8],
      [4, 8],
      [4, 0],
      [6, 0],
      [6, 9],
      [0, 9],
    ];
    expect(contains(roof, centroid(roof))).toBe(false);
    expect(labelPoint(roof)).toEqual([3, 8.5]);
  });

  test('of a V: in its wider arm', () => {
    const v: Ring = [
      [0, 10],
      [6, 0],
      [12.5, 10],
      [10, 10],
      [6, 1],
      [2, 10],
    ];
    expect(contains(v, centroid(v))).toBe(false);
    // Half way between the corner's height 1 and the top: the left arm from 2.7 to 4, the right one from 8 to 9.575.
    const [x, y] = labelPoint(v);
    expect(x).toBeCloseTo((8 + 9.575) / 2, 12);
    expect(y).toBe(5.5);
  });
});
