import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';

function moments(draw: () => number, n = 20_000): { mean: number; variance: number } {
  let sum = 0;
  let square = 0;
  for (let k = 0; k < n; k++) {
    const x = draw();
    sum += x;
    square += x * x;
  }
  return { mean: sum / n, variance: square / n - (sum / n) ** 2 };
}

describe('seeded randomness', () => {
  it('gives the same numbers for the same seed, and others for another', () => {
    const a = createRandom(7);
    const b = createRandom(7);
    const first = Array.from({ length: 100 }, () => a.uniform());
    expect(Array.from({ length: 100 }, () => b.uniform())).toEqual(first);
    expect(createRandom(8).uniform()).not.toBe(first[0]);
  });
  it('children do not depend on what the parent has drawn', () => {
    const a = createRandom(7);
    a.normal();
    expect(a.child(3).uniform()).toBe(createRandom(7).child(3).uniform());
    expect(a.child(3).uniform()).not.toBe(a.child(4).uniform());
  });
  // tolerances: five standard errors of the mean, loosely as much for the variance
  it.each([
    ['uniform', (r: ReturnType<typeof createRandom>) => r.uniform(), 0.5, 1 / 12],
    ['normal', (r: ReturnType<typeof createRandom>) => r.normal(), 0, 1],
    ['gamma 0.5', (r: ReturnType<typeof createRandom>) => r.gamma(0.5, 2), 1, 2],
    ['gamma 9', (r: ReturnType<typeof createRandom>) => r.gamma(9, 1), 9, 9],
    ['poisson 3', (r: ReturnType<typeof createRandom>) => r.poisson(3), 3, 3],
    ['poisson 400', (r: ReturnType<typeof createRandom>) => r.poisson(400), 400, 400],
    ['negative binomial', (r: ReturnType<typeof createRandom>) => r.negativeBinomial(20, 5), 20, 100],
  ] as const)('%s has its mean and variance', (_, draw, mean, variance) => {
    const random = createRandom(11);
    const got = moments(() => draw(random));
    expect(Math.abs(got.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / 20_000));
    expect(Math.abs(got.variance / variance - 1)).toBeLessThan(0.12);
  });
});
