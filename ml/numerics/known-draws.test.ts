import { describe, expect, test } from 'vitest';
import { Draws } from './binomial-draws.ts';
import { Chance, chanceAtRate, meanTurns } from './chance.ts';
import { mostInTable, OutcomeTables } from './outcome-table.ts';
import { createRandom } from './random.ts';

/** Probability of each outcome of `trials` with probability p, one after the other. */
function binomial(trials: number, p: number): number[] {
  const mass = [(1 - p) ** trials];
  for (let k = 0; k < trials; k++) mass.push((mass[k]! * (trials - k) * p) / ((k + 1) * (1 - p)));
  return mass;
}

// Scenarios that were run, histories that were fitted and the bands that were shown come out again only while a seed draws what it drew. That the draws
// follow the binomial law is held by binomial-draws.test.ts; these are the draws themselves, of 2026-11-29: the first six, and all 4,000 in one number.
describe('the draws of a seed stay what they were', () => {
  test.each<[number, number, boolean, number[], number]>([
    [40, 0.02, true, [2, 0, 1, 1, 3, 3], -1176457251],
    [64, 0.4, true, [30, 24, 25, 32, 31, 33], 1216710090],
    [65, 0.1, true, [10, 4, 7, 6, 12, 13], -1000926446],
    [64, 0.1, false, [10, 4, 7, 6, 12, 13], -768939479],
    [30, 0.95, true, [27, 30, 29, 29, 26, 26], -948857979],
    [30, 0.95, false, [27, 30, 28, 29, 26, 25], 148645847],
    [199, 0.0502, false, [15, 7, 11, 10, 17, 19], 399026980],
    [200, 0.05, false, [10, 15, 7, 11, 7, 7], -1934169528],
    [100, 0.3, false, [30, 33, 34, 36, 28, 30], -787983855],
    [400, 0.7, false, [269, 273, 278, 277, 268, 290], 2133631740],
    [900, 0.05, false, [33, 48, 48, 41, 43, 38], -802957106],
    [300000, 0.01, false, [3038, 3023, 3001, 3005, 3041, 2974], -897813734],
    [5000, 0.499, false, [2522, 2511, 2496, 2499, 2523, 2579], -329769625],
    [20000, 0.9, false, [17969, 17981, 17999, 17996, 17967, 17886], 1959890140],
    [10000, 0.0005, false, [8, 3, 5, 5, 10, 12], -1967309819],
    [1000000, 0.5, false, [500319, 500189, 499990, 500026, 500342, 499749], 959933871],
  ])('%i people at %f (kept: %s)', (people, probability, stays, first, all) => {
    const draws = new Draws().restart(createRandom(11));
    const chance = new Chance(probability, stays);
    const drawn = Array.from({ length: 4000 }, () => draws.of(people, chance));
    expect(drawn.slice(0, 6)).toEqual(first);
    expect(drawn.reduce((sum, count) => (Math.imul(sum, 31) + count) | 0, 0)).toBe(all);
  });

  test('and begin anew after a restart, whatever was drawn before', () => {
    const draws = new Draws().restart(createRandom(11));
    const first = Array.from({ length: 600 }, () => draws.uniform());
    expect(new Set(first).size).toBeGreaterThan(590);
    draws.restart(createRandom(11));
    expect(Array.from({ length: 600 }, () => draws.uniform())).toEqual(first);
    draws.restart(createRandom(12));
    expect(draws.uniform()).not.toBe(first[0]);
  });
});

describe('a table of outcomes', () => {
  test.each([
    [1, 0.3],
    [2, 0.5],
    [5, 0.3],
    [20, 0.02],
    [64, 0.45],
  ])('of %i people at %f gives each its share of [0, 1)', (people, p) => {
    const tables = new OutcomeTables(p / (1 - p));
    const steps = 40_000;
    const counts = new Array<number>(people + 1).fill(0);
    for (let i = 0; i < steps; i++) counts[tables.draw(people, (i + 0.5) / steps)]! += 1;
    // A border of each column lies between two steps.
    for (const [k, mass] of binomial(people, p).entries())
      expect(Math.abs(counts[k]! / steps - mass)).toBeLessThan((2 * (people + 1)) / steps);
  });

  test('one object serves groups of any size, in any order', () => {
    const tables = new OutcomeTables(0.25);
    const at = [0.01, 0.3, 0.5, 0.77, 0.999];
    const alone = [3, 64, 1, 40].map((people) => at.map((uniform) => new OutcomeTables(0.25).draw(people, uniform)));
    expect([3, 64, 1, 40].map((people) => at.map((uniform) => tables.draw(people, uniform)))).toEqual(alone);
    expect(mostInTable).toBe(64);
  });
});

describe('a chance', () => {
  test.each([
    [0, 0, false],
    [-1, 0, false],
    [0.2, 0.2, false],
    [0.5, 0.5, false],
    [0.7, 0.3, true],
    [1, 0, true],
    [1.2, 0, true],
  ])('of %f: the smaller of it and its rest is %f', (probability, smaller, flipped) => {
    const chance = new Chance(probability);
    expect(chance.probability).toBe(Math.min(1, Math.max(0, probability)));
    expect(chance.smaller).toBeCloseTo(smaller, 15);
    expect(chance.odds).toBeCloseTo(smaller / (1 - smaller), 15);
    expect(chance.logRest).toBeCloseTo(Math.log(1 - smaller), 15);
    expect(chance.flipped).toBe(flipped);
    expect(chance.outcomes).toBeUndefined();
  });

  test('that is tiny has a logarithm that is not lost in rounding', () => {
    for (const p of [1e-12, 1e-7, 9.99e-5, 1.001e-4]) expect(new Chance(p).logRest / Math.log1p(-p)).toBeCloseTo(1, 12);
  });

  test('that is almost certain spares a few all the same', () => {
    const draws = new Draws().restart(createRandom(5));
    const almost = new Chance(0.99995);
    expect(almost.logRest / Math.log1p(-0.00005)).toBeCloseTo(1, 10);
    let spared = 0;
    for (let i = 0; i < 20_000; i++) spared += 1000 - draws.of(1000, almost);
    // 1,000 are expected, with a standard deviation of 32.
    expect(Math.abs(spared - 1000)).toBeLessThan(160);
  });

  test('that stays has tables, one that is set anew has none', () => {
    expect(new Chance(0.3, true).outcomes).toBeInstanceOf(OutcomeTables);
    expect(new Chance(0.3, false).outcomes).toBeUndefined();
  });

  test('at a rate: 1 − exp(−rate), on both sides of where the series ends', () => {
    for (const rate of [0, 1e-9, 0.01, 0.05, 0.0999999, 0.1, 0.1000001, 0.5, 2])
      expect(Math.abs(chanceAtRate(rate) + Math.expm1(-rate))).toBeLessThanOrEqual(2e-10 * rate);
    const seldom = new Chance().setRate(0.3);
    const p = -Math.expm1(-0.3);
    expect(seldom).toMatchObject({ probability: p, smaller: p, odds: p / (1 - p), logRest: -0.3, flipped: false });
    // More likely than not: as any chance of that size.
    const often = new Chance().setRate(0.8);
    expect(often).toMatchObject({ ...new Chance(-Math.expm1(-0.8)) });
    expect(often.flipped).toBe(true);
    // And back again.
    expect(often.setRate(0.3)).toMatchObject({ ...seldom });
  });

  test('at its mean', () => {
    expect(meanTurns.of(40, new Chance(0.3))).toBe(12);
    expect(meanTurns.whole(2.5)).toBe(2.5);
  });
});

test('doses come in whole people, by their fraction', () => {
  const draws = new Draws().restart(createRandom(3));
  const given = Array.from({ length: 4000 }, () => draws.whole(2.25));
  expect(new Set(given)).toEqual(new Set([2, 3]));
  expect(given.filter((people) => people === 3).length / 4000).toBeCloseTo(0.25, 1);
});
