import { expect, test } from 'vitest';
import { addSquaredError, countingNoise, leastSquaresSpread, varianceAt } from './spread.ts';

test('squared errors that follow the rule give its two parts back, whatever their weights', () => {
  const sums = new Float64Array(5);
  const truth = { process: 0.04, counting: 1.3 };
  for (const [weight, noise] of [
    [1, 0.01],
    [5, 0.2],
    [0.3, 0.9],
  ] as const)
    addSquaredError(sums, weight, noise, varianceAt(truth, noise));
  const found = leastSquaresSpread(sums)!;
  expect(found.process).toBeCloseTo(truth.process, 12);
  expect(found.counting).toBeCloseTo(truth.counting, 12);
});

test('errors of one noise cannot tell the two apart', () => {
  const sums = new Float64Array(5);
  for (const squared of [0.1, 0.3]) addSquaredError(sums, 1, 0.5, squared);
  expect(leastSquaresSpread(sums)).toBeUndefined();
});

test('the noise of a count is one over it, and of less than one case no more than one', () => {
  expect(countingNoise(Math.log(20))).toBeCloseTo(0.05, 12);
  expect([countingNoise(0), countingNoise(-3)]).toEqual([1, 1]);
});
