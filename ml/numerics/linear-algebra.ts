/**
 * Solves A x = b for a symmetric positive definite A by Cholesky factors.
 * @param matrix size × size, row-major; only its lower triangle is read, nothing is written
 * @param right size
 * @throws RangeError when A is not positive definite: a ridge term on the diagonal prevents that
 */
export function solveCholesky(matrix: Float64Array, right: Float64Array, size = right.length): Float64Array {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= lower[i * size + k]! * lower[j * size + k]!;
      if (i === j && !(sum > 0)) throw new RangeError(`matrix is not positive definite at row ${i}: pivot ${sum}`);
      lower[i * size + j] = i === j ? Math.sqrt(sum) : sum / lower[j * size + j]!;
    }
  const x = Float64Array.from(right);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i * size + k]! * x[k]!;
    x[i]! /= lower[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= lower[k * size + i]! * x[k]!;
    x[i]! /= lower[i * size + i]!;
  }
  return x;
}

/** A symmetric matrix of two by two. */
export interface Symmetric2 {
  readonly a11: number;
  readonly a12: number;
  readonly a22: number;
}

/** Determinant of a symmetric matrix of two by two. */
export const determinant2 = ({ a11, a12, a22 }: Symmetric2): number => a11 * a22 - a12 * a12;

/** Solves A x = b for two unknowns by Cramer's rule; infinite or NaN when the determinant is 0. */
export function solve2(matrix: Symmetric2, b1: number, b2: number): [number, number] {
  const { a11, a12, a22 } = matrix;
  const determinant = determinant2(matrix);
  return [(a22 * b1 - a12 * b2) / determinant, (a11 * b2 - a12 * b1) / determinant];
}
