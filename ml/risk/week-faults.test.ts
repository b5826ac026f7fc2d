import { describe, expect, test } from 'vitest';
import { createRandom } from '../numerics/random.ts';
import type { PublishedWeek } from './published-table.ts';
import { disorder, faultOf, type WeekEvidence } from './week-faults.ts';

const areas = 80;
const units = new Float64Array(areas).fill(0.4);
const random = createRandom(6);
const usual = Float64Array.from({ length: areas }, () => 40 * Math.exp(0.8 * random.normal()));

function week(weekEnd: number, rate: Float64Array, publishedDay = weekEnd + 5): PublishedWeek {
  return {
    weekEnd,
    rate,
    published: new Uint8Array(areas).fill(1),
    publishedCount: areas,
    cityRate: 60,
    lastPublishedDay: publishedDay,
  };
}
const noisy = () => usual.map((rate) => random.poisson(rate * 0.4) / 0.4);

function evidence(change: Partial<WeekEvidence>): WeekEvidence {
  const before = week(100, noisy());
  return {
    week: week(107, noisy()),
    before,
    cityChange: 0.1,
    changeBefore: 0.1,
    reportGap: 0.05,
    usualDisorder: [1, 1.1, 0.9, 1],
    units,
    ...change,
  };
}

describe('the newest week', () => {
  test('is believed when nothing speaks against it', () => expect(faultOf(evidence({}))).toBeUndefined());
  test('before its end', () =>
    expect(faultOf(evidence({ week: week(107, noisy(), 106) }))).toBe('published before its end'));
  test('the same figures as the week before', () => {
    const before = week(100, noisy());
    expect(faultOf(evidence({ before, week: week(107, before.rate) }))).toBe('repeats the week before');
  });
  test('areas shuffled', () =>
    expect(faultOf(evidence({ week: week(107, noisy().reverse()) }))).toBe('areas out of order'));
  test('three times what the daily reports say', () =>
    expect(faultOf(evidence({ reportGap: -1.1 }))).toBe('contradicts the daily reports'));
  test('a large wave that the reports confirm is believed', () =>
    expect(faultOf(evidence({ cityChange: 1.5, reportGap: 0.2 }))).toBeUndefined());
  test('without reports, a fourfold rise or a sudden turn is doubted', () => {
    expect(faultOf(evidence({ cityChange: 1.4, changeBefore: 1, reportGap: undefined }))).toBe('implausible change');
    expect(faultOf(evidence({ cityChange: -0.9, changeBefore: 0.2, reportGap: undefined }))).toBe('implausible change');
    expect(faultOf(evidence({ cityChange: -0.8, changeBefore: -0.6, reportGap: undefined }))).toBeUndefined();
  });
});

test('disorder is about 1 for counts that vary by chance, and far more when areas are shuffled', () => {
  const [one, two] = [week(100, noisy()), week(107, noisy())];
  expect(disorder(two, one, units)).toBeLessThan(1.5);
  expect(disorder(week(107, two.rate.slice().reverse()), one, units)).toBeGreaterThan(4);
});
