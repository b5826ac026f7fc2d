import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantOfWallClock, localDay, zoneOffsetMs } from './local-time.ts';

const hour = 3_600_000;
const offsetAt = (instant: string, zone: string) => zoneOffsetMs(Date.parse(instant), zone) / hour;
const wall = (local: string, zone: string) => new Date(instantOfWallClock(Date.parse(`${local}Z`), zone)).toISOString();

test('how far a zone is ahead, just before and just after its clock changes', () => {
  expect(offsetAt('2021-08-01T00:00:00Z', 'UTC')).toBe(0);
  expect(offsetAt('2021-08-01T00:00:00Z', 'Asia/Ho_Chi_Minh')).toBe(7);
  // Source: IANA tz database, New York 2021.
  expect(offsetAt('2021-03-14T06:59:59.999Z', 'America/New_York')).toBe(-5);
  expect(offsetAt('2021-03-14T07:00:00Z', 'America/New_York')).toBe(-4);
  expect(offsetAt('2021-11-07T05:59:59.999Z', 'America/New_York')).toBe(-4);
  expect(offsetAt('2021-11-07T06:00:00Z', 'America/New_York')).toBe(-5);
  // Half and quarter hours: Lord Howe moves by half an hour at 02:00, Kathmandu stands at 5:45.
  expect(offsetAt('2021-04-03T14:59:59Z', 'Australia/Lord_Howe')).toBe(11);
  expect(offsetAt('2021-04-03T15:00:00Z', 'Australia/Lord_Howe')).toBe(10.5);
  expect(offsetAt('2021-08-01T00:00:00Z', 'Asia/Kathmandu')).toBe(5.75);
});

test('the wall clock of a change: skipped, shown twice, and on both sides of it', () => {
  const zone = 'Europe/Berlin';
  // 2021-03-28 02:00 becomes 03:00; 2021-10-31 03:00 becomes 02:00.
  expect(wall('2021-03-28T01:59:59', zone)).toBe('2021-03-28T00:59:59.000Z');
  expect(wall('2021-03-28T02:00:00', zone)).toBe('2021-03-28T01:00:00.000Z');
  expect(wall('2021-03-28T02:59:59', zone)).toBe('2021-03-28T01:59:59.000Z');
  expect(wall('2021-03-28T03:00:00', zone)).toBe('2021-03-28T01:00:00.000Z');
  expect(wall('2021-10-31T01:59:59', zone)).toBe('2021-10-30T23:59:59.000Z');
  expect(wall('2021-10-31T02:00:00', zone)).toBe('2021-10-31T00:00:00.000Z');
  expect(wall('2021-10-31T02:59:59', zone)).toBe('2021-10-31T00:59:59.000Z');
  expect(wall('2021-10-31T03:00:00', zone)).toBe('2021-10-31T02:00:00.000Z');
  // A day and more away from the change its side is plain.
  expect(wall('2021-03-27T12:00:00', zone)).toBe('2021-03-27T11:00:00.000Z');
  expect(wall('2021-03-29T12:00:00', zone)).toBe('2021-03-29T10:00:00.000Z');
});

test('back and forth: an instant that its wall clock shows once is found again, and the day is the day of the wall clock', () => {
  const zones = ['UTC', 'Asia/Ho_Chi_Minh', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'];
  const instants = fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2023-01-01') });
  fc.assert(
    fc.property(fc.constantFrom(...zones), instants, (zone, instant) => {
      const local = instant + zoneOffsetMs(instant, zone);
      expect(localDay(instant, zone)).toBe(new Date(local).toISOString().slice(0, 10));
      const found = instantOfWallClock(local, zone);
      // A time that is shown twice is the first of the two.
      expect(found).toBeLessThanOrEqual(instant);
      expect(found + zoneOffsetMs(found, zone)).toBe(local);
    }),
  );
});

test('the day turns at local midnight', () => {
  expect(localDay(Date.parse('2021-11-07T03:59:59.999Z'), 'America/New_York')).toBe('2021-11-06');
  expect(localDay(Date.parse('2021-11-07T04:00:00Z'), 'America/New_York')).toBe('2021-11-07');
  expect(localDay(Date.parse('2021-12-31T23:59:59.999Z'), 'UTC')).toBe('2021-12-31');
  expect(localDay(Date.parse('2022-01-01T00:00:00Z'), 'UTC')).toBe('2022-01-01');
});
