import { expect, test } from 'vitest';
import { typedDay, typedTime, writtenDay } from './typed-day.ts';

test.each([
  ['24/8/2021', '2021-08-24'],
  ['24/08/2021', '2021-08-24'],
  ['03/04/2021', '2021-04-03'],
  ['24-8-21', '2021-08-24'],
  ['24.08.2021', '2021-08-24'],
  ['24 8 2021', '2021-08-24'],
  ['24082021', '2021-08-24'],
  ['2021-08-24', '2021-08-24'],
  [' 1/1/2022 ', '2022-01-01'],
])('%s is the day %s: the day stands first', (text, day) => expect(typedDay(text)).toBe(day));

test.each(['', '8/24/2021', '31/02/2021', '24/8', 'mai', '0/1/2021', '24/8/202', '2021-13-01'])(
  '“%s” is no day',
  (text) => expect(typedDay(text)).toBeNull(),
);

test.each([
  ['7:05', '07:05'],
  ['07h05', '07:05'],
  ['0705', '07:05'],
  ['7', '07:00'],
  ['7h', '07:00'],
  ['23:59', '23:59'],
])('%s is the time %s', (text, time) => expect(typedTime(text)).toBe(time));
test.each(['', '24:00', '7:60', 'x', '12345'])('“%s” is no time', (text) => expect(typedTime(text)).toBeNull());

test('a day is written as it is typed', () => expect(typedDay(writtenDay('2021-08-03'))).toBe('2021-08-03'));
