import { expect, test } from 'vitest';
import { seriesBars } from './series-days.ts';

const quiet = [
  { day: '2021-08-01', cases: 0 },
  { day: '2021-08-02', cases: 0 },
];
const week = (areaId: string, periodEnd: string, cases: number | null) => ({
  areaId,
  periodStart: '2021-01-01',
  periodEnd,
  cases,
});

test('a line list is drawn by day, its last days', () => {
  const days = [...quiet, { day: '2021-08-03', cases: 4 }];
  expect(seriesBars({ days, published: [week('a', '2021-08-07', 9)] }, 'a', 2)).toEqual({
    bars: days.slice(1),
    daily: true,
  });
});

test('published weeks stand in where there is no line list: in order, of this area alone, without suppressed ones', () => {
  const published = [
    week('a', '2021-08-14', 5),
    week('b', '2021-08-14', 70),
    week('a', '2021-08-07', null),
    week('a', '2021-07-31', 3),
  ];
  expect(seriesBars({ days: quiet, published }, 'a', 42)).toEqual({
    bars: [
      { day: '2021-07-31', cases: 3 },
      { day: '2021-08-14', cases: 5 },
    ],
    daily: false,
  });
});

test('published days are drawn by day, the running one marked, and the weeks beside them not', () => {
  const daily = (periodEnd: string, cases: number, incomplete = false) => ({
    ...{ areaId: 'a', periodStart: periodEnd, periodEnd, cases, incomplete },
  });
  const published = [
    daily('2021-08-03', 1, true),
    daily('2021-08-02', 4),
    daily('2021-08-01', 6),
    week('a', '2021-08-01', 30),
  ];
  expect(seriesBars({ days: [], published }, 'a', 2)).toEqual({
    bars: [
      { day: '2021-08-02', cases: 4, incomplete: false },
      { day: '2021-08-03', cases: 1, incomplete: true },
    ],
    daily: true,
  });
});

test('nothing published and no case is a quiet line list', () => {
  expect(seriesBars({ days: quiet }, 'a', 42)).toEqual({ bars: quiet, daily: true });
});
