import { expect, test } from 'vitest';
import { addDays, daysBetween } from './days.ts';

test.each([
  ['2021-02-28', 1, '2021-03-01'],
  ['2020-02-28', 1, '2020-02-29'],
  ['2021-01-01', -1, '2020-12-31'],
  ['2021-07-01', 0, '2021-07-01'],
  ['1969-12-31', 1, '1970-01-01'],
])('%s and %i days is %s', (from, days, to) => {
  expect(addDays(from, days)).toBe(to);
  expect(daysBetween(from, to)).toBe(days);
});
