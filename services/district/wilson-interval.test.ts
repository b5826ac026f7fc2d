import { expect, test } from 'vitest';
import { wilsonInterval } from './wilson-interval.ts';

// Known values of the score interval (Newcombe 1998, Statistics in Medicine 17, 857–872, table I).
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('%d of %d', (hits, all, low, high) => {
  const interval = wilsonInterval(hits, all);
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
  expect(interval.value).toBe(hits / all);
});

test('all of all ends at 1, and mirrors none of all', () => {
  expect(wilsonInterval(20, 20)).toEqual({
    value: 1,
    low: expect.closeTo(1 - wilsonInterval(0, 20).high, 12),
    high: 1,
  });
});
