import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { District, Drill } from '../api/answers.ts';
import { addDays, dayIn, daysBetween, districtNow, drillNow, endOfDay, type ToldDrill, toldAgain } from './clock.ts';

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

const later = (hours: number, more: Partial<Drill> = {}): Drill => ({
  ...drill,
  sent: 10,
  ...more,
  clock: new Date(clock + hours * 3_600_000).toISOString(),
});

test('an exercise is first shown as it was told, and walks to each further word in the time since the last', () => {
  const first = toldAgain(undefined, later(0), 1000);
  expect([1000, 3500, 99_000].map((wallMs) => drillNow(first, wallMs) - clock)).toEqual([0, 0, 0]);
  const second = toldAgain(first, later(4), 5000);
  expect([5000, 6000, 7000, 9000, 99_000].map((wallMs) => (drillNow(second, wallMs) - clock) / 3_600_000)).toEqual([
    0, 1, 2, 4, 4,
  ]);
  const third = toldAgain(second, later(8), 7000);
  expect([7000, 8000, 9000].map((wallMs) => (drillNow(third, wallMs) - clock) / 3_600_000)).toEqual([2, 5, 8]);
});

test('a paused exercise stands where it was told', () => {
  const paused = toldAgain(toldAgain(undefined, later(0), 1000), later(4, { paused: true }), 5000);
  expect(drillNow(paused, 5000)).toBe(clock + 4 * 3_600_000);
  expect(drillNow(toldAgain(paused, later(4, { running: false }), 5500), 5500)).toBe(clock + 4 * 3_600_000);
});

test('a page that slept walks for ten seconds at most', () => {
  const slept = toldAgain(toldAgain(undefined, later(0), 0), later(10), 3_600_000);
  expect(drillNow(slept, 3_605_000) - clock).toBe(5 * 3_600_000);
  expect(drillNow(slept, 3_610_000) - clock).toBe(10 * 3_600_000);
});

test('the clock never goes back and never runs ahead of the exercise, however words come; a new run begins anew', () => {
  const words = fc.array(
    fc.record({ afterMs: fc.integer({ min: 0, max: 30_000 }), hours: fc.integer({ min: -2, max: 9 }) }),
  );
  fc.assert(
    fc.property(words, (said) => {
      let told: ToldDrill | undefined;
      let wallMs = 0;
      let hours = 0;
      let shown = Number.NEGATIVE_INFINITY;
      let reached = Number.NEGATIVE_INFINITY;
      said.forEach(({ afterMs, hours: more }, index) => {
        wallMs += afterMs;
        hours += more;
        if (told) {
          expect(drillNow(told, wallMs)).toBeGreaterThanOrEqual(shown);
          shown = drillNow(told, wallMs);
        }
        told = toldAgain(told, later(hours, { sent: index }), wallMs);
        reached = Math.max(reached, clock + hours * 3_600_000);
        for (const passed of [0, 700, 60_000]) {
          expect(drillNow(told, wallMs + passed)).toBeLessThanOrEqual(reached);
        }
        expect(drillNow(told, wallMs)).toBeGreaterThanOrEqual(shown);
        shown = drillNow(told, wallMs);
      });
    }),
  );
  const before = toldAgain(undefined, later(50, { sent: 900 }), 0);
  expect(drillNow(toldAgain(before, later(0, { sent: 899 }), 1000), 1000)).toBe(clock);
  expect(drillNow(toldAgain(before, later(0, { district: 'other', sent: 900 }), 1000), 1000)).toBe(clock);
});

test('each kind of district has its own clock', () => {
  const told = { state: drill, receivedAtMs: 5000 };
  const exercise = district({ district: 'q7-drill', clock: 'recorded', exercise: true });
  expect(districtNow(undefined, 6000, told, 77)).toBe(6000);
  expect(districtNow(district({}), 6000, told, 77, clock)).toBe(6000);
  expect(districtNow(exercise, 6000, told, 77)).toBe(clock);
  expect(districtNow(exercise, 6000, undefined, 0)).toBe(0);
  expect(districtNow(district({ district: 'nyc', clock: 'recorded' }), 6000, told, 77)).toBe(77);
  expect(districtNow(district({ district: 'nyc', clock: 'recorded' }), 6000, undefined, undefined)).toBe(6000);
});

test('an exercise has reached the moment of the figures that are shown', () => {
  const exercise = district({ district: 'q7-drill', clock: 'recorded', exercise: true });
  const told = { state: drill, receivedAtMs: 5000 };
  expect(districtNow(exercise, 6000, told, 77, clock + 1)).toBe(clock + 1);
  expect(districtNow(exercise, 6000, told, 77, clock - 1)).toBe(clock);
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
