import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../numerics/random.ts';
import { readRiskData } from './backtest-data.ts';
import { type BandTruth, evaluateBands, settledTruth } from './band-evaluation.ts';
import { bandOf } from './bands.ts';
import { defaultOptions } from './options.ts';
import { type PublicationFault, type SimulatedCityOptions, simulateCity } from './simulated-city.ts';
import { type RiskForecast, WalkForward } from './walk-forward.ts';

const cuts = [20, 50, 150];
const weeks = 70;

/** growth that persists and is pulled back, as an epidemic without end */
function cityPath(seed: number): number[] {
  const random = createRandom(seed);
  const path: number[] = [];
  let growth = 0.1;
  let log = Math.log(80);
  for (let week = 0; week < weeks; week++) {
    path.push(log);
    growth = 0.8 * growth + 0.09 * random.normal() - 0.015 * (log - Math.log(70));
    log += growth;
  }
  return path;
}

function walkThrough(change: Partial<SimulatedCityOptions>) {
  const data = simulateCity(createRandom(2), { side: 6, cityLogRate: cityPath(11), ...change });
  const walk = new WalkForward(data, defaultOptions, cuts);
  const truth = new Map<number, BandTruth>();
  for (const [week, rates] of data.truth) {
    const bands = Int8Array.from(rates, (rate) => bandOf(rate, cuts));
    truth.set(week, { lowest: bands, highest: bands });
  }
  const forecasts: RiskForecast[] = [];
  for (const week of [...truth.keys()]) {
    const forecast = walk.step(week);
    if (forecast) forecasts.push(forecast);
  }
  const judged = forecasts.slice(20);
  const own = evaluateBands(truth, judged, cuts.length, [1, 2, 3, 4]);
  const baseline = evaluateBands(
    truth,
    judged.map(({ origin, baseline: probabilities }) => ({ origin, probabilities })),
    cuts.length,
    [1, 2, 3, 4],
  );
  return { walk, judged, own, relative: own.rankedProbabilityScore / baseline.rankedProbabilityScore };
}

test('beats the transition baseline where growth persists, and is not over-confident', () => {
  const { own, relative } = walkThrough({});
  expect(relative).toBeLessThan(0.8);
  expect(own.set90Holds).toBeGreaterThan(0.9);
  expect(own.logisticSlope).toBeGreaterThan(0.8);
});

test('the same data and options give the same numbers', () => {
  const [one, two] = [walkThrough({}), walkThrough({})];
  expect(one.judged.at(-1)!.probabilities).toEqual(two.judged.at(-1)!.probabilities);
});

test('reads nothing that was published after the Thursday', () => {
  const data = simulateCity(createRandom(2), { side: 6, cityLogRate: cityPath(11) });
  const origin = data.revisions[0]!.weekEnd + 7 * 40;
  const run = (input: typeof data) => {
    const walk = new WalkForward(input, defaultOptions, cuts);
    let last: RiskForecast | undefined;
    for (let week = data.revisions[0]!.weekEnd; week <= origin; week += 7) last = walk.step(week);
    return last!.probabilities;
  };
  const spoiled = {
    ...data,
    revisions: data.revisions.map((r) => (r.publishedDay > origin + 5 ? { ...r, rate: 9999 } : r)),
    snapshots: data.snapshots.map((s) => (s.publishedDay > origin + 5 ? { ...s, cases: s.cases.map(() => 1e6) } : s)),
  };
  expect(run(spoiled)).toEqual(run(data));
});

describe('a faulty publication every ninth week costs little', () => {
  const faultEvery9 = (fault: PublicationFault) =>
    new Map(Array.from({ length: 5 }, (_, i) => [24 + 9 * i, fault] as const));
  const good = walkThrough({}).own.rankedProbabilityScore;
  for (const fault of ['zeros', 'tenfold', 'scrambled', 'previous week again', 'half empty', 'late'] as const)
    test(fault, () => {
      const { own, judged, walk } = walkThrough({ faults: faultEvery9(fault) });
      expect(judged).toHaveLength(weeks - 20);
      expect(own.rankedProbabilityScore).toBeLessThan(1.1 * good);
      if (fault === 'tenfold' || fault === 'half empty' || fault === 'previous week again')
        expect(walk.judge.doubts.length).toBeGreaterThan(0);
    });
});

test('without daily reports it still beats the baseline', () => {
  expect(walkThrough({ snapshotEveryDays: 0 }).relative).toBeLessThan(0.9);
});

const folder = `${process.env.VX_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url))}/data/nyc-covid`;
test.skipIf(!existsSync(folder))(
  'New York, settled 28 days: the chosen options keep their development score',
  () => {
    const data = readRiskData([folder]);
    const truth = settledTruth(data.revisions, data.populations, cuts, 28);
    const walk = new WalkForward(data, defaultOptions, cuts);
    const first = Math.min(...data.revisions.map((revision) => revision.weekEnd));
    const last = Math.max(...data.revisions.map((revision) => revision.weekEnd));
    const forecasts: RiskForecast[] = [];
    for (let week = first; week <= last; week += 7) {
      const forecast = walk.step(week);
      if (forecast && week >= first + 7 * 19) forecasts.push(forecast);
    }
    const near = evaluateBands(truth, forecasts, cuts.length, [1, 2]);
    const far = evaluateBands(truth, forecasts, cuts.length, [3, 4]);
    // the baseline's scores by ../shared/tools/rps.py are 0.10620 and 0.17285
    expect(near.rankedProbabilityScore / 0.1062).toBeLessThan(0.63);
    expect(far.rankedProbabilityScore / 0.17285).toBeLessThan(0.62);
    expect(near.cells + far.cells).toBe(30_798);
    expect(walk.judge.doubts.map((doubt) => doubt.fault)).toEqual(['published before its end']);
  },
  120_000,
);
