import { describe, expect, test } from 'vitest';
import { epiCurve, meanDays, trailingMean } from './epi-curve.ts';
import type { FanBlock } from './fan.ts';

const day = (n: number) => `2021-08-${String(n).padStart(2, '0')}`;
const days = (...cases: number[]) => cases.map((count, i) => ({ day: day(i + 1), cases: count }));
/** 300 pixels across, 120 up from the ground at 130. */
const size = { width: 330, height: 150, left: 30, bottom: 20, top: 10 };
const round = (value: number) => Number(value.toFixed(6));

const block = (from: number, to: number, change: Partial<FanBlock> = {}): FanBlock => ({
  targetDate: day(to),
  from: day(from),
  to: day(to),
  bands: [
    { percent: 95, low: 1, high: 7 },
    { percent: 80, low: 2, high: 6 },
    { percent: 50, low: 3, high: 5 },
  ],
  median: 4,
  baseline: { low: 2, high: 6, median: 3 },
  ...change,
});

describe('the mean of seven days', () => {
  test('from the seventh day on; not of a day whose count still grows', () => {
    expect(meanDays).toBe(7);
    expect(trailingMean(days(7, 0, 0, 0, 0, 0))).toEqual(Array(6).fill(null));
    expect(trailingMean(days(7, 0, 0, 0, 0, 0, 14, 1)).slice(6)).toEqual([3, 15 / 7]);
    expect(trailingMean([...days(7, 0, 0, 0, 0, 0, 0), { day: day(8), cases: 7, incomplete: true }]).slice(6)).toEqual([
      1,
      null,
    ]);
    expect(trailingMean([])).toEqual([]);
  });
});

describe('bars', () => {
  test('stand where their day is, as high as their cases', () => {
    const { bars, total, middleOf, xTicks } = epiCurve(days(4, 8, 0, 2), size);
    // Four columns with 0.18 of a step between them.
    const step = 300 / (4 - 0.18);
    const width = 0.82 * step;
    expect(total).toBe(14);
    expect(bars.map(({ day: name, cases, incomplete }) => [name, cases, incomplete])).toEqual([
      [day(1), 4, false],
      [day(2), 8, false],
      [day(3), 0, false],
      [day(4), 2, false],
    ]);
    expect(bars.map((bar) => [bar.x, bar.width, bar.y, bar.height].map(round))).toEqual(
      [
        [30, width, 70, 60],
        [30 + step, width, 10, 120],
        [30 + 2 * step, width, 130, 0],
        [30 + 3 * step, width, 100, 30],
      ].map((row) => row.map(round)),
    );
    expect(middleOf(day(2))).toBeCloseTo(30 + step + width / 2, 9);
    expect(middleOf(day(9))).toBeUndefined();
    expect(xTicks.map(({ day: name, x }) => [name, round(x)])).toEqual(
      [1, 2, 3, 4].map((n) => [day(n), round(30 + (n - 1) * step + width / 2)]),
    );
  });

  test('few cases do not fill the frame: four at least', () => {
    expect(epiCurve(days(1, 0), size).bars[0]!.height).toBeCloseTo(30, 9);
    expect(epiCurve([], size)).toMatchObject({ bars: [], total: 0, meanPath: '' });
  });

  test('a count that still grows is marked', () => {
    const late = [...days(4), { day: day(2), cases: 2, incomplete: true }];
    expect(epiCurve(late, size).bars.map(({ incomplete }) => incomplete)).toEqual([false, true]);
  });

  test('the mean runs through the middles of the days, at its height', () => {
    const curve = epiCurve(days(8, 0, 0, 0, 0, 0, 6, 7), size);
    const [x7, x8] = [curve.middleOf(day(7))!, curve.middleOf(day(8))!];
    const at = (mean: number) => Number((130 - (120 * mean) / 8).toFixed(3));
    const path = curve.meanPath
      .replace('M', '')
      .split('L')
      .map((pair) => pair.split(',').map(Number));
    expect(path.map((pair) => pair.map((n) => Number(n.toFixed(3))))).toEqual([
      [Number(x7.toFixed(3)), at(2)],
      [Number(x8.toFixed(3)), at(13 / 7)],
    ]);
  });

  test('names of days keep 64 pixels from each other, counted from the last', () => {
    const { xTicks } = epiCurve(days(...Array(30).fill(1)), size);
    expect(xTicks.map(({ day: name }) => name)).toEqual([6, 14, 22, 30].map(day));
    // However narrow, two.
    const narrow = epiCurve(days(...Array(10).fill(1)), { ...size, width: 80 });
    expect(narrow.xTicks.map(({ day: name }) => name)).toEqual([5, 10].map(day));
  });

  test('whole numbers on the axis', () => {
    const { yTicks } = epiCurve(days(8), size);
    expect(yTicks.map(({ value, y }) => [value, round(y)])).toEqual([
      [0, 130],
      [2, 100],
      [4, 70],
      [6, 40],
      [8, 10],
    ]);
  });
});

describe('a forecast', () => {
  test('stands over its days, its bands within each other', () => {
    const { fan, bars } = epiCurve(days(8, 8), size, { fan: [block(3, 4)] });
    const step = 300 / (4 - 0.18);
    const [drawn] = fan;
    expect(drawn!.block).toEqual(block(3, 4));
    expect([drawn!.x, drawn!.width].map(round)).toEqual([30 + 2 * step, step + 0.82 * step].map(round));
    expect(bars[1]!.x).toBeCloseTo(30 + step, 9);
    const y = (value: number) => 130 - 15 * value;
    expect(drawn!.bands.map(({ percent, y: top, height }) => [percent, round(top), round(height)])).toEqual([
      [95, y(7), 90],
      [80, y(6), 60],
      [50, y(5), 30],
    ]);
    expect(round(drawn!.median)).toBe(y(4));
    expect(drawn!.baseline).toEqual({ y: y(6), height: 60, median: y(3) });
    expect(drawn!.clipped).toBe(false);
  });

  test('of one value is a line that can be seen', () => {
    const flat = block(3, 3, { bands: [{ percent: 95, low: 4, high: 4 }], baseline: { low: 4, high: 4, median: 4 } });
    const [drawn] = epiCurve(days(8), size, { fan: [flat] }).fan;
    expect([drawn!.bands[0]!.height, drawn!.baseline.height]).toEqual([1, 1]);
  });

  const heightOf = (fan: FanBlock[]) => round(epiCurve(days(10), size, { fan }).bars[0]!.height);
  const bands = (widest: number, next: number) => [
    { percent: 95, low: 0, high: widest },
    { percent: 80, low: 0, high: next },
  ];

  test('makes room for its narrower bands, and for the widest up to two and a half times the rest', () => {
    expect(heightOf([block(2, 2, { bands: bands(10, 10) })])).toBe(120);
    expect(heightOf([block(2, 2, { bands: bands(20, 20) })])).toBe(60);
    // 20 is not 2.5 times 10.
    expect(heightOf([block(2, 2, { bands: bands(20, 10) })])).toBe(60);
    // 25 at most.
    expect(heightOf([block(2, 2, { bands: bands(900, 10) })])).toBe(48);
    expect(heightOf([block(2, 2, { bands: bands(10, 10), baseline: { low: 0, high: 20, median: 1 } })])).toBe(60);
  });

  test('is cut off and marked where it goes on', () => {
    const clipped = (widest: number) => {
      const { fan } = epiCurve(days(10), size, { fan: [block(2, 2, { bands: bands(widest, 10) })] });
      return [fan[0]!.clipped, round(fan[0]!.bands[0]!.y)];
    };
    expect([clipped(25), clipped(26)]).toEqual([
      [false, 10],
      [true, 10],
    ]);
  });
});

test('days whose reports are late: the bar that they may become, and how sure that is', () => {
  const told = (date: string, interval50: [number, number], interval95: [number, number]) => ({
    date,
    reported: 1,
    nowcast: { median: 4, interval50, interval95 },
  });
  const { nowcasts, bars } = epiCurve(days(8, 2), size, {
    nowcast: [
      told(day(2), [3, 5], [2, 6]),
      told(day(9), [3, 900], [2, 900]),
      { date: day(1), reported: 8, nowcast: null },
    ],
  });
  expect(nowcasts).toEqual([
    {
      day: day(2),
      x: bars[1]!.x,
      width: bars[1]!.width,
      middle: bars[1]!.x + bars[1]!.width / 2,
      top: 70,
      ground: 130,
      low: 100,
      high: 40,
    },
  ]);
  const reach = (interval50: [number, number], interval95: [number, number]) =>
    round(epiCurve(days(8), size, { nowcast: [told(day(1), interval50, interval95)] }).bars[0]!.height);
  expect(reach([3, 40], [2, 40])).toBe(24);
  expect(reach([3, 5], [2, 12])).toBe(80);
  // 2.5 times 8, and no more.
  expect(reach([3, 5], [2, 900])).toBe(48);
});
