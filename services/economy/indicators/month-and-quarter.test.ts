import { describe, expect, test } from 'vitest';
import { compareMonthWithQuarter, daysOf, type PeriodValue, previousQuarter } from './compare.ts';

const value = (period: string, amount: number, unit = 'tỷ đồng'): PeriodValue => {
  const [periodStart, periodEnd] = daysOf(period);
  return { periodStart, periodEnd, value: amount, unit, source: 's' };
};

test('days of months and quarters, at the ends of the year and in leap years', () => {
  expect(
    ['2021-01', '2021-12', '2020-02', '2021-02', '2021-Q1', '2021-Q2', '2021-Q3', '2021-Q4', '2020-Q1'].map(daysOf),
  ).toEqual([
    ['2021-01-01', '2021-01-31'],
    ['2021-12-01', '2021-12-31'],
    ['2020-02-01', '2020-02-29'],
    ['2021-02-01', '2021-02-28'],
    ['2021-01-01', '2021-03-31'],
    ['2021-04-01', '2021-06-30'],
    ['2021-07-01', '2021-09-30'],
    ['2021-10-01', '2021-12-31'],
    ['2020-01-01', '2020-03-31'],
  ]);
});

test('the quarter before, for every month of a year', () => {
  const months = Array.from({ length: 12 }, (_, month) => `2021-${String(month + 1).padStart(2, '0')}`);
  expect(months.map(previousQuarter)).toEqual([
    ...Array(3).fill('2020-Q4'),
    ...Array(3).fill('2021-Q1'),
    ...Array(3).fill('2021-Q2'),
    ...Array(3).fill('2021-Q3'),
  ]);
});

describe('a month beside a quarter', () => {
  const months = [value('2021-07', 100), value('2021-08', 80), value('2021-09', 120)];

  test('whole, with a published quarter whose months do not sum to it', () => {
    expect(compareMonthWithQuarter([value('2021-10', 200), value('2021-Q3', 320), ...months], '2021-10')).toEqual({
      month: { label: '2021-10', value: 200 },
      quarter: {
        label: '2021-Q3',
        periodStart: '2021-07-01',
        periodEnd: '2021-09-30',
        value: 320,
        basis: 'published',
        monthsSum: 300,
        discrepancy: 20,
        missingMonths: [],
      },
      ratio: 200 / 320,
      difference: -120,
      unit: 'tỷ đồng',
    });
  });

  test('of the last quarter of the year before, by its months', () => {
    const last = [value('2020-10', 1), value('2020-11', 2), value('2020-12', 3)];
    expect(compareMonthWithQuarter([value('2021-01', 12), ...last], '2021-01')).toMatchObject({
      quarter: {
        label: '2020-Q4',
        value: 6,
        basis: 'sum-of-months',
        monthsSum: 6,
        discrepancy: null,
        missingMonths: [],
      },
      ratio: 2,
      difference: 6,
    });
  });

  test('of a quarter that is named', () => {
    const first = [value('2021-01', 1), value('2021-02', 2), value('2021-03', 3)];
    expect(compareMonthWithQuarter([value('2021-10', 12), ...first, ...months], '2021-10', '2021-Q1')).toMatchObject({
      quarter: { label: '2021-Q1', value: 6 },
      ratio: 2,
    });
  });

  test('where a month is missing the published quarter stands alone, and the missing ones are named', () => {
    const { quarter } = compareMonthWithQuarter([value('2021-Q3', 320), months[0]!, months[2]!], '2021-10');
    expect(quarter).toMatchObject({
      value: 320,
      basis: 'published',
      monthsSum: null,
      discrepancy: null,
      missingMonths: ['2021-08'],
    });
  });

  test('a quarter of nothing has a difference and no ratio', () => {
    const zero = [value('2021-10', 5), value('2021-Q3', 0)];
    expect(compareMonthWithQuarter(zero, '2021-10')).toMatchObject({ ratio: null, difference: 5 });
  });

  test('a month of nothing is a ratio of nothing; an unknown month is none', () => {
    expect(compareMonthWithQuarter([value('2021-10', 0), value('2021-Q3', 10)], '2021-10')).toMatchObject({
      month: { value: 0 },
      ratio: 0,
      difference: -10,
    });
    expect(compareMonthWithQuarter([value('2021-Q3', 10)], '2021-10')).toMatchObject({
      month: { label: '2021-10', value: null },
      ratio: null,
      difference: null,
      unit: 'tỷ đồng',
    });
  });

  test('nothing known at all', () => {
    expect(compareMonthWithQuarter([], '2021-10')).toEqual({
      month: { label: '2021-10', value: null },
      quarter: {
        label: '2021-Q3',
        periodStart: '2021-07-01',
        periodEnd: '2021-09-30',
        value: null,
        basis: null,
        monthsSum: null,
        discrepancy: null,
        missingMonths: ['2021-07', '2021-08', '2021-09'],
      },
      ratio: null,
      difference: null,
      unit: null,
    });
  });

  test('only a value of exactly the period counts', () => {
    const halfMonth = { ...value('2021-10', 5), periodEnd: '2021-10-30' };
    const lateMonth = { ...value('2021-10', 5), periodStart: '2021-10-02' };
    expect(compareMonthWithQuarter([halfMonth, lateMonth], '2021-10').month.value).toBeNull();
  });

  test('units that differ among the values that are used are an error; others do not matter', () => {
    const quarter = value('2021-Q3', 5, 'đồng');
    expect(() => compareMonthWithQuarter([value('2021-10', 1), quarter], '2021-10')).toThrow(
      'units differ: tỷ đồng, đồng',
    );
    expect(() => compareMonthWithQuarter([value('2021-08', 1), quarter], '2021-10')).toThrow('units differ');
    expect(compareMonthWithQuarter([value('2021-05', 1), quarter], '2021-10').unit).toBe('đồng');
  });
});
