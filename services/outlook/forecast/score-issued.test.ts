import { hubLevels, isoDate } from '@vungxanh/ml';
import { expect, test } from 'vitest';
import { scoreIssued } from './score-issued.ts';

/** 23 quantiles of a uniform distribution between low and high. */
const uniform = (low: number, high: number) => hubLevels.map((level) => low + level * (high - low));
const forecast = (day: number, low: number, high: number) => ({
  horizons: [{ weeks: 1, targetDate: isoDate(day), quantiles: uniform(low, high), baseline: uniform(0, 400) }],
});

test('counts the bands that held, and only of weeks whose truth is known', () => {
  const issued = [forecast(100, 80, 120), forecast(107, 80, 120), forecast(114, 80, 120)];
  const truth = new Map([
    [100, 100],
    [107, 300],
  ]);
  const {
    weeks: [week1, week2],
    days,
  } = scoreIssued(issued, (day) => truth.get(day));
  expect(days).toEqual([]);
  expect(week1).toMatchObject({ weeks: 1, of: 2, held50: 1, held95: 1 });
  expect(week1!.sentence!.en).toBe('Of the last 2 such 95% bands at 1 week, 1 held');
  expect(week2).toMatchObject({ of: 0, wis: null, relativeWis: null, sentence: null });
});

test('a narrow forecast that holds beats a wide baseline; the score is in cases', () => {
  const [only] = scoreIssued([forecast(100, 90, 110)], () => 100).weeks;
  // pinball losses of a uniform distribution about its median: (2/23) Σ level · |quantile − 100| on both sides
  const byHand = hubLevels.reduce(
    (sum, level) => sum + (2 / 23) * Math.min(level, 1 - level) * Math.abs(20 * level - 10),
    0,
  );
  expect(only!.wis).toBeCloseTo(byHand, 3);
  expect(only!.relativeWis!).toBeLessThan(0.2);
});

test('looks at the last forty only', () => {
  const issued = Array.from({ length: 60 }, (_, i) => forecast(100 + i, i < 20 ? 900 : 0, 1000));
  expect(scoreIssued(issued, () => 500).weeks[0]).toMatchObject({ of: 40, held95: 40 });
});

test('days have a record of their own, of single days', () => {
  const issued = [
    {
      ...forecast(107, 80, 120),
      days: [{ days: 1, targetDate: isoDate(101), quantiles: uniform(8, 20), baseline: uniform(0, 90) }],
    },
  ];
  const truth = (day: number, days: number) => (days === 1 && day === 101 ? 14 : undefined);
  const { weeks, days } = scoreIssued(issued, truth);
  expect(weeks[0]).toMatchObject({ of: 0, sentence: null });
  expect(days.map((record) => record.days)).toEqual([1, 3, 7, 14, 21, 28]);
  expect(days[0]).toMatchObject({ of: 1, held50: 1, held95: 1 });
  expect(days[0]!.sentence!.vi).toBe('Trong 1 khoảng dự báo 95 % gần nhất của hạn 1 ngày, 1 khoảng chứa giá trị thực');
});
