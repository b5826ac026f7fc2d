import { describe, expect, test } from 'vitest';
import { degreesOf, orderBits, stepsOf, tileRange, worldSteps, zOrderOf } from './z-order.ts';

describe('the edges of the world', () => {
  test('corners are the first and the last step; what lies beyond is brought to the edge', () => {
    expect(stepsOf(-180, 85.0511287798066)).toEqual({ x: 0, y: 0 });
    expect(stepsOf(-180, 90)).toEqual({ x: 0, y: 0 });
    expect(stepsOf(180, -90)).toEqual({ x: worldSteps - 1, y: worldSteps - 1 });
    expect(stepsOf(-500, 0).x).toBe(0);
    expect(stepsOf(500, 0).x).toBe(worldSteps - 1);
  });

  test('the middle of the world is the middle of the steps', () => {
    expect(stepsOf(0, 0)).toEqual({ x: worldSteps / 2, y: worldSteps / 2 });
    const { lon, lat } = degreesOf({ x: worldSteps / 2, y: worldSteps / 2 });
    // Half a step north-east of it: a step is 360 / 2^31 degrees wide.
    expect(lon).toBeCloseTo(180 / worldSteps, 12);
    expect(lat).toBeCloseTo(-180 / worldSteps, 12);
  });

  // Source: the zoom 3 tile 6/3 begins at 90° E and 40.98° N (Slippy map tilenames).
  test('a known corner of a tile', () => {
    const corner = { x: 6 * 2 ** 28, y: 3 * 2 ** 28 };
    const { lon, lat } = degreesOf(corner);
    expect(lon).toBeCloseTo(90, 6);
    expect(lat).toBeCloseTo(40.9798980696, 6);
  });
});

describe('the range of a tile', () => {
  test('the whole world at every depth', () => {
    expect(tileRange(0, 0, 0, orderBits)).toEqual({ from: 0, to: 4 ** orderBits });
    expect(tileRange(0, 0, 0, 20)).toEqual({ from: 0, to: 4 ** 20 });
  });

  test('four quarters one after the other: north-west, north-east, south-west, south-east', () => {
    const quarters = [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ].map(([x, y]) => tileRange(1, x!, y!, orderBits));
    expect(quarters).toEqual([0, 1, 2, 3].map((quarter) => ({ from: quarter * 4 ** 25, to: (quarter + 1) * 4 ** 25 })));
  });

  test('a tile of the counted depth is one cell', () => {
    const { from, to } = tileRange(20, 835_012, 492_770, 20);
    expect(to - from).toBe(1);
    const inside = { x: 835_012 * 2 ** 11 + 2047, y: 492_770 * 2 ** 11 };
    expect(Math.floor(zOrderOf(inside) / 4 ** 6)).toBe(from);
  });
});
