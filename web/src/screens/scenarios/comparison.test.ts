import { exampleDistrict, nothing, simulatePaths, summarise } from '@vungxanh/ml/scenario';
import { expect, test } from 'vitest';
import { formatBand, formatMetric, formatMoney, formatProbability, rounded } from './amounts.ts';
import { limitedDays, marksOf, metrics } from './comparison.ts';

const outcome = (levers: Parameters<typeof simulatePaths>[1]['levers']) => {
  const district = exampleDistrict();
  const scenario = { ...nothing, levers };
  const run = { days: 30, paths: 20, stepDays: 1, seed: 1 };
  return { ...summarise(district, scenario, simulatePaths(district, scenario, run)), areaIds: [], wards: undefined };
};
const lower = { better: 'lower', unit: 'count' } as const;

const marks = (values: (number | undefined)[], metric: Parameters<typeof marksOf>[2] = lower) =>
  marksOf(
    values.map((value) => (value === undefined ? undefined : { value })),
    200,
    metric,
  );

test('best and worst are named only where they can be told apart', () => {
  expect(marks([100, 50, 75])).toEqual(['worst', 'best', undefined]);
  expect(marks([100, 99])).toEqual([undefined, undefined]);
  expect(marks([0, 0, 300])).toEqual(['best', 'best', 'worst']);
  expect(marks([40_000, 9_500, 7_200_000])).toEqual([undefined, 'best', 'worst']);
  expect(marks([0.001, 0.015], { better: 'lower', unit: 'share' })).toEqual([undefined, undefined]);
  expect(marks([5])).toEqual([undefined]);
  expect(marks([1, 9], { better: undefined, unit: 'count' })).toEqual([undefined, undefined]);
  expect(marks([undefined, 9, 3])).toEqual([undefined, 'worst', 'best']);
});

test('one death more or less of thirty is the chance of 200 paths, not a merit; of a million paths it would be one', () => {
  const deaths = [
    { value: 32, low: 17, high: 54 },
    { value: 31, low: 17, high: 56 },
  ];
  expect(marksOf(deaths, 200, lower)).toEqual([undefined, undefined]);
  expect(marksOf(deaths, 1_000_000, lower)).toEqual(['worst', 'best']);
  const share = { better: 'lower', unit: 'share' } as const;
  expect(marksOf([{ value: 0.55 }, { value: 0.51 }], 200, share)).toEqual([undefined, undefined]);
  expect(marksOf([{ value: 0.55 }, { value: 0.51 }], 10_000, share)).toEqual(['worst', 'best']);
});

test('every metric of a simulated outcome is a number, and lies in its band', () => {
  for (const metric of metrics) {
    const { value, low, high } = metric.of(outcome([]), [20, 50, 150]);
    expect(value, metric.name).toBeGreaterThanOrEqual(0);
    if (low !== undefined) expect(low, metric.name).toBeLessThanOrEqual(value);
    if (high !== undefined) expect(high, metric.name).toBeGreaterThanOrEqual(value);
  }
});

test('a day counts as limited when anybody’s movement or any business is', () => {
  const levers = [
    { kind: 'movement', fromDay: 3, toDay: 9, limit: 0.5, contactShare: 0.5 },
    { kind: 'business', fromDay: 8, toDay: 12, openShare: 0.5, contactShare: 0.5 },
  ] as const;
  expect(limitedDays(outcome([...levers]))).toBe(10);
});

test('money is said in the words that people use', () => {
  expect(formatMoney(350e6, 'vi')).toBe('350 triệu đồng');
  expect(formatMoney(2.74e12, 'vi')).toBe('2,7 nghìn tỷ đồng');
  expect(formatMoney(999.9e6, 'en')).toBe('1 billion đồng');
  expect(formatMoney(0, 'vi')).toBe('0 đồng');
  expect(formatBand({ value: 16e9, low: 8.3e9, high: 33e9 }, 'money', 200, 'vi')).toBe('8,3 – 33 tỷ đồng');
  expect(formatBand({ value: 16e9, low: 830e6, high: 33e9 }, 'money', 200, 'vi')).toBe('830 triệu đồng – 33 tỷ đồng');
});

test('a band that says no more than the number is not said', () => {
  expect(formatBand({ value: 0, low: 0, high: 0 }, 'count', 200, 'vi')).toBeUndefined();
  expect(formatBand({ value: 7 }, 'count', 200, 'vi')).toBeUndefined();
  expect(formatBand({ value: 120, low: 80, high: 240 }, 'count', 200, 'en')).toBe('80 – 240');
});

test('nothing is said more exactly than so many paths know it', () => {
  expect(rounded(12_345)).toBe(12_000);
  expect(rounded(87.4)).toBe(87);
  expect(rounded(0)).toBe(0);
  expect(formatProbability(0, 200, 'vi')).toBe('< 1 %');
  expect(formatProbability(1, 1000, 'en')).toBe('> 99 %');
  expect(formatProbability(0.384, 200, 'vi')).toBe('38%');
  expect(formatMetric(21, 'days', 200, 'vi')).toBe('21');
  expect(formatMetric(7_234_567, 'days', 200, 'vi')).toBe('7.200.000');
});
