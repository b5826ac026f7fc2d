import { expect, test } from 'vitest';
import { accountLock, lockedUntil } from './lock-out.ts';

const minute = 60_000;
const after = (failures: number[], now: number) =>
  lockedUntil(
    failures.map((at) => at * minute),
    accountLock,
    now * minute,
  );

test('five wrong tries within a quarter of an hour lock for a quarter of an hour after the last', () => {
  expect(after([100, 101, 102, 103], 103)).toBeUndefined();
  expect(after([100, 101, 102, 103, 104], 104)).toBe(119 * minute);
  expect(after([104, 100, 103, 101, 102], 118.99)).toBe(119 * minute);
  expect(after([100, 101, 102, 103, 104], 119)).toBeUndefined();
});

test('tries that lie further apart do not lock', () => {
  expect(after([100, 104, 108, 112, 115], 115)).toBeUndefined();
  expect(after([100, 104, 108, 112, 114.99], 115)).toBeDefined();
});

test('one more wrong try after five that lie far back does not lock', () => {
  expect(after([10, 11, 12, 13, 14, 100], 100)).toBeUndefined();
});

test('a lock is not ended by a later try that is not of its group', () => {
  expect(after([100, 101, 102, 103, 104, 117], 118)).toBe(119 * minute);
});
