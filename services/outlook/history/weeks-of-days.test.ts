import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PublishedDay, weeksOfDays } from './weeks-of-days.ts';

const day = (area: number, at: number, rate: number, instant = at * 86_400_000 + 3600_000): PublishedDay => ({
  ...{ instant, area, day: at, rate },
});
const daily = (area: number, from: number, to: number, rate = 1) =>
  Array.from({ length: to - from + 1 }, (_, i) => day(area, from + i, rate));

test('seven days are a week, out with its last day; six are none', () => {
  const [one, ...more] = weeksOfDays(daily(0, 100, 106, 3));
  expect(one).toEqual({ instant: 106 * 86_400_000 + 3600_000, publishedDay: 106, area: 0, weekEnd: 106, rate: 21 });
  expect(more).toEqual([]);
  expect(weeksOfDays(daily(0, 100, 105))).toEqual([]);
  expect(weeksOfDays(daily(0, 100, 106).filter((row) => row.day !== 103))).toEqual([]);
});

test('weeks end where every area has published; a revised day revises its week, a suppressed one makes it unknown', () => {
  const late = weeksOfDays([...daily(0, 90, 107), ...daily(1, 90, 106)].sort((a, b) => a.instant - b.instant));
  expect([...new Set(late.map(({ weekEnd }) => weekEnd))]).toEqual([99, 106]);
  const revised = weeksOfDays([
    ...daily(0, 100, 106),
    day(0, 102, 5, 110 * 86_400_000),
    day(0, 102, 5, 111 * 86_400_000),
  ]);
  expect(revised.map(({ rate, publishedDay }) => [rate, publishedDay])).toEqual([
    [7, 106],
    [11, 110],
  ]);
  expect(weeksOfDays([...daily(0, 100, 105), day(0, 106, Number.NaN)])[0]!.rate).toBeNaN();
});

test('against a plain sum of what is newest for each day', () => {
  const rows = fc.array(
    fc.record({ area: fc.nat(1), at: fc.integer({ min: 0, max: 27 }), rate: fc.integer({ min: 0, max: 9 }) }),
    { minLength: 20, maxLength: 120 },
  );
  fc.assert(
    fc.property(rows, (given) => {
      const days = given.map(({ area, at, rate }, i) => day(area, at, rate, i * 1000));
      const latest = new Map<string, number>();
      for (const week of weeksOfDays(days)) latest.set(`${week.area} ${week.weekEnd}`, week.rate);
      const newest = new Map(days.map((row) => [`${row.area} ${row.day}`, row.rate]));
      const ends = [0, 1].flatMap((area) => {
        const own = days.filter((row) => row.area === area).map((row) => row.day);
        return own.length === 0 ? [] : [Math.max(...own)];
      });
      const lastEnd = Math.min(...ends);
      const expected = new Map<string, number>();
      for (const area of [0, 1])
        for (let end = lastEnd - 28; end <= lastEnd + 28; end += 7) {
          const seven = [0, 1, 2, 3, 4, 5, 6].map((back) => newest.get(`${area} ${end - back}`));
          if (seven.every((rate) => rate !== undefined))
            expected.set(`${area} ${end}`, seven.reduce((a, b) => a! + b!, 0)!);
        }
      expect([...latest].sort()).toEqual([...expected].sort());
    }),
  );
});
