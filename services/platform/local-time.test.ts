import { expect, test } from 'vitest';
import { instantOfWallClock, localDay } from './local-time.ts';

const at = (local: string, zone: string) => new Date(instantOfWallClock(Date.parse(`${local}Z`), zone)).toISOString();

test('a zone without summer time', () => {
  expect(at('2021-11-04T08:30:00', 'Asia/Ho_Chi_Minh')).toBe('2021-11-04T01:30:00.000Z');
  expect(localDay(Date.parse('2021-11-03T17:00:00Z'), 'Asia/Ho_Chi_Minh')).toBe('2021-11-04');
  expect(localDay(Date.parse('2021-11-03T16:59:59Z'), 'Asia/Ho_Chi_Minh')).toBe('2021-11-03');
});

// Source: IANA tz database, New York: forward 2021-03-14 02:00, back 2021-11-07 02:00.
test.each([
  ['2021-03-14T01:59:59', '2021-03-14T06:59:59.000Z'],
  ['2021-03-14T02:30:00', '2021-03-14T07:30:00.000Z'],
  ['2021-03-14T03:00:00', '2021-03-14T07:00:00.000Z'],
  ['2021-11-07T00:30:00', '2021-11-07T04:30:00.000Z'],
  ['2021-11-07T01:30:00', '2021-11-07T05:30:00.000Z'],
  ['2021-11-07T02:00:00', '2021-11-07T07:00:00.000Z'],
  ['2021-07-01T12:00:00', '2021-07-01T16:00:00.000Z'],
])('New York %s', (local, utc) => {
  expect(at(local, 'America/New_York')).toBe(utc);
});
