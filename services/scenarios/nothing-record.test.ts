import { isoDate } from '@vungxanh/ml';
import { expect, test } from 'vitest';
import { type NothingRun, nothingRecord, recordRequest } from './nothing-record.ts';

const first = 18_800;
const days = 120;
const today = first + days - 1;
/** Ten cases a day. */
const outcomes = Array.from({ length: days }, (_, n) => ({ day: first + n, cases: 10, deaths: 0 }));
const run = (start: number, median: number): NothingRun => ({
  startDate: isoDate(first + start),
  reported: Array.from({ length: 28 }, () => ({
    q05: 0.5 * median,
    q25: 0.8 * median,
    q50: median,
    q75: 1.2 * median,
    q95: 1.5 * median,
  })),
});
const weekly = (count: number, median: number) => Array.from({ length: count }, (_, n) => run(7 * n, median));

test('runs that said what came hold, and with eight of them the model is calibrated', () => {
  const { weeks, calibrated } = nothingRecord(weekly(8, 10), outcomes, today);
  expect(weeks.map(({ week, runs, held50, held90 }) => [week, runs, held50, held90])).toEqual(
    [1, 2, 3, 4].map((week) => [week, 8, 8, 8]),
  );
  expect(weeks.every(({ saidBesideCame }) => saidBesideCame === 1)).toBe(true);
  expect(calibrated).toBe(true);
  expect(nothingRecord(weekly(7, 10), outcomes, today).calibrated).toBe(false);
});

test('runs that said 1.6 times as much as came, as after the peak of the exercise, do not hold', () => {
  const { weeks, calibrated } = nothingRecord(weekly(8, 13_080 / 828.2), outcomes, today);
  expect(weeks[3]).toEqual({ week: 4, runs: 8, held50: 0, held90: 8, saidBesideCame: 1.58 });
  // twice as much is below the 90 % band as well
  const twice = nothingRecord(weekly(8, 21), outcomes, today);
  expect(twice.weeks.map(({ held90 }) => held90)).toEqual([0, 0, 0, 0]);
  expect([calibrated, twice.calibrated]).toEqual([true, false]);
});

test('weeks that are not settled, and days before the line list begins, are not scored', () => {
  const late = nothingRecord([run(days - 1 - 13, 10)], outcomes, today);
  expect(late.weeks.map(({ week, runs }) => [week, runs])).toEqual([[1, 1]]);
  expect(nothingRecord([run(days - 1 - 12, 10)], outcomes, today).weeks).toEqual([]);
  expect(nothingRecord([run(-1, 10)], outcomes, today).weeks.map(({ week }) => week)).toEqual([2, 3, 4]);
});

test('without runs or without a line list there is no record, and nothing is calibrated', () => {
  for (const record of [nothingRecord([], outcomes, today), nothingRecord(weekly(8, 10), [], today)])
    expect(record).toEqual({ calibrated: false, weeks: [] });
});

test('what is kept is four weeks of doing nothing', () => {
  const { days: asked, scenarios } = recordRequest('q7');
  expect(asked).toBe(28);
  expect(scenarios.every(({ levers }) => levers.length === 0)).toBe(true);
});
