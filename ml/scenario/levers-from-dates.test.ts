import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateAfter, daysBetween } from '../numerics/days.ts';
import { type DatedLever, leverFromDates } from './levers-from-dates.ts';

const shares = { effect5K: 0.35, yieldShare: 0.1, movementContactShare: 0.5, businessContactShare: 0.2 };
const period = { fromDate: '2021-08-27', toDate: '2021-09-05' };

test('dates and days are each other’s way back, over months and leap days', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: -400, max: 400 }), (start, days) => {
      const from = new Date(start * 86_400_000).toISOString().slice(0, 10);
      expect(daysBetween(from, dateAfter(from, days))).toBe(days);
    }),
  );
  expect(dateAfter('2024-02-28', 2)).toBe('2024-03-01');
  expect(daysBetween('2021-12-31', '2022-01-01')).toBe(1);
});

test.each<[DatedLever, object]>([
  [
    { kind: 'vaccination', ...period, firstDosesPerDay: 500, secondDosesPerDay: 20 },
    { firstDosesPerDay: 500, secondDosesPerDay: 20 },
  ],
  [
    { kind: '5K', ...period, adherence: 0.6 },
    { adherence: 0.6, effect: 0.35 },
  ],
  [
    { kind: 'tracing', ...period, tracedPerDay: 40, isolationPlaces: 9 },
    { tracedPerDay: 40, isolationPlaces: 9, yieldShare: 0.1 },
  ],
  [
    { kind: 'treatment', ...period, beds: 50, intensiveCare: 5 },
    { beds: 50, intensiveCare: 5 },
  ],
  [
    { kind: 'movement', ...period, limit: 0.8 },
    { limit: 0.8, contactShare: 0.5 },
  ],
  [
    { kind: 'business', ...period, openShare: 0.3 },
    { openShare: 0.3, contactShare: 0.2 },
  ],
])('a lever by date is the same by day, with the share it needs: %o', (lever, rest) => {
  const { kind } = lever;
  expect(leverFromDates(lever, '2021-08-25', shares)).toEqual({ kind, fromDay: 2, toDay: 11, ...rest });
  expect(leverFromDates({ ...lever, areaIds: ['q7-1'] }, '2021-08-30', shares)).toEqual({
    kind,
    fromDay: -3,
    toDay: 6,
    wards: ['q7-1'],
    ...rest,
  });
});
