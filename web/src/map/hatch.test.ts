import { expect, test } from 'vitest';
import { hatchLines } from './hatch.ts';

const square = (from: number, to: number) => [
  [from, from],
  [to, from],
  [to, to],
  [from, to],
  [from, from],
];
const length = ([[x1, y1], [x2, y2]]: [number[], number[]]) => Math.hypot(x2! - x1!, y2! - y1!);

test('lines lie inside, one step apart, from edge to edge', () => {
  const lines = hatchLines({ type: 'Polygon', coordinates: [square(0.5, 10.5)] }, 1);
  // Sums from 1 to 21: the corner itself has no length.
  expect(lines.filter((line) => length(line as [number[], number[]]) > 1e-9).length).toBe(19);
  for (const [from, to] of lines)
    for (const [lon, lat] of [from, to]) {
      expect(lon! + lat!).toBeCloseTo(Math.round(lon! + lat!), 9);
      expect(Math.min(lon!, lat!)).toBeGreaterThanOrEqual(0.5 - 1e-9);
      expect(Math.max(lon!, lat!)).toBeLessThanOrEqual(10.5 + 1e-9);
    }
});

test('a hole stays free, and parts of an area are hatched each', () => {
  const holed = hatchLines(
    { type: 'MultiPolygon', coordinates: [[square(0, 9), square(3, 6)], [square(20, 21)]] },
    1.5,
  );
  const middle = holed.filter(([from]) => Math.abs(from[0]! + from[1]! - 9) < 1e-9);
  expect(middle.map(([from, to]) => [from[0], to[0]])).toEqual([
    [0, 3],
    [6, 9],
  ]);
  expect(holed.some(([from]) => from[0]! >= 20)).toBe(true);
});
