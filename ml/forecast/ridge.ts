/** Weighted ridge regression with an optional prior mean: small, dense, by Cholesky factorisation. */

/** Solves A x = b for a symmetric positive definite A (size * size, row-major; overwritten). */
export function solveCholesky(a: Float64Array, b: Float64Array, size: number): Float64Array {
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < j; k++) {
      const factor = a[j * size + k]!;
      for (let i = j; i < size; i++) a[i * size + j]! -= a[i * size + k]! * factor;
    }
    const pivot = a[j * size + j]!;
    if (!(pivot > 0)) throw new RangeError(`matrix is not positive definite: pivot ${j} is ${pivot}`);
    const root = Math.sqrt(pivot);
    for (let i = j; i < size; i++) a[i * size + j]! /= root;
  }
  const x = Float64Array.from(b);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i]! -= a[i * size + k]! * x[k]!;
    x[i]! /= a[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= a[k * size + i]! * x[k]!;
    x[i]! /= a[i * size + i]!;
  }
  return x;
}

export interface RidgeRows {
  /** rows * width; column 0 is the intercept (1) and is not shrunk */
  readonly features: Float64Array;
  /** rows * outputs, NaN where not known */
  readonly targets: Float64Array;
  readonly weights: Float64Array;
  readonly rows: number;
  readonly width: number;
  readonly outputs: number;
}

/**
 * @param strength in rows of unit weight: how many rows the prior is worth, each column in its own standard deviation
 * @param prior width * outputs; zero when absent
 * @returns coefficients, width * outputs
 */
export function fitRidge(data: RidgeRows, strength: number, prior?: Float64Array): Float64Array {
  const { features, targets, weights, rows, width, outputs } = data;
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
  const coefficients = new Float64Array(width * outputs);
  for (let c = 0; c < outputs; c++) {
    const gram = new Float64Array(width * width);
    const right = new Float64Array(width);
    for (let r = 0; r < rows; r++) {
      let y = targets[r * outputs + c]!;
      if (Number.isNaN(y)) continue;
      const w = weights[r]!;
      if (prior) for (let j = 0; j < width; j++) y -= prior[j * outputs + c]! * features[r * width + j]!;
      for (let j = 0; j < width; j++) {
        const x = features[r * width + j]! * w;
        right[j]! += x * y;
        for (let k = 0; k <= j; k++) gram[j * width + k]! += x * features[r * width + k]!;
      }
    }
    for (let j = 0; j < width; j++) {
      gram[j * width + j]! += (j === 0 ? 1e-6 : strength) * (variance[j]! || 1) + 1e-9;
      for (let k = 0; k < j; k++) gram[k * width + j] = gram[j * width + k]!;
    }
    const solution = solveCholesky(gram, right, width);
    for (let j = 0; j < width; j++) {
      coefficients[j * outputs + c] = solution[j]! + (prior ? prior[j * outputs + c]! : 0);
    }
  }
  return coefficients;
}
