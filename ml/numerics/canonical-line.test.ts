import { expect, test } from 'vitest';
import { fitCanonicalLine } from './canonical-line.ts';
import { logistic, logit } from './distributions.ts';

const settings = { intercept: 0, slope: 0, steps: 100, tolerance: 1e-12, largestSlopeStep: 1 };
const counts = { mean: Math.exp, variance: (mean: number) => mean };
const events = { mean: logistic, variance: (mean: number) => mean * (1 - mean) };

test('counts at two places: the line goes through their logarithms, and the information is that of two Poisson counts', () => {
  const line = fitCanonicalLine(
    [
      { x: 0, y: 12 },
      { x: 4, y: 60 },
    ],
    counts,
    { ...settings, intercept: 3 },
  );
  expect(line.intercept).toBeCloseTo(Math.log(12), 10);
  expect(line.slope).toBeCloseTo(Math.log(5) / 4, 10);
  // the difference of two log counts has variance 1/12 + 1/60, over a distance of 4
  expect(1 / line.slopeInformation).toBeCloseTo((1 / 12 + 1 / 60) / 16, 10);
});

test('events in two groups: the line goes through their log odds', () => {
  const group = (x: number, hits: number, of: number) =>
    Array.from({ length: of }, (_, i) => ({ x, y: i < hits ? 1 : 0 }));
  const line = fitCanonicalLine([...group(0, 2, 10), ...group(1, 7, 10)], events, settings);
  expect(line.intercept).toBeCloseTo(logit(0.2), 10);
  expect(line.slope).toBeCloseTo(logit(0.7) - logit(0.2), 10);
});

test('a slope may move by no more than the largest step', () => {
  const points = [
    { x: -1, y: 1 },
    { x: 1, y: 1000 },
  ];
  const line = fitCanonicalLine(points, counts, { ...settings, steps: 1, largestSlopeStep: 0.25 });
  expect([line.intercept, line.slope]).toEqual([1, 0.25]);
});

test('points that do not determine a line give none', () => {
  const line = fitCanonicalLine([{ x: 2, y: 3 }], counts, settings);
  expect([line.intercept, line.slope, line.slopeInformation]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});
