import { expect, test } from 'vitest';
import { endOfTerm, isWorkingDay, type Term } from './term.ts';
import { calendarOf } from './working-days.ts';

const home = 'Asia/Ho_Chi_Minh';

// The last moment before it is not overdue, this one is. Local days of Vietnam end at 17:00 UTC.
test.each<[string, Term, string, string]>([
  ['60 s', { seconds: 60 }, '2021-10-01T00:00:30.500Z', '2021-10-01T00:01:30.500Z'],
  ['48 hours are 48 hours, over a weekend too', { hours: 48 }, '2021-11-05T02:00:00Z', '2021-11-07T02:00:00.000Z'],
  [
    '2 working days from a Thursday: Friday and Monday',
    { workingDays: 2 },
    '2021-11-04T02:00:00Z',
    '2021-11-08T17:00:00.000Z',
  ],
  [
    '2 working days from the last second of a Thursday',
    { workingDays: 2 },
    '2021-11-04T16:59:59.999Z',
    '2021-11-08T17:00:00.000Z',
  ],
  [
    '2 working days from the first second of a Friday: Monday and Tuesday',
    { workingDays: 2 },
    '2021-11-04T17:00:00Z',
    '2021-11-09T17:00:00.000Z',
  ],
  [
    '10 days from receipt, the last one a Sunday: Monday',
    { days: 10 },
    '2021-11-04T02:00:00Z',
    '2021-11-15T17:00:00.000Z',
  ],
  ['10 days from receipt, the last one a Monday', { days: 10 }, '2021-11-05T02:00:00Z', '2021-11-15T17:00:00.000Z'],
  ['one month from the last of January', { months: 1 }, '2022-01-31T02:00:00Z', '2022-02-28T17:00:00.000Z'],
  ['a named day is not moved', { on: '2021-11-07' }, '2021-11-01T02:00:00Z', '2021-11-07T17:00:00.000Z'],
  [
    '08:00 of the next local day, at 23:59 local',
    { at: '08:00', daysLater: 1 },
    '2021-11-04T16:59:00Z',
    '2021-11-05T01:00:00.000Z',
  ],
  [
    '08:00 of the next local day, at 00:00 local',
    { at: '08:00', daysLater: 1 },
    '2021-11-04T17:00:00Z',
    '2021-11-06T01:00:00.000Z',
  ],
])('%s', (_words, term, from, end) => expect(endOfTerm(term, from, home)).toBe(end));

test('Tết: two working days over it, and a Saturday that is worked in exchange', () => {
  // 2022: closed from Monday 31 January to Friday 4 February.
  expect(isWorkingDay('2022-01-31', calendarOf(home))).toBe(false);
  expect(endOfTerm({ workingDays: 2 }, '2022-01-27T02:00:00Z', home)).toBe('2022-02-07T17:00:00.000Z');
  expect(endOfTerm({ workingDays: 2 }, '2022-01-27T02:00:00Z', 'UTC')).toBe('2022-02-01T00:00:00.000Z');
});
