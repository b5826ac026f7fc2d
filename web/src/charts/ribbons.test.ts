import { describe, expect, test } from 'vitest';
import type { ReproductionDay } from '../api/outlook-answers.ts';
import { reproductionDrawn } from './reproduction.ts';

/** 100 pixels up from the ground at 110. */
const size = { height: 120, top: 10, bottom: 10 };
const day = (n: number, change: Partial<ReproductionDay> = {}): ReproductionDay => ({
  date: `2021-08-${String(n).padStart(2, '0')}`,
  cases: 40,
  mean: 1,
  interval50: [0.8, 1.2],
  interval95: [0.5, 1.5],
  direction: 'unclear',
  hidden: null,
  ...change,
});
const hidden = (n: number, reason: string) =>
  day(n, { mean: null, interval50: null, interval95: null, direction: null, hidden: reason });
const x = (date: string) => Number(date.slice(8)) * 10;
const draw = (...days: ReproductionDay[]) => reproductionDrawn(days, x, 8, size);

test('ribbons run along the upper ends and back along the lower ones', () => {
  // The axis reaches to 2: a unit is 50 pixels.
  const { ribbons, one, yTicks } = draw(day(1), day(2, { interval95: [1, 2], interval50: [1.2, 1.4] }));
  expect(one).toBe(60);
  expect(ribbons).toEqual([
    { percent: 95, path: 'M10,35L20,10L20,60L10,85Z' },
    { percent: 50, path: 'M10,50L20,40L20,50L10,70Z' },
  ]);
  expect(yTicks).toEqual([
    { value: 0, y: 110 },
    { value: 0.5, y: 85 },
    { value: 1, y: 60 },
    { value: 1.5, y: 35 },
    { value: 2, y: 10 },
  ]);
});

test('the axis reaches to the next half above the highest, from 2 to 4', () => {
  const oneAt = (highest: number) => draw(day(1, { interval95: [0.5, highest] })).one;
  expect([1.2, 2, 2.1, 2.5, 3.9, 4, 40].map(oneAt)).toEqual([60, 60, 70, 70, 85, 85, 85]);
  expect(draw().one).toBe(60);
  expect(draw(hidden(1, 'r')).one).toBe(60);
  // What reaches beyond is cut off at the top.
  expect(draw(day(1, { interval95: [0.5, 40] })).ribbons[0]!.path).toContain('10,10');
});

describe('hidden days', () => {
  test('in a row for one reason are one span, half a column wider on each side', () => {
    expect(draw(hidden(1, 'r'), hidden(2, 'r'), day(3), hidden(4, 'r')).hidden).toEqual([
      { x: 6, width: 18, reason: 'r' },
      { x: 36, width: 8, reason: 'r' },
    ]);
  });

  test('for another reason are another span', () => {
    expect(draw(hidden(1, 'r'), hidden(2, 's'), hidden(3, 's')).hidden).toEqual([
      { x: 6, width: 8, reason: 'r' },
      { x: 16, width: 18, reason: 's' },
    ]);
  });

  test('none where none is', () => {
    expect(draw(day(1), day(2)).hidden).toEqual([]);
    expect(draw().hidden).toEqual([]);
  });
});

test('days that the curve does not draw are not there', () => {
  const from2 = (date: string) => (date < '2021-08-02' ? undefined : x(date));
  const drawn = reproductionDrawn([hidden(1, 'r'), day(2)], from2, 8, size);
  expect(drawn.hidden).toEqual([]);
  expect(drawn.ribbons[0]!.path.startsWith('M20,')).toBe(true);
});
