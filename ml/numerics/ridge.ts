/** Weighted ridge regression with an optional prior mean: small, dense, by Cholesky factors. */
import { solveCholesky } from './linear-algebra.ts';

/** All that least squares needs to know of weighted rows. */
export interface RidgeSums {
  readonly size: number;
  /** sum of weight · row · rowᵀ, size × size; only the lower triangle is filled */
  readonly gram: Float64Array;
  /** sum of weight · row · target */
  readonly cross: Float64Array;
}

/** Sums of no rows. @param size coefficients */
export const emptySums = (size: number): RidgeSums => ({
  size,
  gram: new Float64Array(size * size),
  cross: new Float64Array(size),
});

/** Adds the row that begins at index `at` of `values`. */
export function addRow(sums: RidgeSums, values: ArrayLike<number>, at: number, target: number, weight: number): void {
  const { size, gram, cross } = sums;
  for (let i = 0; i < size; i++) {
    const scaled = weight * values[at + i]!;
    cross[i]! += scaled * target;
    for (let j = 0; j <= i; j++) gram[i * size + j]! += scaled * values[at + j]!;
  }
}

/**
 * Pulls each coefficient towards a prior.
 * @param strength weight of the prior on each coefficient, in the same units as the sum of weight · row²
 * @param mean 0 when absent
 */
export function addPrior(sums: RidgeSums, strength: ArrayLike<number>, mean?: ArrayLike<number>): void {
  const { size, gram, cross } = sums;
  for (let i = 0; i < size; i++) {
    gram[i * size + i]! += strength[i]!;
    cross[i]! += strength[i]! * (mean?.[i] ?? 0);
  }
}

/** The coefficients. @throws RangeError when the rows and the prior do not determine them */
export const solveRidge = ({ gram, cross, size }: RidgeSums): Float64Array => solveCholesky(gram, cross, size);

/** Rows to learn from, in typed arrays. */
export interface WeightedRows {
  /** rows × width; of a regression column 0 is the intercept (1) */
  readonly features: Float64Array;
  /** rows × outputs, NaN where not known */
  readonly targets: Float64Array;
  readonly weights: Float64Array;
  readonly rows: number;
  readonly width: number;
  readonly outputs: number;
}

/**
 * Ridge regression of each output; the intercept (column 0) is not shrunk.
 * @param strength in rows of unit weight: how many rows the prior is worth, each column in its own standard deviation
 * @param prior width × outputs; zero when absent
 * @returns coefficients, width × outputs
 */
export function fitRidge(data: WeightedRows, strength: number, prior?: Float64Array): Float64Array {
  const { features, targets, weights, rows, width, outputs } = data;
  const variance = columnVariances(data);
  const strengths = variance.map((v, j) => (j === 0 ? 1e-6 : strength) * (v || 1) + 1e-9);
  const coefficients = new Float64Array(width * outputs);
  for (let c = 0; c < outputs; c++) {
    const sums = emptySums(width);
    for (let r = 0; r < rows; r++) {
      let y = targets[r * outputs + c]!;
      if (Number.isNaN(y)) continue;
      if (prior) for (let j = 0; j < width; j++) y -= prior[j * outputs + c]! * features[r * width + j]!;
      addRow(sums, features, r * width, y, weights[r]!);
    }
    addPrior(sums, strengths);
    const solution = solveRidge(sums);
    for (let j = 0; j < width; j++) {
      coefficients[j * outputs + c] = solution[j]! + (prior ? prior[j * outputs + c]! : 0);
    }
  }
  return coefficients;
}

function columnVariances({ features, weights, rows, width }: WeightedRows): Float64Array {
  const mean = new Float64Array(width);
  const variance = new Float64Array(width);
  let weight = 0;
  for (let r = 0; r < rows; r++) {
    weight += weights[r]!;
    for (let j = 0; j < width; j++) mean[j]! += weights[r]! * features[r * width + j]!;
  }
  for (let j = 0; j < width; j++) mean[j]! /= weight;
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < width; j++) variance[j]! += (weights[r]! * (features[r * width + j]! - mean[j]!) ** 2) / weight;
  }
  return variance;
}
