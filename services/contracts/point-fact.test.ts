import { expect, test } from 'vitest';
import { caseDay } from './events/epidemic/case-day.ts';
import { dayAfter } from './point-fact.ts';

const best = (day: string) => ({ day, dayIsFallback: false });
const fallback = (day: string) => ({ day, dayIsFallback: true });

test('a fallback day gives way to any day, a best day only to a best day, and silence changes nothing', () => {
  expect(dayAfter(undefined, {})).toEqual({ day: null, dayIsFallback: false });
  expect(dayAfter(undefined, fallback('2021-07-06'))).toEqual(fallback('2021-07-06'));
  expect(dayAfter(fallback('2021-07-06'), fallback('2021-07-08'))).toEqual(fallback('2021-07-08'));
  expect(dayAfter(fallback('2021-07-06'), best('2021-07-03'))).toEqual(best('2021-07-03'));
  expect(dayAfter(best('2021-07-03'), fallback('2021-07-08'))).toEqual(best('2021-07-03'));
  expect(dayAfter(best('2021-07-03'), best('2021-07-04'))).toEqual(best('2021-07-04'));
  expect(dayAfter(best('2021-07-03'), {})).toEqual(best('2021-07-03'));
});

test('only the day is answered, whatever else the entity holds', () => {
  const entity = { ...fallback('2021-07-06'), at: { x: 1, y: 2 } };
  expect(dayAfter(entity, {})).toEqual(fallback('2021-07-06'));
});

// The case's day as the figures define it: of the specimen, else of the confirmation.
test('a case has the day of its specimen, else of its confirmation', () => {
  expect(caseDay({ specimenDate: '2021-07-03', confirmedDate: '2021-07-06' })).toEqual(best('2021-07-03'));
  expect(caseDay({ confirmedDate: '2021-07-06' })).toEqual(fallback('2021-07-06'));
  // The confirmation is corrected and falls on another day than the specimen: the specimen's day stays, also where both were one day.
  const sameDay = dayAfter(undefined, caseDay({ specimenDate: '2021-07-05', confirmedDate: '2021-07-05' }));
  expect(dayAfter(sameDay, caseDay({ confirmedDate: '2021-07-06' }))).toEqual(best('2021-07-05'));
});
