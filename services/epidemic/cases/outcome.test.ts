import { expect, test } from 'vitest';
import { isBeforeDay } from './outcome.ts';

test.each([
  // Noon of a day in the district, as a file of days says it.
  ['2021-08-17T05:00:00.000Z', '2021-08-18', true],
  ['2021-08-18T05:00:00.000Z', '2021-08-18', false],
  // The last second at which the day has begun nowhere, and the first at which it has.
  ['2021-08-17T09:59:59.999Z', '2021-08-18', true],
  ['2021-08-17T10:00:00.000Z', '2021-08-18', false],
])('%s is before %s in every time zone: %s', (instant, day, right) => {
  expect(isBeforeDay(instant, day)).toBe(right);
});
