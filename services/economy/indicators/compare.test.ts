import { expect, test } from 'vitest';
import { compareMonthWithQuarter, daysOf, previousQuarter } from './compare.ts';

const value = (periodStart: string, periodEnd: string, amount: number, unit = 'tỷ đồng') => ({
  periodStart,
  periodEnd,
  value: amount,
  unit,
  source: 'test',
});
const october = value('2021-10-01', '2021-10-31', 470);
const months = [
  value('2021-07-01', '2021-07-31', 150),
  value('2021-08-01', '2021-08-31', 120),
  value('2021-09-01', '2021-09-30', 210),
];

// 470 tỷ in October 2021, "gần bằng quý III": domain.md row 29. The quarter's own figures here are made up for the arithmetic.
test('a month beside the quarter that was complete when it began', () => {
  expect(compareMonthWithQuarter([october, value('2021-07-01', '2021-09-30', 500)], '2021-10')).toMatchObject({
    month: { value: 470 },
    quarter: { label: '2021-Q3', value: 500, basis: 'published', discrepancy: null },
    ratio: 0.94,
    difference: -30,
  });
});

test('without a published quarter its months are summed; with both, a total that fails is seen', () => {
  expect(compareMonthWithQuarter([october, ...months], '2021-10').quarter).toMatchObject({
    value: 480,
    basis: 'sum-of-months',
    missingMonths: [],
  });
  const both = compareMonthWithQuarter([october, ...months, value('2021-07-01', '2021-09-30', 500)], '2021-10');
  expect(both.quarter).toMatchObject({ value: 500, monthsSum: 480, discrepancy: 20 });
});

test('what is missing is named, and nothing is made up', () => {
  expect(compareMonthWithQuarter([october, months[0]!], '2021-10')).toMatchObject({
    quarter: { value: null, basis: null, missingMonths: ['2021-08', '2021-09'] },
    ratio: null,
    difference: null,
  });
  expect(() => compareMonthWithQuarter([october, value('2021-07-01', '2021-09-30', 5e11, 'đồng')], '2021-10')).toThrow(
    /units differ/,
  );
});

test('quarters and days', () => {
  expect(['2021-01', '2021-03', '2021-04', '2021-12'].map(previousQuarter)).toEqual([
    '2020-Q4',
    '2020-Q4',
    '2021-Q1',
    '2021-Q3',
  ]);
  expect(daysOf('2020-02')).toEqual(['2020-02-01', '2020-02-29']);
  expect(daysOf('2021-Q4')).toEqual(['2021-10-01', '2021-12-31']);
});
