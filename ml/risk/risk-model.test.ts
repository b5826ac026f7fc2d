import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../numerics/random.ts';
import { bandOf, logEdges } from './bands.ts';
import { driverNumbers, driverSentence } from './driver-words.ts';
import { driverEffects, drivers, largestDrivers } from './drivers.ts';
import { featureCount } from './local-features.ts';
import { type AreaObservations, bandProbabilities, expectedLogRates, type RiskModel } from './risk-model.ts';
import { levelChange, riskScores, scoreAreas } from './risk-score.ts';

const cuts = [20, 50, 150];

function example(
  areas: number,
  seed: number,
): { model: RiskModel; observations: AreaObservations; edges: Float64Array } {
  const random = createRandom(seed);
  const people = Array.from({ length: areas }, () => 500 + random.below(50_000));
  const edges = new Float64Array(areas * cuts.length);
  people.forEach((value, i) => {
    edges.set(logEdges(value, cuts), i * cuts.length);
  });
  return {
    edges,
    observations: {
      logRates: Float64Array.from(people, () => 3.5 + random.normal()),
      units: Float64Array.from(people, (value) => value / 1e5),
      features: Float64Array.from({ length: areas * featureCount }, () => 0.3 * random.normal()),
    },
    model: {
      heavyShare: 0.5,
      horizons: [1, 2, 3, 4].map((h) => ({
        cityChange: 0.2 * h,
        coefficients: Float64Array.from({ length: featureCount }, () => 0.2 * random.normal()),
        cityVariance: 0.02 * h * h,
        areaVariance: 0.02 * h,
        countNoise: 1.5,
        steepness: 1.1,
      })),
    },
  };
}

test('probabilities are never negative and sum to 1', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer(), (areas, seed) => {
      const { model, observations, edges } = example(areas, seed);
      for (const p of scoreAreas(model, observations, edges, cuts.length).probabilities)
        for (let i = 0; i < areas; i++) {
          const row = p.subarray(i * 4, i * 4 + 4);
          expect(Math.min(...row)).toBeGreaterThanOrEqual(0);
          expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
        }
    }),
    { numRuns: 50 },
  );
});

test('with no noise at all the forecast is the band of the expected rate', () => {
  const { model, observations, edges } = example(200, 5);
  const lead = { ...model.horizons[0]!, cityVariance: 0, areaVariance: 1e-16, countNoise: 0, steepness: 1 };
  const expected = expectedLogRates(lead, observations);
  const p = bandProbabilities(model, lead, expected, observations, edges, cuts.length);
  for (let i = 0; i < 200; i++) {
    const cases = Math.exp(expected[i]!) * observations.units[i]! - 0.5;
    const rate = Math.round(cases) / observations.units[i]!;
    expect(p[i * 4 + bandOf(rate, cuts) - 1]).toBeGreaterThan(0.99);
  }
});

test('score: 0 in the lowest band for certain, 100 in the highest, 2/3 in the third of four', () => {
  expect([...riskScores([Float64Array.of(1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0)], 3)]).toEqual([0, 100, 200 / 3]);
});

test('level change splits what is not the present band, and refuses an impossible one', () => {
  const change = levelChange([0.1, 0.5, 0.3, 0.1], 2);
  expect(change.rise).toBeCloseTo(0.4, 12);
  expect(change.fall).toBeCloseTo(0.1, 12);
  expect(change.change).toBeCloseTo(0.5, 12);
  expect(() => levelChange([0.5, 0.5], 3)).toThrow('present band must be 1..2, got 3');
});

test('a driver taken out by hand gives the effect that is reported', () => {
  const { model, observations, edges } = example(30, 9);
  const reported = driverEffects(model, observations, edges, cuts.length);
  const still: RiskModel = { ...model, horizons: model.horizons.map((lead) => ({ ...lead, cityChange: 0 })) };
  const full = scoreAreas(model, observations, edges, cuts.length).scores;
  const without = scoreAreas(still, observations, edges, cuts.length).scores;
  const trend = drivers.indexOf('trend');
  for (let i = 0; i < 30; i++)
    expect(reported.effects[i * drivers.length + trend]).toBeCloseTo(full[i]! - without[i]!, 9);
  const largest = largestDrivers(reported, 0);
  expect(largest).toHaveLength(3);
  expect(Math.abs(largest[0]!.shift)).toBeGreaterThanOrEqual(Math.abs(largest[1]!.shift));
  for (const { points, shift } of largest) expect(Math.sign(points) * Math.sign(shift)).toBeGreaterThanOrEqual(0);
});

test('sentences carry the numbers, in both languages', () => {
  const { model, observations } = example(3, 2);
  const numbers = { ...driverNumbers(model, observations, 0), ownRate: 84.2, typicalRate: 61.4 };
  expect(driverSentence('level', { points: 12.4, shift: 0.3 }, numbers, 'en')).toBe(
    'New cases this week: 84 per 100,000; a typical area has 61 (+12 points)',
  );
  expect(driverSentence('level', { points: -12.4, shift: -0.3 }, numbers, 'vi')).toBe(
    'Số mới trong tuần: 84 ca trên 100.000 dân; mức phổ biến của các khu: 61 (−12 điểm)',
  );
  expect(driverSentence('growth', { points: -3, shift: -0.1 }, { ...numbers, ownGrowth: 0.75 }, 'en')).toBe(
    "This area's growth beyond the city's over two weeks: +75%; such a jump of one area usually falls back (−3 points)",
  );
  // Where the score is at its end, what is expected still tells.
  expect(driverSentence('level', { points: 0.02, shift: Math.log(1.3) }, numbers, 'vi')).toBe(
    'Số mới trong tuần: 84 ca trên 100.000 dân; mức phổ biến của các khu: 61 (số ca dự kiến +30 %)',
  );
});
