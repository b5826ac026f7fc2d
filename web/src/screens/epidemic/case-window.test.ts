import fc from 'fast-check';
import { expect, test } from 'vitest';
import { before, casesIn, changeOf, completeDays, lengthOf, per100k } from './case-window.ts';

const series = { from: '2021-08-01', cases: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] };

test('seven complete days, and the seven before', () => {
  const days = completeDays('2021-08-14');
  expect(days).toEqual({ from: '2021-08-08', to: '2021-08-14' });
  expect(before(days)).toEqual({ from: '2021-08-01', to: '2021-08-07' });
  expect([casesIn(series, days), casesIn(series, before(days))]).toEqual([77, 28]);
  expect(changeOf(series, days)).toBeCloseTo(49 / 28);
});

test('what the series does not reach over is not known, and is no 0', () => {
  expect(casesIn(series, { from: '2021-07-31', to: '2021-08-02' })).toBeUndefined();
  expect(casesIn(series, { from: '2021-08-16', to: '2021-08-17' })).toBeUndefined();
  expect(changeOf(series, completeDays('2021-08-13'))).toBeUndefined();
  expect(per100k(undefined, 1000)).toBeUndefined();
  expect(per100k(5, null)).toBeUndefined();
  expect(per100k(5, 10_000)).toBe(50);
});

test('a rise from none is no share', () => {
  expect(changeOf({ from: '2021-08-01', cases: [0, 3] }, { from: '2021-08-02', to: '2021-08-02' })).toBeNull();
});

test('the days of a span and those before it are as many, and meet', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 90 }), (start, length) => {
      const from = new Date(1.6e12 + start * 86_400_000).toISOString().slice(0, 10);
      const to = new Date(1.6e12 + (start + length - 1) * 86_400_000).toISOString().slice(0, 10);
      expect(lengthOf({ from, to })).toBe(length);
      expect(lengthOf(before({ from, to }))).toBe(length);
      expect(lengthOf({ from: before({ from, to }).from, to })).toBe(2 * length);
    }),
  );
});
