import { describe, expect, test } from 'vitest';
import type { CaseChanges } from '../case-history/known-counts.ts';
import { abstains, type PublishedCount, reportsOfLineList, reportsOfPublished } from './observed.ts';

const onDay = 20_000;

/** Cases a day and ward, each known `delay(n)` days after it happened; what is not known yet is not there. */
function lineList(days: number, perDay: number, delay: (n: number) => number): CaseChanges {
  const rows: { place: number; day: number; age: number }[] = [];
  for (let back = days; back >= 0; back--)
    for (let ward = 0; ward < 2; ward++)
      for (let n = 0; n < perDay; n++) {
        const age = back - delay(n);
        if (age >= 0) rows.push({ place: ward, day: onDay - back, age });
      }
  rows.sort((a, b) => b.age - a.age);
  return {
    places: ['A', 'B'],
    place: Int32Array.from(rows, (row) => row.place),
    day: Int32Array.from(rows, (row) => row.day),
    age: Int32Array.from(rows, (row) => row.age),
    change: Int32Array.from(rows, () => 1),
  };
}
const wards = Int32Array.of(0, 1);
const district = Int32Array.of(0, 0);

describe('a line list', () => {
  test('reported at once: the last eight weeks up to yesterday, nothing left out', () => {
    const reports = reportsOfLineList(
      lineList(100, 10, () => 0),
      wards,
      district,
      2,
      onDay,
    );
    if (abstains(reports)) throw new Error(reports.detail);
    expect([reports.lastDay, reports.daysLeftOut, reports.reported.length]).toEqual([onDay - 1, 0, 56]);
    expect(reports.reported.flat().every((count) => Math.abs(count - 10) < 1e-9)).toBe(true);
    // 100 days up to yesterday, less 56 that are fitted and 28 that build up
    expect(reports.before).toEqual([160, 160]);
  });

  test('days of which too little is in are left out, the others completed', () => {
    // of ten, four are known after one day, eight after two, all after four
    const delays = [1, 1, 1, 1, 2, 2, 2, 2, 4, 4];
    const reports = reportsOfLineList(
      lineList(80, 10, (n) => delays[n]!),
      wards,
      district,
      2,
      onDay,
    );
    if (abstains(reports)) throw new Error(reports.detail);
    expect(reports.daysLeftOut).toBe(1);
    expect(reports.lastDay).toBe(onDay - 2);
    for (const count of reports.reported.flat()) expect(Math.abs(count - 10)).toBeLessThan(1.5);
  });

  test('cases without a ward are shared out; with too many of them nothing is said', () => {
    const changes = { ...lineList(60, 10, () => 0), places: ['A', null] };
    // every fourth case of the second place has no ward
    const some = reportsOfLineList(
      {
        ...changes,
        places: ['A', 'B', null],
        place: changes.place.map((place, i) => (place === 1 && i % 4 === 0 ? 2 : place)),
      },
      Int32Array.of(0, 1, -1),
      Int32Array.of(0, 0, 0),
      2,
      onDay,
    );
    if (abstains(some)) throw new Error(some.detail);
    expect(some.reported.flat().reduce((a, b) => a + b, 0)).toBeCloseTo(20 * 56, 0);
    const half = reportsOfLineList(changes, Int32Array.of(0, -1), district, 1, onDay);
    expect(abstains(half) && half.reason).toBe('unplaced');
  });

  test.each([
    ['no case', lineList(-1, 1, () => 0), 'no-cases'],
    ['ten days', lineList(10, 10, () => 0), 'too-little'],
    ['a case now and then', lineList(60, 1, () => 0), undefined],
    [
      'hardly any',
      { ...lineList(60, 1, () => 0), change: lineList(60, 1, () => 0).change.map((_, i) => (i % 9 ? 0 : 1)) },
      'too-few-cases',
    ],
  ])('%s', (_, changes, reason) => {
    const reports = reportsOfLineList(changes, wards, district, 2, onDay);
    expect(abstains(reports) ? reports.reason : undefined).toBe(reason);
  });
});

describe('published counts', () => {
  const weekly = (weeks: number, change: (count: PublishedCount) => PublishedCount | undefined = (count) => count) =>
    Array.from({ length: weeks }, (_, week) => week).flatMap((week) =>
      [0, 1].flatMap(
        (ward) =>
          change({ ward, lastDay: onDay - 3 - 7 * week, days: 7, cases: 70 + 7 * week, definition: null }) ?? [],
      ),
    );

  test('weeks are spread over their days, and sum to what was published', () => {
    const reports = reportsOfPublished(weekly(14), ['A', 'B'], onDay);
    if (!reports || abstains(reports)) throw new Error('withheld');
    expect([reports.source, reports.lastDay, reports.reported.length]).toEqual(['published-weeks', onDay - 3, 56]);
    expect(reports.reported.at(-1)).toEqual([10, 10]);
    expect(reports.reported[0]).toEqual([17, 17]);
    // 14 weeks, less eight that are fitted and four that build up
    expect(reports.before).toEqual([154 + 161, 154 + 161]);
  });

  test('days are taken as they are', () => {
    const daily = Array.from({ length: 40 }, (_, back) => back).flatMap((back) =>
      [0, 1].map((ward) => ({ ward, lastDay: onDay - 1 - back, days: 1, cases: back, definition: null })),
    );
    const reports = reportsOfPublished([...daily, ...weekly(6)], ['A', 'B'], onDay);
    expect(reports).toMatchObject({ source: 'published-counts', lastDay: onDay - 1 });
  });

  test.each([
    ['none', [], undefined],
    ['one week', weekly(1), 'too-little'],
    ['an old week', weekly(6).map((count) => ({ ...count, lastDay: count.lastDay - 30 })), 'stale'],
    [
      'a ward without a week',
      weekly(6, (count) => (count.ward === 1 && count.lastDay === onDay - 10 ? undefined : count)),
      'gap',
    ],
    [
      'a suppressed week',
      weekly(6, (count) => (count.lastDay === onDay - 3 ? { ...count, cases: null } : count)),
      'gap',
    ],
    [
      'another definition',
      weekly(6, (count) => ({ ...count, definition: count.lastDay === onDay - 3 ? 'probable too' : 'confirmed' })),
      'definition-break',
    ],
    ['no cases', weekly(6).map((count) => ({ ...count, cases: 0 })), 'no-cases'],
  ])('%s', (_, counts, reason) => {
    const reports = reportsOfPublished(counts, ['A', 'B'], onDay);
    expect(reports && abstains(reports) ? reports.reason : undefined).toBe(reason);
  });

  test('what lies before a gap or another definition is not used', () => {
    for (const change of [{ cases: null }, { definition: 'probable too' }]) {
      const counts = weekly(9, (count) => (count.lastDay <= onDay - 3 - 28 ? { ...count, ...change } : count));
      const reports = reportsOfPublished(counts, ['A', 'B'], onDay);
      expect(reports && !abstains(reports) && reports.reported.length).toBe(28);
    }
  });

  test('a gap is named', () => {
    const reports = reportsOfPublished(
      weekly(3, (count) => (count.ward === 1 && count.lastDay === onDay - 10 ? undefined : count)),
      ['A', 'B'],
      onDay,
    );
    expect(reports).toMatchObject({ detail: expect.stringContaining('the count of B for the week that ended on') });
  });
});
