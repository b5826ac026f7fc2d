import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WeeklyHistory } from '../history/weekly-history.ts';
import { isNews } from './news.ts';
import { riskOfHistory, roundedShares } from './risk-of-history.ts';

const areas = 8;
const start = 18_800;

/** Weekly rates by week and area, each published five days after its end. */
function historyOf(weeks: number, rate: (area: number, week: number) => number): WeeklyHistory {
  const revisions = Array.from({ length: weeks * areas }, (_, i) => {
    const [week, area] = [Math.floor(i / areas), i % areas];
    const weekEnd = start + 7 * week;
    return { instant: weekEnd * 86_400_000, publishedDay: weekEnd + 5, area, weekEnd, rate: rate(area, week) };
  });
  return {
    areaIds: Array.from({ length: areas }, (_, i) => `W${i}`),
    populations: Array.from({ length: areas }, () => 40_000),
    neighbours: Array.from({ length: areas }, (_, i) => Int32Array.from([(i + 1) % areas, (i + areas - 1) % areas])),
    revisions,
    firstOrigin: start,
    lastOrigin: start + 7 * (weeks - 1),
  };
}

const ask = (
  history: WeeklyHistory,
  cuts: readonly number[] = [20, 50, 150],
  source: 'line-list' | 'published-counts' = 'line-list',
) => riskOfHistory({ history, source, cuts, codeVersion: 'test', rules: { leastWeeks: 4, oldestBaseWeeks: 3 } });

describe('risk of a history', () => {
  const growing = historyOf(14, (area, week) => 10 * 1.25 ** week * (1 + area / 10));
  const falling = historyOf(14, (area, week) => 300 * 0.8 ** week * (1 + area / 10));

  test('the same history gives the same answer to the last digit', () => {
    expect(ask(growing)).toEqual(ask(growing));
  });

  test('what grows is likelier to rise than what falls, and scores higher than the same level falling', () => {
    const [up, down] = [ask(growing)[0]!, ask(falling)[0]!];
    expect([up.baseDate, down.baseDate]).toEqual([up.dataThroughDate, down.dataThroughDate]);
    expect(up.presentBand).toBe(4);
    expect(down.presentBand).toBe(1);
    expect(up.horizons![1]!.bands[3]!).toBeGreaterThan(0.9);
    expect(down.horizons![1]!.bands[0]!).toBeGreaterThan(0.75);
    expect(up.score!).toBeGreaterThan(down.score!);
  });

  test('a district by itself, one area without neighbours, has bands, drivers and a chance of change', () => {
    const { areaIds, populations, revisions, ...rest } = growing;
    const whole = {
      ...rest,
      areaIds: areaIds.slice(0, 1),
      populations: populations.slice(0, 1),
      neighbours: [new Int32Array(0)],
      revisions: revisions.filter(({ area }) => area === 0),
    };
    const risks = ask(whole);
    expect(risks).toHaveLength(1);
    const [risk] = risks;
    expect(risk!.horizons!.map(({ bands }) => bands.reduce((a, b) => a + b, 0))).toEqual(
      [1, 1, 1, 1].map((x) => expect.closeTo(x, 9)),
    );
    expect(risk!.drivers!.map(({ driver }) => driver)).toContain('trend');
    expect(risk!.context!.every(({ moves }) => !moves)).toBe(true);
  });

  test('other cut points, other bands: they are a policy', () => {
    const [risk] = ask(growing, [1000, 2000]);
    expect(risk!.horizons![0]!.bands).toHaveLength(3);
    expect(risk!.presentBand).toBe(1);
  });

  test('the card holds the score of its own past beside the baseline', () => {
    const { card } = ask(growing)[0]!;
    expect(card!.cells).toBeGreaterThan(100);
    expect(card!.relativeScore).toBeCloseTo(card!.score! / card!.baselineScore!, 2);
  });

  test('too short a history, and one whose cases are long ago, are withheld by name', () => {
    expect(ask(historyOf(3, () => 50)).map((risk) => risk.abstention!.reason)).toEqual(Array(areas).fill('too-little'));
    const ended = ask(historyOf(14, (_, week) => (week < 8 ? 50 : 0)));
    expect(ended.every((risk) => risk.abstention?.reason === 'no-recent-cases')).toBe(true);
    expect(ended[0]!.abstention!.detail).toContain('at most 3 weeks');
  });

  test('a sixfold week is believed at once from a line list, doubted from a published table', () => {
    const jump = historyOf(14, (area, week) => (week < 13 ? 30 : 180) * (1 + area / 10));
    const [named] = ask(jump);
    expect(named!.baseDate).toBe(named!.dataThroughDate);
    expect(named!.horizons![0]!.bands[3]!).toBeGreaterThan(0.7);
    const [published] = ask(jump, [20, 50, 150], 'published-counts');
    expect(published!.baseDate! < published!.dataThroughDate).toBe(true);
  });

  test('news is a new day, a touched rate or a moved probability; not the same again', () => {
    const [risk] = ask(growing);
    expect(isNews(undefined, risk!)).toBe(true);
    expect(isNews(risk!, structuredClone(risk!))).toBe(false);
    expect(isNews(risk!, { ...risk!, ratePer100k: risk!.ratePer100k! + 2.5 })).toBe(true);
    expect(isNews(risk!, { ...risk!, dataThroughDate: '2030-01-01' })).toBe(true);
    const withheld = { ...risk!, abstention: { reason: 'stale', detail: 'long ago' } };
    expect(isNews(risk!, withheld)).toBe(true);
    expect(isNews(withheld, { ...withheld, dataThroughDate: '2030-01-01' })).toBe(false);
  });
});

test('rounded shares still add up to 1 and are never negative', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 8 }), (raw) => {
      const total = raw.reduce((a, b) => a + b, 0);
      fc.pre(total > 0.01);
      const shares = roundedShares(raw.map((share) => share / total));
      expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      for (const share of shares) expect(share).toBeGreaterThanOrEqual(0);
    }),
  );
});
