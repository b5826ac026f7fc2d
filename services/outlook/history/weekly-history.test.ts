import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CaseChanges, groupPlaces, KnownCounts } from '../../case-history/known-counts.ts';
import { completedVintages, vintagesOf } from './vintages.ts';
import { originsOfPublished, revisionsOfLineList } from './weekly-history.ts';

const today = 18_900;

/** Cases as [place, days before today of the event, whole days before now of the report]. */
function changesOf(cases: [place: number, back: number, age: number, change?: number][]): CaseChanges {
  const sorted = cases.toSorted((a, b) => b[2] - a[2]);
  return {
    places: ['W0', 'W1', null],
    place: Int32Array.from(sorted, ([place]) => place),
    day: Int32Array.from(sorted, ([, back]) => today - back),
    age: Int32Array.from(sorted, ([, , age]) => age),
    change: Int32Array.from(sorted, (row) => row[3] ?? 1),
  };
}

const someCases = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }))
    .map(([place, back, age]): [number, number, number] => [place, Math.max(back, age), age]),
  { minLength: 1, maxLength: 60 },
);

describe('counts as they were known', () => {
  test('at every age they are what had been learned by then', () => {
    fc.assert(
      fc.property(someCases, fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 30 }), (cases, age, back) => {
        const known = new KnownCounts(changesOf(cases), Int32Array.from([0, 1, -1]), 2, today - 60, today);
        known.goTo(age);
        const expected = cases.filter(
          ([place, event, learned]) => place === 1 && learned >= age && event >= back && event < back + 7,
        );
        expect(known.sum(1, today - back, 7)).toBe(expected.length);
      }),
    );
  });

  test('they never go back to older knowledge', () => {
    const known = new KnownCounts(changesOf([[0, 3, 3]]), Int32Array.from([0, 1, -1]), 2, today - 60, today);
    known.goTo(2);
    expect(() => known.goTo(5)).toThrow('age must not rise: 5 after 2');
  });

  test('a place counts for the area that holds it; no place, or an unknown one, for the top alone', () => {
    const above = new Map([['W0a', ['D', 'W0', 'W0a']]]);
    expect([...groupPlaces(['W0a', null, 'gone'], ['W0'], above, 'D')]).toEqual([0, -1, -1]);
    expect([...groupPlaces(['W0a', null, 'gone'], ['D'], above, 'D')]).toEqual([0, 0, 0]);
  });
});

describe('a line list as a weekly table', () => {
  const people = [100_000, 50_000];
  const groups = Int32Array.from([0, 1, -1]);

  test('the present table is the count of each week; each origin knew only its own past', () => {
    fc.assert(
      fc.property(someCases, (cases) => {
        const table = revisionsOfLineList(changesOf(cases), groups, people, today)!;
        const newest = new Map(table.revisions.map((row) => [`${row.area} ${row.weekEnd}`, row.rate]));
        for (let weekEnd = table.firstOrigin; weekEnd <= today; weekEnd += 7) {
          const back = today - weekEnd;
          const count = cases.filter(([place, event]) => place === 1 && event >= back && event < back + 7).length;
          expect(newest.get(`1 ${weekEnd}`)).toBeCloseTo((count * 1e5) / 50_000, 9);
        }
        for (const row of table.revisions) expect(row.publishedDay).toBeGreaterThanOrEqual(row.weekEnd + 5);
      }),
    );
  });

  test('a late report is a revision of the week it belongs to, published when it was learned', () => {
    const table = revisionsOfLineList(
      changesOf([
        [0, 15, 15],
        [0, 15, 1],
      ]),
      groups,
      people,
      today,
    )!;
    expect(table.revisions.filter((row) => row.area === 0 && row.weekEnd === today - 14)).toEqual([
      expect.objectContaining({ publishedDay: today - 14 + 5, rate: 1 }),
      expect.objectContaining({ publishedDay: today + 5, rate: 2 }),
    ]);
  });

  test('vintages end in their own origin and add up to the top area', () => {
    const table = revisionsOfLineList(
      changesOf([
        [0, 15, 15],
        [1, 9, 8],
        [0, 2, 0],
      ]),
      groups,
      people,
      today,
    )!;
    const vintages = vintagesOf({ areaIds: ['W0', 'W1'], populations: people, neighbours: [], ...table }, 'D');
    expect(vintages.map(({ panel }) => panel.length)).toEqual([1, 2, 3]);
    const { panel } = vintages[2]!;
    expect(panel.areas).toEqual(['D', 'W0', 'W1']);
    expect([...panel.values]).toEqual([1, 1, 1, 1, 0, 1, 0, 1, 0]);
  });

  test('a half reported last week is completed by the delays seen before, and never below what was reported', () => {
    // of each week's ten cases an area, five are known at its end and all a week later
    const cases = [0, 1].flatMap((place) =>
      Array.from({ length: 12 }, (_, week) =>
        Array.from({ length: 10 }, (_, n): [number, number, number] => [
          place,
          7 * week + 1,
          n < 5 ? 7 * week : Math.max(0, 7 * (week - 1)),
        ]),
      ).flat(),
    );
    const known = cases.filter(([, back], i) => back > 1 || i % 10 < 5);
    const table = revisionsOfLineList(changesOf(known), groups, people, today)!;
    const raw = vintagesOf({ areaIds: ['W0', 'W1'], populations: people, neighbours: [], ...table }, 'D');
    const last = completedVintages(raw).at(-1)!.panel;
    const value = (row: number) => last.values[(row + 1) * last.length - 1]!;
    expect(raw.at(-1)!.panel.values[last.length - 1]).toBe(10);
    expect(value(0)).toBeGreaterThan(16);
    expect(value(0)).toBeLessThan(24);
    expect(value(1)).toBeGreaterThan(8);
  });

  test('no case, no table', () => {
    expect(revisionsOfLineList(changesOf([]), groups, people, today)).toBeUndefined();
  });
});

test('a published table is forecast from its newest week, or from the one that should be out by now', () => {
  const row = (weekEnd: number) => ({ instant: 0, publishedDay: weekEnd + 5, area: 0, weekEnd, rate: 1 });
  expect(originsOfPublished([row(100), row(107)], 113)).toEqual({ firstOrigin: 100, lastOrigin: 107 });
  expect(originsOfPublished([row(100), row(107)], 119)).toEqual({ firstOrigin: 100, lastOrigin: 114 });
  expect(originsOfPublished([], 119)).toBeUndefined();
});
