import { expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { binomial } from './binomial.ts';

/** chi-square of draws against exact probabilities, bins of at least 10 expected */
function misfit(trials: number, probability: number, draws: number): { chi: number; bins: number } {
  const random = createRandom(trials + 7);
  const counts = new Float64Array(trials + 1);
  for (let i = 0; i < draws; i++) counts[binomial(random, trials, probability)]!++;
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
  const random = createRandom(1);
  const [trials, probability, draws] = [300_000, 0.01, 20_000];
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < draws; i++) {
    const k = binomial(random, trials, probability);
    sum += k;
    squares += k * k;
  }
  const mean = sum / draws;
  const variance = squares / draws - mean * mean;
  expect(Math.abs(mean / 3000 - 1)).toBeLessThan(0.001);
  expect(Math.abs(variance / 2970 - 1)).toBeLessThan(0.05);
});

test('edges: nobody, never, always', () => {
  const random = createRandom(1);
  expect([binomial(random, 0, 0.5), binomial(random, 9, 0), binomial(random, 9, 1), binomial(random, 9, 1.2)]).toEqual([
    0, 0, 9, 9,
  ]);
});
