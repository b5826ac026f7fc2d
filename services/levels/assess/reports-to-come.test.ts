import { expect, test } from 'vitest';
import { completenessOf, completenessOfWindow, mostToCome } from './reports-to-come.ts';

test('the share that is known after so many days', () => {
  expect(completenessOf([50, 30, 20])).toEqual([0.5, 0.8, 1]);
  expect(completenessOf([0, 0])).toEqual([1, 1]);
  expect(completenessOfWindow([0.5, 0.8, 1], [1, 2, 3])).toBeCloseTo((0.8 + 1 + 1) / 3, 12);
});

test('quantiles of the negative binomial, by hand, and summed in exact fractions', () => {
  // One success at one half: P(n) = 2^-(n+1), so 1 - 2^-(n+1) reaches 0.975 at n = 5.
  expect(mostToCome(1, 0.5, 0)).toBe(5);
  expect(mostToCome(20, 0.75, 0)).toBe(13);
  expect(mostToCome(300, 0.8, 0)).toBe(95);
});

test('nothing is to come when all is in, or where nobody is a case and none is expected', () => {
  expect(mostToCome(30, 1, 1)).toBe(0);
  expect(mostToCome(0, 0.5, 0)).toBe(0);
  expect(mostToCome(0, 0.9, 0.05)).toBe(0);
  expect(mostToCome(0, 0.5, 1)).toBe(5);
});

test('beyond so many the normal distribution does as well', () => {
  // Exact: 231 and 233.
  expect(mostToCome(799, 0.8, 0)).toBe(231);
  expect(Math.abs(mostToCome(805, 0.8, 0) - 233)).toBeLessThanOrEqual(1);
});
