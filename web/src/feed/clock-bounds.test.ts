import { describe, expect, test } from 'vitest';
import type { District, Drill } from '../api/answers.ts';
import { addDays, dayIn, daysBetween, districtNow, drillNow, endOfDay } from './clock.ts';

const drill: Drill = {
  running: true,
  paused: false,
  speed: 60,
  clock: '2021-08-24T00:00:00Z',
  from: '2021-06-01T00:00:00Z',
  to: '2021-08-24T01:00:00Z',
  district: 'q7-drill',
};
const start = Date.parse(drill.clock);

describe('the clock of an exercise', () => {
  test('runs at its speed, and stands at its end from then on', () => {
    expect(
      [0, 1, 59_999, 60_000, 60_001, 999_999].map((passed) => drillNow(drill, 1000, 1000 + passed) - start),
    ).toEqual([0, 60, 3_599_940, 3_600_000, 3_600_000, 3_600_000]);
  });

  test('never goes back: not when our clock does, and not when it was told a moment after its end', () => {
    expect(drillNow(drill, 1000, 500)).toBe(start);
    expect(drillNow({ ...drill, to: '2021-08-23T00:00:00Z' }, 1000, 9000)).toBe(start);
  });

  test('stands when it is paused or not running', () => {
    expect(drillNow({ ...drill, paused: true }, 0, 9000)).toBe(start);
    expect(drillNow({ ...drill, running: false }, 0, 9000)).toBe(start);
  });

  test('an end that is a day lasts through it', () => {
    expect(drillNow({ ...drill, to: '2021-08-24', speed: 1e9 }, 0, 9000)).toBe(Date.parse('2021-08-24T23:59:59.999Z'));
  });
});

describe('now, in a district', () => {
  const district = (clock: District['clock'], name = 'q7-drill'): District => ({
    district: name,
    name: 'x',
    timeZone: 'UTC',
    clock,
    exercise: true,
    lon: 0,
    lat: 0,
  });
  const told = { state: drill, receivedAtMs: 1000 };

  test('the wall’s where it is live or not known yet, an exercise’s own, else the last that was recorded', () => {
    expect(districtNow(undefined, 5000, told, 7)).toBe(5000);
    expect(districtNow(district('live'), 5000, told, 7)).toBe(5000);
    expect(districtNow(district('recorded'), 2000, told, 7)).toBe(start + 60_000);
    expect(districtNow(district('recorded', 'nyc'), 2000, told, 7)).toBe(7);
    expect(districtNow(district('recorded'), 2000, undefined, 0)).toBe(0);
    expect(districtNow(district('recorded'), 2000, undefined, undefined)).toBe(2000);
  });
});

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
