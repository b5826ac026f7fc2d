import { expect, test } from 'vitest';
import { BandTally, intervalScore } from './band-tally.ts';

test('the interval score: width, and forty times what lies outside a 95 % band', () => {
  expect(intervalScore(10, 20, 15, 0.05)).toBe(10);
  expect(intervalScore(10, 20, 8, 0.05)).toBeCloseTo(10 + 40 * 2, 9);
  expect(intervalScore(10, 20, 21, 0.05)).toBeCloseTo(10 + 40, 9);
});

test('ends count as held; bias is of the sums; the score stands beside the plain table’s', () => {
  const tally = new BandTally();
  const band = { median: 12, interval50: [10, 14], interval95: [8, 20] } as const;
  const plain = { median: 12, interval50: [10, 14], interval95: [0, 48] } as const;
  for (const came of [8, 10, 14, 20]) tally.add(band, plain, came);
  expect(tally.summary()).toEqual({ cells: 4, held50: 0.5, held95: 1, bias: -0.077, scoreBesidePlain: 0.25 });
});
