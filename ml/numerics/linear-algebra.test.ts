import { expect, test } from 'vitest';
import { determinant2, solve2, solveCholesky } from './linear-algebra.ts';

test('three unknowns, from the lower triangle alone, and nothing is written', () => {
  // A = L Lᵀ with L = [[2,0,0],[6,1,0],[-8,5,3]], the usual example; x = (1, -2, 3)
  const matrix = Float64Array.of(4, Number.NaN, Number.NaN, 12, 37, Number.NaN, -16, -43, 98);
  const right = Float64Array.of(4 - 24 - 48, 12 - 74 - 129, -16 + 86 + 294);
  const before = [matrix.slice(), right.slice()];
  const x = solveCholesky(matrix, right);
  [1, -2, 3].forEach((value, i) => {
    expect(x[i]).toBeCloseTo(value, 10);
  });
  expect([matrix, right]).toEqual(before);
});

test('a matrix that is not positive definite is refused with its row and pivot', () => {
  expect(() => solveCholesky(Float64Array.of(1, 0, 1, 1), Float64Array.of(1, 1))).toThrow('at row 1: pivot 0');
  expect(() => solveCholesky(Float64Array.of(Number.NaN), Float64Array.of(1))).toThrow('at row 0: pivot NaN');
});

test('two unknowns by Cramer', () => {
  const matrix = { a11: 2, a12: 1, a22: 5 };
  expect(determinant2(matrix)).toBe(9);
  // 2·3 + 1·(-1) = 5, 1·3 + 5·(-1) = -2
  expect(solve2(matrix, 5, -2)).toEqual([3, -1]);
});
