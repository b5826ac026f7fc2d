import { expect, test } from 'vitest';
import type { Revision } from './backtest-data.ts';
import { PublishedTable } from './published-table.ts';

const areas = 30;
const publication = (day: number, weekEnds: number[], rate: (area: number, weekEnd: number) => number): Revision[] =>
  weekEnds.flatMap((weekEnd) =>
    Array.from({ length: areas }, (_, area) => ({
      instant: day,
      publishedDay: day,
      area,
      weekEnd,
      rate: rate(area, weekEnd),
    })),
  );
const weeks = [0, 7, 14, 21];
const usual = (area: number, weekEnd: number) => 50 + area + weekEnd;

test('only what was published by that day is seen', () => {
  const table = new PublishedTable(areas, [...publication(26, weeks, usual), ...publication(33, [28], usual)]);
  table.advance(32);
  expect([...table.weeks.keys()]).toEqual(weeks);
  table.advance(33);
  expect(table.weeks.get(28)!.rate[3]).toBe(81);
});

test('a table suddenly ten times as high is held back, and dropped when the next publication goes back', () => {
  const table = new PublishedTable(areas, [
    ...publication(26, weeks, usual),
    ...publication(33, [...weeks, 28], (area, weekEnd) => 10 * usual(area, weekEnd)),
    ...publication(35, [...weeks, 28], usual),
  ]);
  table.advance(34);
  expect(table.weeks.get(21)!.rate[0]).toBe(71);
  expect(table.weeks.has(28)).toBe(false);
  table.advance(35);
  expect(table.weeks.get(28)!.rate[0]).toBe(78);
  expect(table.heldBack).toEqual([{ publishedDay: 33, applied: false }]);
});

test('the same table confirmed by the next publication is a redefinition, and is taken', () => {
  const table = new PublishedTable(areas, [
    ...publication(26, weeks, usual),
    ...publication(33, [...weeks, 28], (area, weekEnd) => 3 * usual(area, weekEnd)),
    ...publication(40, [28, 35], (area, weekEnd) => 3 * usual(area, weekEnd) + 1),
  ]);
  table.advance(40);
  expect(table.weeks.get(21)!.rate[0]).toBe(213);
  expect(table.heldBack).toEqual([{ publishedDay: 33, applied: true }]);
});

test('a rewrite by a third (as on 2021-08-05 in New York) is taken at once', () => {
  const table = new PublishedTable(areas, [
    ...publication(26, weeks, usual),
    ...publication(33, weeks, (area, weekEnd) => 1.3 * usual(area, weekEnd)),
  ]);
  table.advance(33);
  expect(table.weeks.get(0)!.rate[0]).toBeCloseTo(65);
  expect(table.rewrites.at(-1)!.medianLogChange).toBeCloseTo(Math.log(1.3));
});
