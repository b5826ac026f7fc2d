import { expect, test } from 'vitest';
import type { StatisticsAnswer } from '../api/outlook-answers.ts';
import { nowcastOf } from './nowcast-week.ts';

const nowcast = (median: number) => ({ median, interval50: [median, median], interval95: [median, median] }) as const;
const series = [
  { date: '2021-08-01', reported: 10, nowcast: null },
  { date: '2021-08-02', reported: 8, nowcast: { ...nowcast(12.4), interval50: [11, 13], interval95: [9, 16] } },
  { date: '2021-08-03', reported: 3, nowcast: { ...nowcast(11.2), interval50: [9, 13], interval95: [5, 20] } },
] as StatisticsAnswer['series'];
const days = { from: '2021-08-01', to: '2021-08-03' };

test('complete days as reported, the others by the median of what they may become', () =>
  expect(nowcastOf({ series, abstention: null }, days)).toBe(34));
test('a missing day, a withheld nowcast, or none at all: not known', () => {
  expect(nowcastOf({ series, abstention: null }, { ...days, to: '2021-08-04' })).toBeUndefined();
  expect(nowcastOf({ series, abstention: { reason: 'few', detail: '' } }, days)).toBeUndefined();
  expect(
    nowcastOf({ series: series.slice(0, 1), abstention: null }, { from: days.from, to: days.from }),
  ).toBeUndefined();
});
