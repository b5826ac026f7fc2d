import { expect, test } from 'vitest';
import { fillDividedWeeks, isOwnWeek } from './divided-weeks.ts';

test('a week is an area’s own from the one that begins on the day of its borders', () => {
  expect([isOwnWeek(106, 100), isOwnWeek(105, 100)]).toEqual([true, false]);
});

const week = (instant: number, area: number, weekEnd: number, rate: number) => ({
  ...{ instant, publishedDay: instant, area, weekEnd, rate },
});

test('weeks before have the rate of the others together, as known at each publication; weeks since are as published', () => {
  // Areas 0 and 1 of 1,000 and 3,000 people; area 2 has its borders since day 100, and what was said of it before is of other borders.
  const filled = fillDividedWeeks(
    [
      week(1, 0, 99, 40),
      week(1, 1, 99, 80),
      week(1, 2, 99, 5000),
      week(2, 0, 99, 80),
      week(3, 2, 106, 7),
      week(3, 0, 106, 9),
    ],
    [1000, 3000, 500],
    (area) => (area === 2 ? 100 : undefined),
  );
  expect(filled.filter(({ area }) => area === 2)).toEqual([week(1, 2, 99, 70), week(2, 2, 99, 80), week(3, 2, 106, 7)]);
  expect(filled.filter(({ area }) => area !== 2).length).toBe(4);
});

test('a week that is suppressed everywhere is of no known rate; without divided areas nothing changes', () => {
  const blank = [week(1, 0, 99, Number.NaN)];
  expect(fillDividedWeeks(blank, [1000, 500], (area) => (area === 1 ? 100 : undefined))[1]!.rate).toBeNaN();
  expect(fillDividedWeeks(blank, [1000, 500], () => undefined)).toEqual(blank);
});
