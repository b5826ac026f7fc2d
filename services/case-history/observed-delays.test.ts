import { describe, expect, test } from 'vitest';
import type { CaseChanges } from './known-counts.ts';
import { leastLiveDays, observedDelays, watchedDays, withheldAfterLoad } from './observed-delays.ts';

const onDay = 20_000;
/** Cases by how many days before the moment they were, and how many days before it they were learned. */
const listOf = (rows: { back: number; age: number; change?: number }[]): CaseChanges => ({
  places: ['W1'],
  place: new Int32Array(rows.length),
  day: Int32Array.from(rows, ({ back }) => onDay - back),
  age: Int32Array.from(rows, ({ age }) => age),
  change: Int32Array.from(rows, ({ change = 1 }) => change),
});
const load = (age: number, cases: number, delay: number) =>
  Array.from({ length: cases }, () => ({ back: age + delay, age }));

test('a flat list of 61 days, loaded today, is a load; nothing was seen live', () => {
  const rows = Array.from({ length: 61 }, (_, back) => ({ back, age: 0, change: 12 }));
  expect(observedDelays(listOf(rows), onDay)).toEqual({ lastLoadAgeDays: 0, liveDays: 0 });
  expect(withheldAfterLoad(observedDelays(listOf(rows), onDay))).toEqual({
    reason: 'bulk-load',
    detail: 'a list of older cases was loaded 0 days ago; 0 days of reports since, at least 14',
    note: {
      vi: 'danh sách ca cũ được nạp cách đây 0 ngày; từ đó mới có 0 ngày báo cáo, cần ít nhất 14',
      en: 'a list of older cases was loaded 0 days ago; 0 days of reports since, at least 14',
    },
  });
});

test('cases that are learned a few days after they were are no load, however many', () => {
  const rows = Array.from({ length: 40 }, (_, age) => ({ back: age + 3, age, change: 500 }));
  expect(observedDelays(listOf(rows), onDay)).toEqual({ lastLoadAgeDays: undefined, liveDays: 40 });
  expect(withheldAfterLoad(observedDelays(listOf(rows), onDay))).toBeUndefined();
});

describe('bounds of a load', () => {
  test('20 cases, and half of them more than 7 days late', () => {
    expect(observedDelays(listOf(load(3, 20, 8)), onDay).lastLoadAgeDays).toBe(3);
    expect(observedDelays(listOf(load(3, 19, 8)), onDay).lastLoadAgeDays).toBeUndefined();
    expect(observedDelays(listOf(load(3, 20, 7)), onDay).lastLoadAgeDays).toBeUndefined();
    const half = [...load(3, 10, 8), ...load(3, 10, 1)];
    expect(observedDelays(listOf(half), onDay).lastLoadAgeDays).toBeUndefined();
    expect(observedDelays(listOf([...half, ...load(3, 1, 8)]), onDay).lastLoadAgeDays).toBe(3);
  });

  test('what is taken back makes no load', () => {
    expect(observedDelays(listOf([{ back: 30, age: 1, change: -50 }]), onDay).lastLoadAgeDays).toBeUndefined();
  });

  test('14 days with reports after it are enough, 13 are not; the load’s own day is none', () => {
    const live = (days: number) => Array.from({ length: days }, (_, age) => ({ back: age + 1, age }));
    const after = (days: number) =>
      withheldAfterLoad(observedDelays(listOf([...load(20, 50, 30), ...live(days)]), onDay));
    expect(after(leastLiveDays)).toBeUndefined();
    expect(after(leastLiveDays - 1)).toMatchObject({ reason: 'bulk-load' });
  });

  test('in a district that learns of 300 a day, 23 of whom 12 are late are a laboratory that holds back', () => {
    const daily = Array.from({ length: 30 }, (_, n) => ({ back: n + 2, age: n + 1, change: 300 }));
    const slow = [...load(0, 12, 9), ...load(0, 11, 1)];
    expect(observedDelays(listOf([...daily, ...slow]), onDay).lastLoadAgeDays).toBeUndefined();
    expect(observedDelays(listOf([...daily, ...load(0, 160, 9)]), onDay).lastLoadAgeDays).toBe(0);
  });

  test('of two loads the newest counts', () => {
    expect(observedDelays(listOf([...load(40, 50, 30), ...load(5, 50, 30)]), onDay)).toEqual({
      lastLoadAgeDays: 5,
      liveDays: 0,
    });
  });
});

test('the first day of use and the days of loads teach nothing; what is watched begins after the newest of them', () => {
  const live = Array.from({ length: 40 }, (_, age) => ({ back: age + 2, age }));
  const first = watchedDays(listOf(live), onDay);
  expect(first.firstDay).toBe(onDay - 39 + 1);
  expect([onDay - 39, onDay - 38, onDay].map(first.teaches)).toEqual([false, true, true]);
  const loaded = watchedDays(listOf([...live, ...load(10, 50, 30)]), onDay);
  expect(loaded.firstDay).toBe(onDay - 10 + 1);
  expect([onDay - 11, onDay - 10, onDay - 9].map(loaded.teaches)).toEqual([true, false, true]);
});
