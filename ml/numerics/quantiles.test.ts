import { expect, test } from 'vitest';
import { middleOfSorted, quantileOfSorted, upperMedian } from './quantiles.ts';

test('quantiles between two values, as R gives them by default', () => {
  // quantile(c(1, 3, 4, 10), c(0, .1, .25, .5, .9, 1))
  const found = [0, 0.1, 0.25, 0.5, 0.9, 1].map((level) => quantileOfSorted([1, 3, 4, 10], level));
  [1, 1.6, 2.5, 3.5, 8.2, 10].forEach((value, i) => {
    expect(found[i]).toBeCloseTo(value, 12);
  });
  expect(quantileOfSorted(Float64Array.of(7), 0.3)).toBe(7);
});

test('the middle is the upper one of two, by number and not by text', () => {
  expect(upperMedian([10, 9, 2])).toBe(9);
  expect(upperMedian([4, 1, 3, 2])).toBe(3);
  expect(middleOfSorted([1, 2])).toBe(2);
});

test('of nothing there is no middle, and what is given stays in its order', () => {
  expect(upperMedian([])).toBeNaN();
  expect(middleOfSorted([])).toBeUndefined();
  const values = [3, 1, 2];
  upperMedian(values);
  expect(values).toEqual([3, 1, 2]);
});
