/**
 * How wide errors of the log of a count are: variance = process + counting · noise, where the noise is what a small count adds by chance. How the two are
 * learned is each forecast's own; what they have in common is here.
 */
import { determinant2, solve2 } from './linear-algebra.ts';

/** Variance of the log of many cases, and what each unit of noise adds. */
export interface Spread {
  process: number;
  counting: number;
}

/** Counting noise of a log level: 1 / count, one at most. */
export const countingNoise = (logLevel: number): number => 1 / Math.max(1, Math.exp(logLevel));

export const varianceAt = ({ process, counting }: Spread, noise: number): number => process + counting * noise;

/** Weighted sums of squared errors on (1, noise): weight, weight·noise, weight·noise², weight·squared, weight·noise·squared. */
export type SpreadSums = Float64Array;

/** Adds one squared error. */
export function addSquaredError(sums: SpreadSums, weight: number, noise: number, squared: number): void {
  sums[0]! += weight;
  sums[1]! += weight * noise;
  sums[2]! += weight * noise * noise;
  sums[3]! += weight * squared;
  sums[4]! += weight * noise * squared;
}

/** Least squares, bounded by nothing: either part may come out negative. Undefined when the noise of all errors is the same. */
export function leastSquaresSpread(sums: SpreadSums): Spread | undefined {
  const matrix = { a11: sums[0]!, a12: sums[1]!, a22: sums[2]! };
  if (!(determinant2(matrix) > 1e-12)) return undefined;
  const [process, counting] = solve2(matrix, sums[3]!, sums[4]!);
  return { process, counting };
}
