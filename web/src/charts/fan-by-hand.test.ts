import { describe, expect, test } from 'vitest';
import { bandPercents, fanBlocks, quantileAt } from './fan.ts';

describe('a quantile between two levels', () => {
  const levels = [0.1, 0.4, 0.9];
  const quantiles = [10, 40, 190];
  const at = (level: number) => quantileAt(levels, quantiles, level);

  test('as given, in proportion between, and at both ends', () => {
    expect([0.1, 0.4, 0.9].map(at)).toEqual([10, 40, 190]);
    expect(at(0.2)).toBeCloseTo(20, 12);
    expect(at(0.65)).toBeCloseTo(115, 12);
    // 0.1 + 0.2 + 0.1 is not quite 0.4.
    expect(at(0.1 + 0.2 + 0.1)).toBe(40);
  });

  test('beyond the ends there is none', () => {
    for (const level of [0.0999, 0.9001])
      expect(() => at(level)).toThrow(new RangeError(`level ${level}: from 0.1 to 0.9`));
  });
});

describe('blocks', () => {
  const levels = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975];
  const horizons = [
    {
      weeks: 1,
      targetDate: '2021-09-05',
      quantiles: [7, 14, 21, 28, 35, 42, 49],
      baseline: [0, 7, 14, 21, 70, 77, 84],
    },
  ];

  test('whole, at their date', () => {
    expect(fanBlocks({ levels, horizons }, false)).toEqual([
      {
        targetDate: '2021-09-05',
        from: '2021-09-05',
        to: '2021-09-05',
        bands: [
          { percent: 95, low: 7, high: 49 },
          { percent: 80, low: 14, high: 42 },
          { percent: 50, low: 21, high: 35 },
        ],
        median: 28,
        baseline: { low: 0, high: 84, median: 21 },
      },
    ]);
    expect(bandPercents).toEqual([95, 80, 50]);
  });

  test('a weekly total as its mean a day, over the seven days up to its date', () => {
    expect(fanBlocks({ levels, horizons, cadence: 'week' }, true)).toEqual([
      {
        targetDate: '2021-09-05',
        from: '2021-08-30',
        to: '2021-09-05',
        bands: [
          { percent: 95, low: 1, high: 7 },
          { percent: 80, low: 2, high: 6 },
          { percent: 50, low: 3, high: 5 },
        ],
        median: 4,
        baseline: { low: 0, high: 12, median: 3 },
      },
    ]);
  });

  test('a forecast by days is of its days', () => {
    expect(fanBlocks({ levels, horizons, cadence: 'day' }, true)).toEqual(fanBlocks({ levels, horizons }, false));
  });
});
