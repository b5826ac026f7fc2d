import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { District, Drill } from '../api/answers.ts';
import { addDays, dayIn, daysBetween, districtNow, drillNow, endOfDay } from './clock.ts';

const drill: Drill = {
  running: true,
  paused: false,
  speed: 3600,
  clock: '2021-08-24T00:00:00Z',
  from: '2021-06-01T00:00:00Z',
  to: '2021-11-30T00:00:00Z',
  district: 'q7-drill',
};
const clock = Date.parse(drill.clock);
const district = (more: Partial<District>): District => ({
  district: 'q7',
  name: 'Quận 7',
  timeZone: 'Asia/Ho_Chi_Minh',
  clock: 'live',
  exercise: false,
  lon: 106.7,
  lat: 10.7,
  ...more,
});

test('an exercise runs on at its speed from when it was told, stands still when paused, and ends at its end', () => {
  expect(drillNow(drill, 5000, 6000)).toBe(clock + 3_600_000);
  expect(drillNow({ ...drill, paused: true }, 5000, 6000)).toBe(clock);
  expect(drillNow({ ...drill, running: false }, 5000, 6000)).toBe(clock);
  expect(drillNow({ ...drill, speed: 1e9 }, 5000, 600_000)).toBe(Date.parse(drill.to));
  expect(drillNow({ ...drill, speed: 1e9, to: '2021-11-30' }, 5000, 600_000)).toBe(
    Date.parse('2021-11-30T23:59:59.999Z'),
  );
});

test('each kind of district has its own clock', () => {
  const told = { state: drill, receivedAtMs: 5000 };
  expect(districtNow(district({}), 6000, told, 77)).toBe(6000);
  expect(districtNow(district({ district: 'q7-drill', clock: 'recorded', exercise: true }), 6000, told, 77)).toBe(
    clock + 3_600_000,
  );
  expect(districtNow(district({ district: 'nyc', clock: 'recorded' }), 6000, told, 77)).toBe(77);
  expect(districtNow(district({ district: 'nyc', clock: 'recorded' }), 6000, undefined, undefined)).toBe(6000);
});

test('the end of a day is its last millisecond in its own zone, also on the days on which clocks change', () => {
  const zones = fc.constantFrom('Asia/Ho_Chi_Minh', 'America/New_York', 'America/Chicago', 'UTC');
  fc.assert(
    fc.property(zones, fc.integer({ min: 0, max: 3000 }), (zone, n) => {
      const day = addDays('2019-01-01', n);
      expect(dayIn(zone, endOfDay(day, zone))).toBe(day);
      expect(dayIn(zone, endOfDay(day, zone) + 1)).toBe(addDays(day, 1));
    }),
  );
});

test('days are counted across months and leap days', () => {
  expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
  expect(daysBetween('2021-08-01', '2021-09-01')).toBe(31);
});
