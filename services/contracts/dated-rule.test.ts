import { expect, test } from 'vitest';
import { datedRule, holdsAt } from './dated-rule.ts';

const [from, until] = ['2022-01-28T00:00:00+07:00', '2025-07-01T00:00:00+07:00'];

test('holds from its first instant, and no longer at its last, in whatever zone they are written', () => {
  expect(
    ['2022-01-27T16:59:59.999Z', '2022-01-27T17:00:00Z', '2025-06-30T23:59:59.999+07:00', '2025-06-30T17:00:00Z'].map(
      (at) => holdsAt({ from, until }, at),
    ),
  ).toEqual([false, true, true, false]);
});

test('without a bound it holds on that side for ever', () => {
  expect(holdsAt({ from: null, until }, '0001-01-01T00:00:00Z')).toBe(true);
  expect(holdsAt({ from: null, until }, until)).toBe(false);
  expect(holdsAt({ from, until: null }, '9999-12-31T23:59:59Z')).toBe(true);
  expect(holdsAt({ from, until: null }, '2022-01-27T00:00:00Z')).toBe(false);
});

test('a rule that names no source, no bound or not whether it was read is none', () => {
  const rule = { from, until: null, verified: false, source: 'QĐ 2686' };
  expect(datedRule.safeParse(rule).success).toBe(true);
  for (const field of Object.keys(rule))
    expect(datedRule.safeParse({ ...rule, [field]: undefined }).success, field).toBe(false);
});
