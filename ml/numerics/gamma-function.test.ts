import { expect, test } from 'vitest';
import { logFactorial, logFactorialByStirling, logGamma } from './gamma-function.ts';

test('log n! is log Γ(n + 1), in the table and beyond it', () => {
  for (const n of [0, 1, 2, 10, 170, 4094, 4095, 4096, 4097, 1e6])
    expect(Math.abs(logFactorial(n) - logGamma(n + 1))).toBeLessThan(1e-11 * Math.max(1, logGamma(n + 1)));
  expect(logFactorial(5)).toBeCloseTo(Math.log(120), 12);
});

test("Stirling's series from 10 on", () => {
  for (const n of [10, 50, 1000]) expect(Math.abs(logFactorialByStirling(n) / logGamma(n + 1) - 1)).toBeLessThan(1e-9);
});
