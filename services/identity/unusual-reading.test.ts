import { describe, expect, test } from 'vitest';
import { type HourOfReading, unusualPolicy, unusualReading } from './unusual-reading.ts';

const since = '2026-11-23T05:00:00Z';
const hour = (more: Partial<HourOfReading> = {}): HourOfReading => ({
  actor: 'user:p1',
  hour: '2026-11-29T05:00:00Z',
  localHour: 12,
  persons: 0,
  refusals: 0,
  ...more,
});
const reasons = (...hours: HourOfReading[]) => unusualReading(hours, [], since).map(({ reason }) => reason);
const { persons, timesUsual, night, nightPersons, refusals, samePerson } = unusualPolicy;

describe('many persons in an hour', () => {
  test('is above the policy, for who has no habit', () => {
    expect(reasons(hour({ persons }))).toEqual([]);
    expect(reasons(hour({ persons: persons + 1 }))).toEqual(['many-persons']);
  });

  test('is above some times the busiest other hour of the same person, not of another', () => {
    const busy = hour({ hour: '2026-10-01T05:00:00Z', persons });
    expect(reasons(busy, hour({ persons: timesUsual * persons }))).toEqual([]);
    expect(reasons(busy, hour({ persons: timesUsual * persons + 1 }))).toEqual(['many-persons']);
    expect(reasons({ ...busy, actor: 'user:p2' }, hour({ persons: persons + 1 }))).toEqual(['many-persons']);
  });
});

describe('by night', () => {
  const at = (localHour: number, more: Partial<HourOfReading> = {}) =>
    hour({ localHour, persons: nightPersons, ...more });
  test('is from ten until before five', () => {
    const found = Array.from({ length: 24 }, (_, localHour) => localHour).filter((one) => reasons(at(one)).length > 0);
    expect(found).toEqual([0, 1, 2, 3, 4, night.from, 23]);
  });

  test('is some persons, not one', () => {
    expect(reasons(at(2, { persons: nightPersons - 1 }))).toEqual([]);
  });

  test('is usual for whose duty it is', () => {
    const nights = Array.from({ length: 5 }, (_, day) => at(2, { hour: `2026-11-1${day}T19:00:00Z` }));
    expect(reasons(at(2), ...nights)).toEqual([]);
    const days = Array.from({ length: 30 }, (_, day) =>
      hour({ hour: `2026-10-${String(day + 1).padStart(2, '0')}T03:00:00Z`, persons: 1 }),
    );
    expect(reasons(at(2), ...nights, ...days)).toEqual(['at-night']);
  });
});

test('refusals and looks at one person are told from the policy on', () => {
  expect(reasons(hour({ refusals: refusals - 1 }))).toEqual([]);
  expect(reasons(hour({ refusals }))).toEqual(['refused']);
  const ones = (looks: number) => unusualReading([], [{ actor: 'user:p1', day: '2026-11-29', looks }], since);
  expect(ones(samePerson - 1)).toEqual([]);
  expect(ones(samePerson)).toMatchObject([{ reason: 'same-person', count: samePerson }]);
});

test('what was before the days that are asked about is habit alone', () => {
  const before = '2026-11-23T04:00:00Z';
  expect(reasons(hour({ hour: before, persons: persons + 1 }))).toEqual([]);
  expect(unusualReading([], [{ actor: 'user:p1', day: '2026-11-22', looks: 99 }], since)).toEqual([]);
});
