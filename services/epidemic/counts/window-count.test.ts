import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noteOfCount } from './notes.ts';
import { type CountedArea, freshDays, windowCounts } from './window-count.ts';

type Period = [start: number, end: number, cases: number | null, more?: { rate?: number; suppressed?: boolean }];
const area = (
  areaId: string,
  parentId: string | null,
  periods: Period[] = [],
  more: Partial<CountedArea> = {},
): CountedArea => ({
  areaId,
  parentId,
  published: periods.map(([start, end, cases, { rate, suppressed } = {}]) => ({
    ...{ start, end, cases, ratePer100k: rate ?? null },
    suppressed: suppressed ?? (cases === null && rate === undefined),
  })),
  lineDays: new Map(),
  named: false,
  ...more,
});
const days = (from: number, to: number, cases: number | ((day: number) => number | null)): Period[] =>
  Array.from({ length: to - from + 1 }, (_, i) => {
    const day = from + i;
    return [day, day, typeof cases === 'number' ? cases : cases(day)];
  });
const of = (areas: CountedArea[], day = 30, lineHeard = false) => windowCounts(areas, { day, lineHeard });
const value = (areas: CountedArea[], areaId: string, windowDays = 7, day = 30, lineHeard = false) =>
  of(areas, day, lineHeard).count(areaId, windowDays).cases;
const note = (areas: CountedArea[], areaId: string, day = 30, runningDay = day + 1) =>
  noteOfCount(of(areas, day).count(areaId, 7), { day, runningDay, nameOf: (id) => id });

describe('cases of a window from published counts', () => {
  test('days add up to seven and to fourteen; one more or one less day is another number', () => {
    const daily = [
      area('D', null),
      area(
        'W',
        'D',
        days(17, 30, (day) => 2 ** (day - 17)),
      ),
    ];
    expect(value(daily, 'W', 7)).toBe(2 ** 14 - 2 ** 7);
    expect(value(daily, 'W', 14)).toBe(2 ** 14 - 1);
  });

  test('the district is the sum of all its wards, or of what it publishes itself; not of some wards', () => {
    const wards = [area('D', null), area('A', 'D', days(24, 30, 3)), area('B', 'D', days(24, 30, 5))];
    expect(value(wards, 'D')).toBe(56);
    expect(value([...wards, area('C', 'D')], 'D')).toBeNull();
    expect(note([...wards, area('C', 'D')], 'D')).toEqual({
      reason: 'no-report',
      note: { vi: 'chưa có báo cáo của C; ít nhất 56 ca', en: 'no report from C; at least 56 cases' },
    });
    expect(value([area('D', null, [[24, 30, 60]]), ...wards.slice(1)], 'D')).toBe(60);
  });

  test('where the ward’s own days have a gap, the sum of its parts speaks; where these have gaps too, both together; and nothing else', () => {
    const own = days(24, 30, 10).filter(([start]) => start !== 27);
    const part = (id: string, cases: number) => area(id, 'A', days(24, 30, cases));
    const with27 = [area('A', null, own), part('a', 2), part('b', 3)];
    expect(value(with27, 'A')).toBe(35);
    const late = (id: string, cases: number) => area(id, 'A', days(27, 30, cases));
    expect(value([area('A', null, days(24, 28, 10)), late('a', 2), late('b', 3)], 'A')).toBe(60);
    expect(value([area('A', null, own), part('a', 2), area('b', 'A')], 'A')).toBeNull();
    expect(note([area('A', null, own)], 'A')).toEqual({
      reason: 'days-missing',
      note: {
        vi: 'mới công bố 6 trong 7 ngày đến hết 31/01/1970; thiếu 28/01/1970; ít nhất 60 ca',
        en: '6 of the 7 days to 1970-01-31 are published; missing 1970-01-28; at least 60 cases',
      },
    });
  });

  test('the window ends on the newest published day, a week ago at most for days and four weeks for weeks', () => {
    expect([1, 2, 7, 10, 14].map(freshDays)).toEqual([7, 8, 28, 28, 28]);
    const until = (end: number) => [area('W', null, days(end - 6, end, 4))];
    expect(value(until(29), 'W')).toBe(28);
    expect(note(until(29), 'W').note!.en).toBe('published through 1970-01-30: the 7 days end there');
    expect(of(until(24)).sourceOf('W')).toBe('published');
    expect(of(until(23)).sourceOf('W')).toBe('none');
    expect(of(until(23), 30, true).sourceOf('W')).toBe('line-list');
    expect(of([area('W', null, [[-3, 3, 4]])]).sourceOf('W')).toBe('published');
    expect(of([area('W', null, [[-4, 2, 4]])]).sourceOf('W')).toBe('none');
  });

  test('wards that are published through other days: the district’s window ends where all are', () => {
    const wards = [area('D', null), area('A', 'D', days(20, 30, 1)), area('B', 'D', days(20, 28, 10))];
    expect(of(wards).count('D', 7)).toMatchObject({ cases: 77, from: 22, to: 28 });
    expect(of(wards).count('A', 7)).toMatchObject({ cases: 7, to: 30 });
  });

  test('suppressed is not zero and makes the sum unknown, said with what is known', () => {
    const some = [
      area('D', null),
      area('A', 'D', days(24, 30, 3)),
      area(
        'B',
        'D',
        days(24, 30, (d) => (d === 26 ? null : 1)),
      ),
    ];
    expect(of(some).count('B', 7)).toMatchObject({ cases: null, daysSaid: 7, atLeast: 6, missingDays: [] });
    expect(of(some).count('D', 7)).toMatchObject({ cases: null, atLeast: 27 });
    expect(note(some, 'B')).toMatchObject({
      reason: 'suppressed',
      note: { en: expect.stringContaining('B 1970-01-27 suppressed') },
    });
  });

  test('a rate as published belongs to exactly its period', () => {
    const week = (start: number): Period => [start, start + 6, null, { rate: 120 }];
    expect(of([area('W', null, [week(24)])]).count('W', 7)).toMatchObject({ cases: null, ratePer100k: 120 });
    expect(note([area('W', null, [week(24)])], 'W').reason).toBe('rate-only');
    expect(of([area('W', null, [week(24), week(17)])]).count('W', 14).ratePer100k).toBeNull();
  });

  test('a running day is marked', () => {
    expect(note([area('W', null, days(24, 30, 1))], 'W', 30, 30).note!.en).toBe(
      '1970-01-31 is not over: more may come',
    );
    expect(note([area('W', null, days(24, 30, 1))], 'W', 30, 31)).toEqual({});
  });

  test('a line list speaks for every area; where parts publish counts, only for the areas that it names', () => {
    const line = { lineDays: new Map([[28, 4]]), named: true };
    const alone = [area('D', null), area('A', 'D', [], line), area('B', 'D')];
    expect(alone.map(({ areaId }) => of(alone, 30, true).sourceOf(areaId))).toEqual([
      'line-list',
      'line-list',
      'line-list',
    ]);
    const beside = [...alone, area('C', 'D', days(20, 29, 1))];
    expect(beside.map(({ areaId }) => of(beside, 30, true).sourceOf(areaId))).toEqual([
      ...['published', 'line-list', 'none', 'published'],
    ]);
    const total = [area('D', null, [[24, 30, 90]]), ...alone.slice(1)];
    expect(of(total, 30, true).sourceOf('B')).toBe('line-list');
  });

  test('wards by counts and wards by list make one district, over the same days, with what lies in no ward', () => {
    const listed = (id: string, cases: [number, number][]) =>
      area(id, 'D', [], { lineDays: new Map(cases), named: true });
    const mixed = [
      area('D', null, [], { lineDays: new Map([[29, 1]]), named: true }),
      listed('A', [
        [22, 100],
        [23, 4],
        [30, 1000],
      ]),
      area('C', 'D', days(20, 29, 1)),
    ];
    const { cases, rows, to } = of(mixed, 30, true).count('D', 7);
    expect([cases, to]).toEqual([12, 29]);
    expect(rows.reduce((sum, row) => sum + row.cases!, 0)).toBe(12);
  });
});

describe('against a sum of the raw rows', () => {
  /** Two levels; each area says days and weeks, of which some are missing. */
  const rows = fc.array(
    fc.record({
      areaId: fc.constantFrom('D', 'A', 'B', 'B', 'A'),
      start: fc.integer({ min: 18, max: 30 }),
      length: fc.constantFrom(1, 1, 1, 1, 7, 3),
      cases: fc.integer({ min: 0, max: 50 }),
    }),
    { minLength: 10, maxLength: 60 },
  );
  const daily = fc.array(fc.tuple(fc.constantFrom('A', 'B'), fc.integer({ min: 20, max: 30 })), { maxLength: 3 });

  test('cases of the list that lie in no ward are in the counts of wards that all publish: they are not added again', () => {
    const unplaced = new Map([[28, 4]]);
    const wards = [area('D', null, [], { lineDays: unplaced, named: true }), area('A', 'D', days(24, 30, 3))];
    expect(value([...wards, area('B', 'D', days(24, 30, 5))], 'D', 7, 30, true)).toBe(56);
    // Where the list speaks for a ward, they are nowhere else.
    expect(value([...wards, area('B', 'D', [], { named: true })], 'D', 7, 30, true)).toBe(25);
  });

  test('days that are missing are told as spans: a day between two missing ones is none of them', () => {
    const gaps = [area('W', null, [...days(24, 25, 1), ...days(28, 28, 1), ...days(30, 30, 1)])];
    expect(note(gaps, 'W').note!.en).toContain('missing 1970-01-27 – 1970-01-28, 1970-01-30');
  });

  test('a number is always a sum of rows that hold each day of the window once in each part', () => {
    fc.assert(
      fc.property(rows, daily, (given, missing) => {
        const periods = (id: string): Period[] =>
          [
            ...new Map(
              given
                .filter((row) => row.areaId === id && row.start + row.length - 1 <= 30)
                .map((row) => [`${row.start} ${row.length}`, row]),
            ).values(),
          ].map(({ start, length, cases }) => [start, start + length - 1, cases]);
        const whole = (id: string): Period[] => [
          ...days(18, 30, (day) => day * 7 + id.charCodeAt(0)).filter(
            ([day]) => !missing.some(([at, gone]) => at === id && gone === day),
          ),
          ...periods(id).filter(([start, end]) => start !== end),
        ];
        const areas = [area('D', null, periods('D')), area('A', 'D', whole('A')), area('B', 'D', whole('B'))];
        const counts = of(areas);
        for (const id of ['D', 'A', 'B'])
          for (const window of [7, 14]) {
            const { cases, rows: behind, from, to, missingDays } = counts.count(id, window);
            expect(to - from + 1).toBe(window);
            if (cases === null) continue;
            expect(missingDays).toEqual([]);
            expect(behind.reduce((sum, row) => sum + row.cases!, 0)).toBe(cases);
            for (const row of behind)
              expect(areas.find(({ areaId }) => areaId === row.areaId)!.published).toContainEqual(
                expect.objectContaining({ start: row.start, end: row.end, cases: row.cases }),
              );
            for (let day = from; day <= to; day++) {
              const holders = behind
                .filter((row) => row.start <= day && row.end >= day)
                .map((row) => row.areaId)
                .sort();
              expect([['D'], ['A', 'B'], [id]]).toContainEqual(holders);
              if (id !== 'D') expect(holders).toEqual([id]);
            }
          }
        // whatever else is published beside them: with every day there, each ward is the plain sum of its days
        for (const id of ['A', 'B'])
          if (!missing.some(([at, day]) => at === id && day > 23)) {
            let plain = 0;
            for (let day = 24; day <= 30; day++) plain += day * 7 + id.charCodeAt(0);
            expect(counts.count(id, 7).cases).toBe(plain);
          }
      }),
      { numRuns: 200 },
    );
  });
});
