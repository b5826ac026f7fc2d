/** Random draws, each from a source of uniform numbers. The binomial draws of the scenarios, many with few chances, are in `binomial-draws.ts`. */
import type { Uniform } from './generators.ts';

/** A source of standard normal numbers. */
export type Normal = () => number;

/** Standard normal by the polar method (Marsaglia 1964): made in pairs, of which the second is kept for the next call. */
export function polarNormal(uniform: Uniform): Normal {
  let spare = Number.NaN;
  return () => {
    if (!Number.isNaN(spare)) {
      const kept = spare;
      spare = Number.NaN;
      return kept;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * Math.log(s)) / s);
        spare = v * factor;
        return u * factor;
      }
    }
  };
}

/** Standard normal by the transform of Box and Muller (1958): always two uniform numbers, nothing kept. */
export const boxMullerNormal =
  (uniform: Uniform): Normal =>
  () =>
    Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());

/**
 * Gamma with mean `shape * scale` (Marsaglia and Tsang 2000, with the power trick below shape 1).
 * @throws RangeError unless shape > 0 and scale > 0
 */
export function drawGamma(shape: number, scale: number, uniform: Uniform, normal: Normal): number {
  if (!(shape > 0) || !(scale > 0)) throw new RangeError(`gamma needs shape > 0 and scale > 0, got ${shape}, ${scale}`);
  if (shape < 1) return drawGamma(shape + 1, scale, uniform, normal) * (1 - uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const k = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal();
    const v = (1 + k * x) ** 3;
    if (v <= 0) continue;
    const u = 1 - uniform();
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v * scale;
  }
}

/**
 * Poisson of a small mean, by the product of uniform numbers (Knuth 1969): mean + 1 uniform numbers a draw.
 * @param mean from 0 to about 700, beyond which exp(-mean) is no longer a number above 0
 */
export function poissonByProducts(mean: number, uniform: Uniform): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = uniform(); product > limit; product *= uniform()) count++;
  return count;
}

/**
 * Poisson, exact for any mean: gamma waiting times are split off until the rest is small (Ahrens and Dieter 1974).
 * @throws RangeError unless mean >= 0
 */
export function drawPoisson(mean: number, uniform: Uniform, normal: Normal): number {
  if (!(mean >= 0)) throw new RangeError(`poisson needs mean >= 0, got ${mean}`);
  let total = 0;
  let left = mean;
  while (left > 24) {
    const most = Math.floor((left * 7) / 8);
    const wait = drawGamma(most, 1, uniform, normal);
    if (wait > left) return total + drawBinomial(most - 1, left / wait, uniform, normal);
    total += most;
    left -= wait;
  }
  return total + poissonByProducts(left, uniform);
}

/** Binomial, exact for any number of trials: halved by beta-distributed order statistics until few are left (Ahrens and Dieter 1974). */
export function drawBinomial(trials: number, probability: number, uniform: Uniform, normal: Normal): number {
  let n = trials;
  let p = probability;
  let hits = 0;
  while (n > 24) {
    const i = 1 + Math.floor(n / 2);
    const x = drawGamma(i, 1, uniform, normal);
    const beta = x / (x + drawGamma(n + 1 - i, 1, uniform, normal));
    if (beta >= p) {
      n = i - 1;
      p /= beta;
    } else {
      hits += i;
      n -= i;
      p = (p - beta) / (1 - beta);
    }
  }
  for (let i = 0; i < n; i++) if (uniform() < p) hits++;
  return hits;
}
