import type { Revision } from '@vungxanh/ml';
import { expect, test } from 'vitest';
import { weeksOfAll } from './district-weeks.ts';

const row = (publishedDay: number, area: number, weekEnd: number, rate: number): Revision => ({
  instant: publishedDay * 86_400_000,
  publishedDay,
  area,
  weekEnd,
  rate,
});

test('a week is the sum of its areas once all are out; a blank is two cases; a correction is another revision', () => {
  const weeks = weeksOfAll(
    [
      row(12, 0, 7, 100),
      // 10,000 and 30,000 people: 10 cases, and 30
      row(13, 1, 7, 100),
      row(20, 0, 14, Number.NaN),
      row(20, 1, 14, 60),
      row(20, 1, 7, 120),
      row(27, 1, 14, 60),
    ],
    [10_000, 30_000],
  );
  expect(weeks.map(({ publishedDay, weekEnd, rate }) => [publishedDay, weekEnd, rate])).toEqual([
    [13, 7, (40 * 1e5) / 40_000],
    [20, 14, (20 * 1e5) / 40_000],
    [20, 7, (46 * 1e5) / 40_000],
  ]);
  expect(weeks.every(({ area }) => area === 0)).toBe(true);
});
