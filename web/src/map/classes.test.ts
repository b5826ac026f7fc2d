import { expect, test } from 'vitest';
import { classOf } from './classes.ts';

test('a cut point belongs to the class above it', () => {
  expect([0, 19.99, 20, 49.9, 50, 149.9, 150, 9999].map((rate) => classOf(rate))).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
});

test('what is not known has no class, which is not the lowest one', () => {
  expect([null, undefined, Number.NaN].map((rate) => classOf(rate))).toEqual([null, null, null]);
});
