import { expect, test } from 'vitest';
import { Draws } from './binomial-draws.ts';
import { Chance } from './chance.ts';
import { createRandom } from './random.ts';

const drawn = (seed: number) => {
  const draws = new Draws().restart(createRandom(seed));
  let chance = new Chance(0.5, true);
  return (trials: number, probability: number) => {
    // few people: from a table
    if (chance.probability !== probability) chance = new Chance(probability, true);
    return draws.of(trials, chance);
  };
};

/** chi-square of draws against exact probabilities, bins of at least 10 expected */
function misfit(trials: number, probability: number, draws: number): { chi: number; bins: number } {
  const binomial = drawn(trials + 7);
  const counts = new Float64Array(trials + 1);
  for (let i = 0; i < draws; i++) counts[binomial(trials, probability)]!++;
  let mass = (1 - probability) ** trials;
  let [chi, bins, expected, seen] = [0, 0, 0, 0];
  for (let k = 0; k <= trials; k++) {
    expected += draws * mass;
    seen += counts[k]!;
    mass *= ((trials - k) * probability) / ((k + 1) * (1 - probability));
    if (expected >= 10) {
      chi += (seen - expected) ** 2 / expected;
      bins++;
      expected = 0;
      seen = 0;
    }
  }
  return { chi, bins };
}

for (const [trials, probability] of [
  [5, 0.3],
  [64, 0.4],
  [30, 0.95],
  [40, 0.02],
  [200, 0.04],
  [100, 0.3],
  [400, 0.7],
  [900, 0.05],
] as const)
  test(`${trials} trials at ${probability} follow the exact distribution`, () => {
    const { chi, bins } = misfit(trials, probability, 100_000);
    // a chi-square has mean `bins` and standard deviation sqrt(2 bins); five of them
    expect(chi).toBeLessThan(bins + 5 * Math.sqrt(2 * bins));
  });

test('large numbers keep mean and variance', () => {
  const binomial = drawn(1);
  const [trials, probability, draws] = [300_000, 0.01, 20_000];
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < draws; i++) {
    const k = binomial(trials, probability);
    sum += k;
    squares += k * k;
  }
  const mean = sum / draws;
  const variance = squares / draws - mean * mean;
  expect(Math.abs(mean / 3000 - 1)).toBeLessThan(0.001);
  expect(Math.abs(variance / 2970 - 1)).toBeLessThan(0.05);
});

test('edges: nobody, never, always', () => {
  const binomial = drawn(1);
  expect([binomial(0, 0.5), binomial(9, 0), binomial(9, 1), binomial(9, 1.2)]).toEqual([0, 0, 9, 9]);
});

test('what happens at a rate has the chance 1 - exp(-rate), with the logarithms to match', () => {
  for (const rate of [1e-9, 0.003, 0.0999, 0.2, 0.69]) {
    const chance = new Chance().setRate(rate);
    expect(chance.probability / -Math.expm1(-rate)).toBeCloseTo(1, 9);
    expect(chance.logRest).toBe(-rate);
  }
  expect(new Chance().setRate(3)).toMatchObject({ flipped: true, smaller: 1 - (1 - Math.exp(-3)) });
});
