import fc from 'fast-check';
import type { Polygon, Position } from 'geojson';
import { expect, test } from 'vitest';
import { outlineOf } from './outline.ts';

const square = (x: number, y: number): Polygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [x, y],
      [x + 1, y],
      [x + 1, y + 1],
      [x, y + 1],
      [x, y],
    ],
  ],
});
const length = (lines: Position[][]) =>
  lines.reduce(
    (sum, line) =>
      sum + line.slice(1).reduce((s, p, i) => s + Math.hypot(p[0]! - line[i]![0]!, p[1]! - line[i]![1]!), 0),
    0,
  );

test('two squares side by side have one closed border of six', () => {
  const { coordinates } = outlineOf([square(0, 0), square(1, 0)]);
  expect(coordinates).toHaveLength(1);
  expect(coordinates[0]!.at(0)).toEqual(coordinates[0]!.at(-1));
  expect(length(coordinates)).toBeCloseTo(6, 10);
});

test('of any cells of a grid only the edges with one cell beside them are drawn', () => {
  const cells = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })), {
    selector: String,
    minLength: 1,
  });
  fc.assert(
    fc.property(cells, (chosen) => {
      const has = new Set(chosen.map(String));
      const expected = chosen.reduce(
        (sum, [x, y]) =>
          sum +
          [
            [x + 1, y],
            [x - 1, y],
            [x, y + 1],
            [x, y - 1],
          ].filter((cell) => !has.has(String(cell))).length,
        0,
      );
      expect(length(outlineOf(chosen.map(([x, y]) => square(x, y))).coordinates)).toBeCloseTo(expected, 8);
    }),
  );
});

test('a corner of one on the side of another leaves no line between them', () => {
  const tall: Polygon = {
    type: 'Polygon',
    coordinates: [
      [
        [1, 0],
        [2, 0],
        [2, 2],
        [1, 2],
        [1, 0],
      ],
    ],
  };
  const { coordinates } = outlineOf([square(0, 0), square(0, 1), tall]);
  expect(coordinates).toHaveLength(1);
  expect(length(coordinates)).toBeCloseTo(8, 10);
});
