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

const block = (from: string, to: string, low: number, high: number) => ({
  targetDate: to,
  from,
  to,
  bands: [95, 80, 50].map((percent, i) => ({ percent, low: low + i, high: high - i })),
  median: (low + high) / 2,
  baseline: { low, high, median: low },
});

test('bands stand over the days they are of, inside the frame, after the bars', () => {
  const fan = [block('2021-08-11', '2021-08-17', 2, 12), block('2021-08-18', '2021-08-24', 1, 18)];
  const { bars, fan: shown, yTicks } = epiCurve(days([5, 5, 5, 5, 5, 5, 5, 5, 5, 5]), size, { fan });
  expect(bars.at(-1)!.x + bars.at(-1)!.width).toBeLessThan(shown[0]!.x);
  expect(shown[0]!.x + shown[0]!.width).toBeLessThan(shown[1]!.x);
  expect(shown[1]!.x + shown[1]!.width).toBeCloseTo(330, 6);
  for (const { bands, clipped } of shown) {
    expect(clipped).toBe(false);
    for (const { y, height } of bands) {
      expect(y).toBeGreaterThanOrEqual(10);
      expect(y + height).toBeLessThanOrEqual(130.001);
    }
  }
  expect(yTicks.at(-1)!.value).toBeGreaterThanOrEqual(15);
});

test('a band that reaches far beyond what was seen is cut off and says so, and the bars stay legible', () => {
  const wide = {
    ...block('2021-08-11', '2021-08-17', 2, 12),
    bands: [
      { percent: 95, low: 1, high: 900 },
      { percent: 80, low: 2, high: 14 },
      { percent: 50, low: 4, high: 8 },
    ],
  };
  const { fan, bars } = epiCurve(days([10, 10, 10]), size, { fan: [wide] });
  expect(fan[0]!.clipped).toBe(true);
  expect(bars[0]!.height).toBeGreaterThan(20);
});

test('a forecast that begins before the last report is drawn over those days', () => {
  const { fan, bars } = epiCurve(days([5, 5, 5, 5, 5]), size, { fan: [block('2021-08-03', '2021-08-09', 2, 12)] });
  expect(fan[0]!.x).toBeCloseTo(bars[2]!.x, 10);
});

test('late days are drawn from what is reported to what it may become', () => {
  const nowcast = [
    {
      date: '2021-08-03',
      reported: 4,
      nowcast: { median: 8, interval50: [7, 9] as [number, number], interval95: [5, 12] as [number, number] },
    },
    {
      date: '2021-07-01',
      reported: 4,
      nowcast: { median: 8, interval50: [7, 9] as [number, number], interval95: [5, 12] as [number, number] },
    },
  ];
  const { nowcasts, bars } = epiCurve(days([6, 6, 4], 1), size, { nowcast });
  expect(nowcasts.map(({ day }) => day)).toEqual(['2021-08-03']);
  const [late] = nowcasts;
  expect(late!.high).toBeLessThan(late!.top);
  expect(late!.top).toBeLessThan(bars[2]!.y);
  expect(late!.low).toBeGreaterThan(late!.top);
});
