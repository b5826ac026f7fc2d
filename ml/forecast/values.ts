import { levelCount } from './spread.ts';

/**
 * Quantiles on the log scale to values: (exp(z) - 1) / unit, never negative, never crossing; NaN stays NaN.
 * @param most the largest value there can be: 1 for shares
 */
export function valuesFromLevels(quantiles: Float64Array, unit: number, most = Number.MAX_VALUE): Float64Array {
  const values = new Float64Array(quantiles.length);
  for (let base = 0; base < quantiles.length; base += levelCount) {
    let least = 0;
    for (let q = 0; q < levelCount; q++) {
      least = Math.min(most, Math.max(least, Math.expm1(quantiles[base + q]!) / unit));
      values[base + q] = least;
    }
  }
  return values;
}
