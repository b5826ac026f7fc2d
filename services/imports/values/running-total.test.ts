import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namedAsRunning, RunningTotalEvidence } from './running-total.ts';

const seen = (...places: number[][]) => {
  const evidence = new RunningTotalEvidence();
  let line = 1;
  for (const [place, counts] of places.entries())
    for (const [day, count] of counts.entries())
      evidence.observe(`w${place}`, `2024-01-${String(day + 1).padStart(2, '0')}`, count, ++line);
  return evidence.neverFalls();
};

describe('numbers that never fall', () => {
  test('seven days and five rises are needed, and one fall among twenty steps is a revision', () => {
    expect(seen([1, 2, 3, 4, 5, 6, 6])).toEqual({ rises: 5, days: 7, line: 8 });
    expect(seen([1, 2, 3, 4, 5, 6])).toBeUndefined();
    expect(seen([1, 2, 3, 4, 5, 5, 5])).toBeUndefined();
    const twenty = Array.from({ length: 20 }, (_, day) => day);
    expect(seen([...twenty, 18])).toMatchObject({ rises: 19 });
    expect(seen([...twenty.slice(0, 19), 17])).toBeUndefined();
    expect(seen([0, 0, 0, 0, 0, 0, 0, 0, 0])).toBeUndefined();
  });

  test('running totals are seen in any order of the rows, and what each day adds is not', () => {
    const daily = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 14, maxLength: 14 });
    fc.assert(
      fc.property(fc.array(daily, { minLength: 1, maxLength: 4 }), (places) => {
        const grows = (counts: number[]) => counts.filter((count, index) => index > 0 && count > 0).length;
        fc.pre(places.some((counts) => grows(counts) >= 5));
        const totals = places.map((counts) => counts.map((_, day) => counts.slice(0, day + 1).reduce((a, b) => a + b)));
        const evidence = new RunningTotalEvidence();
        for (const day of [...Array(14).keys()].reverse())
          for (const [place, counts] of totals.entries())
            evidence.observe(`w${place}`, `2024-01-${day + 10}`, counts[day]!, day + 2);
        expect(evidence.neverFalls()).toBeDefined();
      }),
    );
    expect(seen([3, 1, 4, 1, 5, 9, 2, 6, 5, 3])).toBeUndefined();
  });
});

test('names are evidence, unless the counts say of themselves that they are new', () => {
  const named = (count: string, day = 'ngay', titles: string[] = []) => namedAsRunning({ count, day, titles });
  expect(named('so ca', 'tinh den ngay')).toBe('day');
  expect(named('so ca', 'as of date')).toBe('day');
  expect(named('so ca moi', 'tinh den ngay')).toBeUndefined();
  expect(named('so ca trong ngay', 'tinh den ngay')).toBeUndefined();
  expect(named('so ca luy ke')).toBe('count');
  expect(named('cases cum')).toBe('count');
  expect(named('so ca', 'ngay', ['so ca cong don cac phuong'])).toBe('title');
  expect(named('so ca moi', 'ngay', ['so ca cong don cac phuong'])).toBeUndefined();
  expect(named('so ca')).toBeUndefined();
});
