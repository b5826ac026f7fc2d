import { describe, expect, test } from 'vitest';
import { createRandom, type Random } from '../numerics/random.ts';
import type { ContextSeries } from './area-context.ts';
import type { Revision, RiskData } from './backtest-data.ts';
import { bandOf } from './bands.ts';
import { contextEffects, type UnexplainedWeek } from './context-effects.ts';
import { contextNote, contextSentence } from './context-words.ts';
import { driverEffects } from './drivers.ts';
import { defaultOptions } from './options.ts';
import { rankedProbabilityScore } from './rank-score.ts';
import { scoreAreas } from './risk-score.ts';
import { type RiskForecast, WalkForward } from './walk-forward.ts';

const cuts = [20, 50, 150];
const side = 6;
const areas = side * side;
const weeks = 48;
const firstWeekEnd = 18_846;
const effectFrom = 16;

interface District {
  data: RiskData;
  rates: Float64Array[];
}

/**
 * A district on a grid: the city's rate wanders, areas wander around it and resemble their neighbours; from one week on an area's rate changes by `effect` a week for
 * every standard deviation of its context, which is smooth over the grid as coverage and density are.
 */
function district(random: Random, effect: number): District {
  const near = (i: number) =>
    [i % side > 0 ? i - 1 : -1, i % side < side - 1 ? i + 1 : -1, i - side, i + side].filter(
      (j) => j >= 0 && j < areas,
    );
  const smooth = (values: Float64Array) =>
    values.map((value, i) => (value + near(i).reduce((a, j) => a + values[j]!, 0)) / (1 + near(i).length));
  const noise = (deviation: number) => Float64Array.from({ length: areas }, () => deviation * random.normal());
  const raw = smooth(noise(1));
  const mean = raw.reduce((a, b) => a + b, 0) / areas;
  const deviation = Math.sqrt(raw.reduce((a, b) => a + (b - mean) ** 2, 0) / areas);
  const z = raw.map((value) => (value - mean) / deviation);
  const populations = Float64Array.from({ length: areas }, () => 25_000 + 30_000 * random.uniform());
  const revisions: Revision[] = [];
  const rates: Float64Array[] = [];
  let local = noise(0.3);
  let [city, growth] = [Math.log(80), 0.05];
  for (let week = 0; week < weeks; week++) {
    const shocks = noise(0.06);
    const shared = smooth(noise(0.06));
    local = local.map((x, i) => 0.97 * x + shocks[i]! + shared[i]! + (week >= effectFrom ? effect * z[i]! : 0));
    const weekEnd = firstWeekEnd + 7 * week;
    const rate = local.map(
      (x, i) => (random.poisson((Math.exp(city + x) * populations[i]!) / 1e5) * 1e5) / populations[i]!,
    );
    rates.push(rate);
    const publishedDay = weekEnd + 5;
    rate.forEach((value, area) => {
      revisions.push({ instant: publishedDay * 86_400_000, publishedDay, area, weekEnd, rate: value });
    });
    growth = 0.8 * growth + 0.06 * random.normal() - 0.03 * (city - Math.log(70));
    city += growth;
  }
  const context: ContextSeries[] = [
    { name: 'coverage', firstWeekEnd, rows: [z.map((value) => 0.5 - 0.1 * value)] },
    { name: 'markets', firstWeekEnd, rows: [Float64Array.from({ length: areas }, () => 2 * random.uniform())] },
  ];
  const neighbours = Array.from({ length: areas }, (_, i) => Int32Array.from(near(i)));
  const areaIds = Array.from({ length: areas }, (_, i) => `A${i}`);
  return { data: { areaIds, populations, neighbours, revisions, snapshots: [], eachCaseNamed: true, context }, rates };
}

function walk(data: RiskData): { forecasts: RiskForecast[]; edges: Float64Array } {
  const walker = new WalkForward(data, defaultOptions, cuts);
  const forecasts = Array.from({ length: weeks }, (_, week) => walker.step(firstWeekEnd + 7 * week)!);
  return { forecasts, edges: walker.edges };
}

/** mean ranked probability score of the weeks in which an effect could have been learned */
function scoreOf(forecasts: readonly RiskForecast[], rates: readonly Float64Array[]): number {
  let [sum, cells] = [0, 0];
  for (let week = effectFrom + 10; week < weeks; week++)
    for (let horizon = 1; horizon <= 4 && week + horizon < weeks; horizon++)
      rates[week + horizon]!.forEach((rate, area) => {
        const p = forecasts[week]!.probabilities[horizon - 1]!.subarray(area * 4, area * 4 + 4);
        sum += rankedProbabilityScore(p, bandOf(rate, cuts));
        cells++;
      });
  return sum / cells;
}

describe('a context that matters', () => {
  const one = district(createRandom(3), 0.09);
  const { forecasts, edges } = walk(one.data);
  const last = forecasts.at(-1)!;
  const [coverage, markets] = last.context;

  test('is found, with its sign and size; the other one beside it is not', () => {
    expect(coverage).toMatchObject({ name: 'coverage', none: undefined });
    // 0.09 a week more cases for one standard deviation less coverage; the local features explain a part of it before
    expect(coverage!.perWeek).toBeLessThan(-0.03);
    expect(coverage!.perWeek).toBeGreaterThan(-0.12);
    expect(coverage!.high).toBeLessThan(0);
    expect(markets!.none).toBe('no-evidence');
    expect([...markets!.coefficients].every((value) => value === 0)).toBe(true);
  });

  test('makes better forecasts than without it', () => {
    const without = walk({ ...one.data, context: [] }).forecasts;
    expect(scoreOf(forecasts, one.rates)).toBeLessThan(0.99 * scoreOf(without, one.rates));
  });

  test('is a driver that can be named, by exact ablation', () => {
    const effects = driverEffects(last.model, last.observations, edges, cuts.length);
    expect(effects.names).toContain('coverage');
    expect(effects.names).not.toContain('markets');
    const column = effects.names.indexOf('coverage');
    const points = Array.from({ length: areas }, (_, area) => effects.effects[area * effects.names.length + column]!);
    // taken out by hand
    const still = {
      ...last.model,
      horizons: last.model.horizons.map((lead) => ({ ...lead, contextCoefficients: new Float64Array(2) })),
    };
    const full = scoreAreas(last.model, last.observations, edges, cuts.length).scores;
    const without = scoreAreas(still, last.observations, edges, cuts.length).scores;
    points.forEach((value, area) => {
      expect(value).toBeCloseTo(full[area]! - without[area]!, 9);
    });
    expect(Math.max(...points.map(Math.abs))).toBeGreaterThan(0.5);
    expect(contextSentence(coverage!, 0.41, 0.5, { points: 3, shift: 0.1 }, 'en')).toMatch(
      /^People with a full course: 41%; mean of the areas: 50%; here, one standard deviation more has gone with −\d+(\.\d)?% cases a week \(95%: −\d.* to −.*\) \(\+3 points\)$/,
    );
    expect(contextSentence(coverage!, 0.41, 0.5, { points: 3, shift: 0.1 }, 'vi')).toContain(
      'Người đã tiêm đủ liều: 41 %',
    );
    expect(contextNote(markets!, 1.2, 1, 'en')).toBe(
      'Markets per 10,000 people: 1.2; mean of the areas: 1; not in the score: the past weeks here show no effect',
    );
  });
});

test('a context that does not matter moves nothing: the same numbers to the last bit', () => {
  let checked = 0;
  for (let run = 0; run < 6 && checked === 0; run++) {
    const { data } = district(createRandom(100 + run), 0);
    const { forecasts } = walk(data);
    // an earlier false find leaves its trace in the errors that were learned since
    if (forecasts.some(({ context }) => context.some(({ none }) => none === undefined))) continue;
    const bare = walk({ ...data, context: [] }).forecasts;
    expect(forecasts.map(({ probabilities }) => probabilities)).toEqual(bare.map(({ probabilities }) => probabilities));
    checked++;
  }
  expect(checked).toBeGreaterThan(0);
}, 60_000);

test('where nothing matters it is found in about 1 % of the districts, though areas keep their errors and neighbours share them', () => {
  const random = createRandom(77);
  const runs = 400;
  const grid = 5;
  const count = grid * grid;
  const smooth = (values: Float64Array) =>
    values.map((value, i) => {
      const near = [i - 1, i + 1, i - grid, i + grid].filter((j) => j >= 0 && j < count);
      return (value + near.reduce((a, j) => a + values[j]!, 0)) / (1 + near.length);
    });
  const noise = (deviation: number) => Float64Array.from({ length: count }, () => deviation * random.normal());
  let found = 0;
  for (let run = 0; run < runs; run++) {
    const own = noise(0.02);
    const unexplained: UnexplainedWeek[] = Array.from({ length: 26 }, (_, week) => {
      const shared = smooth(noise(0.15));
      const residual = noise(0.15).map((value, i) => value + shared[i]! + own[i]!);
      const mean = residual.reduce((a, b) => a + b, 0) / count;
      return {
        weekEnd: firstWeekEnd + 7 * week,
        residuals: [undefined, residual.map((value) => value - mean)],
        weights: new Float64Array(count).fill(1),
      };
    });
    const series: ContextSeries = { name: 'density', firstWeekEnd, rows: [smooth(noise(1))] };
    if (contextEffects([series], unexplained, 1, run)[0]!.none === undefined) found++;
  }
  expect(found / runs).toBeLessThan(0.03);
});

test('what cannot be told is named: few areas, unknown values, no difference', () => {
  const { data } = district(createRandom(9), 0);
  const reason = (row: (i: number) => number, count = areas) => {
    const few: RiskData = {
      ...data,
      areaIds: data.areaIds.slice(0, count),
      populations: data.populations.slice(0, count),
      neighbours: data.neighbours.slice(0, count).map((near) => near.filter((j) => j < count)),
      revisions: data.revisions.filter(({ area }) => area < count),
      context: [{ name: 'density', firstWeekEnd, rows: [Float64Array.from({ length: count }, (_, i) => row(i))] }],
    };
    return walk(few).forecasts.at(-1)!.context[0]!.none;
  };
  expect(reason((i) => i, 6)).toBe('too-few-areas');
  expect(reason((i) => (i % 3 === 0 ? Number.NaN : i))).toBe('unknown-for-many');
  expect(reason(() => 4)).toBe('no-difference');
});
