import { describe, expect, it } from 'vitest';
import { boxMullerNormal, drawBinomial, drawGamma, drawPoisson, poissonByProducts, polarNormal } from './draws.ts';
import { sfc32 } from './generators.ts';

const draws = 20_000;

function moments(draw: () => number): { mean: number; variance: number } {
  let [sum, square] = [0, 0];
  for (let i = 0; i < draws; i++) {
    const x = draw();
    sum += x;
    square += x * x;
  }
  return { mean: sum / draws, variance: square / draws - (sum / draws) ** 2 };
}

describe('means and variances', () => {
  const uniform = sfc32(1, 2, 3);
  const normal = polarNormal(uniform);
  // tolerances: five standard errors of the mean, loosely as much for the variance
  it.each([
    ['normal of Box and Muller', boxMullerNormal(uniform), 0, 1],
    ['binomial of 20', () => drawBinomial(20, 0.3, uniform, normal), 6, 4.2],
    ['binomial of 1,000', () => drawBinomial(1000, 0.3, uniform, normal), 300, 210],
    ['Poisson 7 by products', () => poissonByProducts(7, uniform), 7, 7],
    ['Poisson 24', () => drawPoisson(24, uniform, normal), 24, 24],
    ['Poisson 25', () => drawPoisson(25, uniform, normal), 25, 25],
    ['gamma of shape 1', () => drawGamma(1, 3, uniform, normal), 3, 9],
  ] as const)('%s', (_, draw, mean, variance) => {
    const found = moments(draw);
    expect(Math.abs(found.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / draws));
    expect(Math.abs(found.variance / variance - 1)).toBeLessThan(0.12);
  });
});

describe('edges', () => {
  const uniform = sfc32(4, 5, 6);
  const normal = polarNormal(uniform);
  it('nobody, never, always', () => {
    for (const trials of [0, 24, 25, 500]) {
      expect(drawBinomial(trials, 0, uniform, normal)).toBe(0);
      expect(drawBinomial(trials, 1, uniform, normal)).toBe(trials);
    }
    expect([poissonByProducts(0, uniform), drawPoisson(0, uniform, normal)]).toEqual([0, 0]);
  });
  it('what has no distribution is refused by name', () => {
    expect(() => drawGamma(0, 1, uniform, normal)).toThrow('shape > 0');
    expect(() => drawGamma(1, Number.NaN, uniform, normal)).toThrow('scale > 0');
    expect(() => drawPoisson(-1, uniform, normal)).toThrow('mean >= 0');
  });
});
