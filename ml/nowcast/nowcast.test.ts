import { describe, expect, test } from 'vitest';
import { createRandom } from '../numerics/random.ts';
import { batchDays } from './batches.ts';
import { knownShare, learnDelays } from './delays.ts';
import { type KnownTable, knownAt, knownTable } from './known-table.ts';
import { dailyNowcast, type NowcastMoment, walkNowcast } from './nowcast.ts';
import { countPosterior, levelOfCount, quantileOf } from './posterior.ts';
import { learnTrend, seenVariance, startTrend, stepTrend } from './trend.ts';

const always = (_day: number) => true;
const usual = [{ pace: 1, weight: 20 }];

/** `perDay` cases each day, reported with these shares after 0, 1, 2 … days. */
function steady(
  days: number,
  perDay: (day: number) => number,
  shares: readonly number[],
  held = (day: number) => day,
): KnownTable {
  const changes = { period: [] as number[], delay: [] as number[], change: [] as number[] };
  for (let day = 0; day < days; day++)
    shares.forEach((share, delay) => {
      changes.period.push(day);
      changes.delay.push(held(day + delay) - day);
      changes.change.push(Math.round(perDay(day) * share));
    });
  return knownTable(changes, 0, days - 1, 35);
}

const lastOf = (table: KnownTable, teaches = always, start = 0): NowcastMoment =>
  [...walkNowcast(table, dailyNowcast, teaches, { start, from: table.last })].at(-1)!;

describe('what was known when', () => {
  test('a count by delay, what was learned late put together, nothing of the future', () => {
    const table = knownTable({ period: [3, 3, 3, 4], delay: [0, 2, 50, 9], change: [5, 2, -1, 7] }, 3, 60, 10);
    expect([2, 3, 4, 5, 12, 60].map((origin) => knownAt(table, 3, origin))).toEqual([0, 5, 5, 7, 7, 6]);
    expect(knownTable({ period: [3], delay: [4], change: [7] }, 3, 6, 10).known.every((count) => count === 0)).toBe(
      true,
    );
  });
});

describe('delays', () => {
  test('the share that is known after each delay', () => {
    const table = steady(60, () => 100, [0.5, 0.3, 0.2]);
    const hazards = learnDelays(table, 59, { ...dailyNowcast, rhythmCases: 0 }, always);
    expect(knownShare(hazards, 59, 59)).toBeCloseTo(0.5, 3);
    expect(knownShare(hazards, 58, 59)).toBeCloseTo(0.8, 3);
    expect(knownShare(hazards, 57, 59)).toBeCloseTo(1, 3);
  });

  test('what was learned on a day that does not teach is left out', () => {
    const table = steady(
      60,
      () => 100,
      [0.5, 0.5],
      (day) => (day < 50 ? 50 : day),
    );
    const learning = { ...dailyNowcast, rhythmCases: 0 };
    expect(knownShare(learnDelays(table, 59, learning, always), 59, 59)).toBeLessThan(0.2);
    expect(
      knownShare(
        learnDelays(table, 59, learning, (day) => day > 50),
        59,
        59,
      ),
    ).toBeCloseTo(0.5, 2);
  });

  test('days on which reports were held back, and the day on which they came out, are found; Sundays that are always quiet are not', () => {
    const table = steady(
      70,
      (day) => (day % 7 === 3 ? 10 : 100),
      [1],
      (day) => (day >= 40 && day < 43 ? 43 : day),
    );
    const found = batchDays(table, 69);
    expect(Array.from({ length: 70 }, (_, day) => day).filter(found)).toEqual([40, 41, 42, 43]);
  });
});

describe('trend', () => {
  test('exact exponential growth is followed, and carried on over days of which nothing is known', () => {
    const options = dailyNowcast.trend;
    let trend = startTrend(Math.log(100));
    for (let day = 1; day <= 60; day++) {
      trend = stepTrend(trend, options);
      trend = learnTrend(trend, Math.log(100) + 0.03 * day, 0, seenVariance(trend, options));
    }
    expect(trend.growth).toBeCloseTo(0.03, 2);
    const open = stepTrend(trend, options);
    expect(learnTrend(open, open.level, seenVariance(open, options), seenVariance(open, options))).toEqual(open);
    expect(open.levelVariance).toBeGreaterThan(trend.levelVariance);
  });
});

describe('posterior of the final count', () => {
  const expectation = { mean: 100, variance: 0.02 };

  test('all reported: nothing is added', () => {
    expect(quantileOf(countPosterior(90, 1, expectation, usual, 0), 0.9)).toBeLessThan(92);
  });

  test('half reported, half usual: the double, and the more certain the more reports there are', () => {
    const few = countPosterior(50, 0.5, { mean: 100, variance: 1 }, usual, 0);
    const many = countPosterior(5000, 0.5, { mean: 10_000, variance: 1 }, usual, 0);
    expect(quantileOf(few, 0.5)).toBeGreaterThan(90);
    expect(quantileOf(few, 0.5)).toBeLessThan(110);
    const width = (of: typeof few, middle: number) => (quantileOf(of, 0.9) - quantileOf(of, 0.1)) / middle;
    expect(width(many, 10_000)).toBeLessThan(width(few, 100));
  });

  test('nothing reported where that happens: what was expected, not zero', () => {
    const arrivals = [
      { pace: 1, weight: 10 },
      { pace: 0, weight: 3 },
    ];
    expect(quantileOf(countPosterior(0, 0.6, expectation, arrivals, 1), 0.5)).toBeGreaterThan(85);
  });

  test('levels and counts undo each other, and nothing is below what is reported', () => {
    const posterior = countPosterior(30, 0.4, expectation, usual, 1);
    for (const level of [0.05, 0.3, 0.7, 0.95])
      expect(levelOfCount(posterior, quantileOf(posterior, level))).toBeCloseTo(level, 3);
    expect(quantileOf(posterior, 0)).toBeGreaterThanOrEqual(30);
  });
});

describe('walk', () => {
  test('a flat series with fixed delays is completed to the case', () => {
    const { periods } = lastOf(steady(80, () => 100, [0.4, 0.3, 0.2, 0.1]));
    expect(periods[0]).toMatchObject({ period: 78, lag: 1, reported: 70 });
    expect(periods.map(({ quantile }) => quantile(0.5))).toEqual(new Array(10).fill(100));
  });

  test('a laboratory that holds back for three days: the days are as expected, not empty', () => {
    const held = (day: number) =>
      [30, 44, 58, 77].some((from) => day >= from && day < from + 3)
        ? day + 3 - ((day - [30, 44, 58, 77].findLast((from) => day >= from)!) % 3)
        : day;
    const { periods } = lastOf(steady(80, () => 100, [0.6, 0.4], held));
    expect(periods[0]!.reported).toBe(0);
    expect(periods[0]!.quantile(0.5)).toBeGreaterThan(80);
    expect(periods[0]!.quantile(0.5)).toBeLessThan(125);
    expect(periods[0]!.quantile(0.975)).toBeGreaterThan(110);
  });

  test('nothing is said before enough moments taught; a list that was loaded in one go never teaches', () => {
    const loaded = steady(
      61,
      () => 12,
      [1],
      () => 60,
    );
    expect(lastOf(loaded, (day) => day !== 60, 61)?.periods ?? []).toEqual([]);
    const watched = steady(
      100,
      () => 12,
      [1],
      (day) => Math.max(60, day),
    );
    const at = (last: number) =>
      [...walkNowcast({ ...watched, last }, dailyNowcast, (day) => day !== 60, { start: 61, from: last })].at(-1)!;
    expect(at(70).periods).toEqual([]);
    // 150 a day is what a list of 61 days made of it once
    for (const { quantile } of at(80).periods) expect([12, 13]).toContain(quantile(0.5));
    expect(at(80).periods[0]!.quantile(0.975)).toBeLessThan(20);
  });

  test('the future is not looked at: what comes later changes nothing', () => {
    const random = createRandom(5);
    const counts = Array.from({ length: 90 }, () => random.poisson(60));
    const short = lastOf(steady(70, (day) => counts[day]!, [0.5, 0.3, 0.2]));
    const long = [
      ...walkNowcast(
        steady(90, (day) => counts[day]!, [0.5, 0.3, 0.2]),
        dailyNowcast,
        always,
        { start: 0, from: 69 },
      ),
    ][0]!;
    const said = ({ periods }: NowcastMoment) => periods.map(({ quantile }) => [0.025, 0.5, 0.975].map(quantile));
    expect(said(long)).toEqual(said(short));
  });
});
