import { expect, test } from 'vitest';
import { restMs } from './pace.ts';

test.each([
  ['a batch to nobody', 0, 100, 16],
  ['one that costs 1.6 ms is the last that rests a frame', 1.6, 100, 16],
  ['above it ten times what it cost', 1.7, 100, 17],
  ['up to the longest', 9.9, 100, 99],
  ['never longer', 10.1, 100, 100],
  ['a longest shorter than a frame holds', 0, 10, 10],
])('%s', (_what, costMs, longestMs, expected) => {
  expect(restMs(costMs, longestMs)).toBeCloseTo(expected, 10);
});
