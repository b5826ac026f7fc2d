import { describe, expect, test } from 'vitest';
import { addDays, dayIn, daysBetween, endOfDay } from './clock.ts';

describe('days', () => {
  test('over the ends of months and years, back and forth', () => {
    expect([addDays('2021-12-31', 1), addDays('2022-01-01', -1), addDays('2021-08-01', 0)]).toEqual([
      '2022-01-01',
      '2021-12-31',
      '2021-08-01',
    ]);
    expect([daysBetween('2021-12-31', '2022-01-01'), daysBetween('2022-01-01', '2021-12-31')]).toEqual([1, -1]);
  });

  test('of a moment in a zone, and its last millisecond there', () => {
    expect(dayIn('Asia/Ho_Chi_Minh', Date.parse('2021-08-23T16:59:59.999Z'))).toBe('2021-08-23');
    expect(dayIn('Asia/Ho_Chi_Minh', Date.parse('2021-08-23T17:00:00Z'))).toBe('2021-08-24');
    expect(new Date(endOfDay('2021-08-23', 'Asia/Ho_Chi_Minh')).toISOString()).toBe('2021-08-23T16:59:59.999Z');
    expect(new Date(endOfDay('2021-08-23', 'UTC')).toISOString()).toBe('2021-08-23T23:59:59.999Z');
    // New York: five hours behind in winter, four in summer; the clocks change on 2021-03-14 and 2021-11-07.
    expect(
      ['2021-03-13', '2021-03-14', '2021-11-06', '2021-11-07'].map((day) =>
        new Date(endOfDay(day, 'America/New_York')).toISOString(),
      ),
    ).toEqual([
      '2021-03-14T04:59:59.999Z',
      '2021-03-15T03:59:59.999Z',
      '2021-11-07T03:59:59.999Z',
      '2021-11-08T04:59:59.999Z',
    ]);
    expect(new Date(endOfDay('2021-12-31', 'Asia/Kathmandu')).toISOString()).toBe('2021-12-31T18:14:59.999Z');
  });
});
