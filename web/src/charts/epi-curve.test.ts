import { expect, test } from 'vitest';
import { epiCurve, trailingMean } from './epi-curve.ts';

const days = (cases: number[], incomplete = 0) =>
  cases.map((count, i) => ({
    day: `2021-08-${String(i + 1).padStart(2, '0')}`,
    cases: count,
    incomplete: i >= cases.length - incomplete,
  }));
const size = { width: 330, height: 150, left: 30, bottom: 20, top: 10 };

test('the mean starts with the seventh day and stops before counts that are still growing', () => {
  expect(trailingMean(days([7, 0, 0, 0, 0, 0, 0, 14, 3], 1))).toEqual([null, null, null, null, null, null, 1, 2, null]);
});

test('bars stand on the ground, in proportion, within the frame', () => {
  const { bars, total } = epiCurve(days([0, 5, 10], 1), size);
  expect(total).toBe(15);
  expect(bars[0]!.height).toBe(0);
  expect(bars[2]!.height / bars[1]!.height).toBeCloseTo(2, 10);
  for (const bar of bars) {
    expect(bar.y + bar.height).toBeCloseTo(130, 10);
    expect(bar.y).toBeGreaterThanOrEqual(10);
    expect(bar.x).toBeGreaterThanOrEqual(30);
    expect(bar.x + bar.width).toBeLessThanOrEqual(330.001);
  }
  expect(bars.map(({ incomplete }) => incomplete)).toEqual([false, false, true]);
});

test('days are named as far apart as their names are wide, the last one always', () => {
  const { xTicks } = epiCurve(days(Array.from({ length: 30 }, () => 1)), size);
  expect(xTicks.at(-1)!.day).toBe('2021-08-30');
  expect(xTicks.length).toBeLessThanOrEqual(5);
});

test('counts are whole: no half case on the axis', () => {
  expect(epiCurve(days([1, 0, 1]), size).yTicks.every(({ value }) => Number.isInteger(value))).toBe(true);
});
