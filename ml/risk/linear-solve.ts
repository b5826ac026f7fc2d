/**
 * Solves A x = b for a symmetric positive definite A (row-major, n × n) by Cholesky factors.
 * Throws when A is not positive definite: a ridge term on the diagonal prevents that.
 */
export function solvePositiveDefinite(matrix: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= lower[i * n + k]! * lower[j * n + k]!;
      if (i === j && !(sum > 0)) throw new RangeError(`matrix is not positive definite at row ${i}: pivot ${sum}`);
      lower[i * n + j] = i === j ? Math.sqrt(sum) : sum / lower[j * n + j]!;
    }
  const x = Float64Array.from(right);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i * n + k]! * x[k]!;
    x[i]! /= lower[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= lower[k * n + i]! * x[k]!;
    x[i]! /= lower[i * n + i]!;
  }
  return x;
}

/** Ridge regression with a prior mean: accumulates weighted rows, then pulls the coefficients towards the prior. */
export class RidgeRegression {
  private readonly gram: Float64Array;
  private readonly cross: Float64Array;
  readonly size: number;

  constructor(size: number) {
    this.size = size;
    this.gram = new Float64Array(size * size);
    this.cross = new Float64Array(size);
  }

  add(row: ArrayLike<number>, target: number, weight = 1): void {
    const n = this.size;
    for (let i = 0; i < n; i++) {
      const scaled = weight * row[i]!;
      this.cross[i]! += scaled * target;
      for (let j = 0; j <= i; j++) this.gram[i * n + j]! += scaled * row[j]!;
    }
  }

  /** @param strength weight of the prior on each coefficient, in the same units as the sum of weight·row² */
  solve(strength: ArrayLike<number>, priorMean?: ArrayLike<number>): Float64Array {
    const n = this.size;
    const matrix = new Float64Array(n * n);
    const right = Float64Array.from(this.cross);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        matrix[i * n + j] = this.gram[i * n + j]!;
        matrix[j * n + i] = this.gram[i * n + j]!;
      }
      matrix[i * n + i]! += strength[i]!;
      right[i]! += strength[i]! * (priorMean?.[i] ?? 0);
    }
    return solvePositiveDefinite(matrix, right);
  }
}
