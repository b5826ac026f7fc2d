import { describe, expect, test } from 'vitest';
import type { Snapshot } from './backtest-data.ts';
import { ReportedCounts } from './reported-counts.ts';

/** two areas, 100 and 50 reports a day */
function days(
  count: number,
  change: (day: number, cases: Float64Array) => Float64Array = (_, cases) => cases,
): Snapshot[] {
  return Array.from({ length: count }, (_, day) => ({
    instant: day,
    publishedDay: day,
    cases: change(day, Float64Array.of(1000 + 100 * day, 500 + 50 * day)),
  }));
}

function weekTo(day: number, snapshots: Snapshot[]): number[] | undefined {
  const counts = new ReportedCounts(2, snapshots);
  counts.advance(day);
  const window = counts.window(day - 7, day);
  return window && [...window.byArea, window.city];
}

describe('the last seven days of reports', () => {
  test('plain', () => {
    expect(weekTo(20, days(21))).toEqual([700, 350, 1050]);
  });

  test('a day without publication is bridged by the days around it', () => {
    expect(
      weekTo(
        20,
        days(21).filter((snapshot) => snapshot.publishedDay !== 13),
      ),
    ).toEqual([700, 350, 1050]);
  });

  test('a roll-back that is put right the next day leaves no trace', () => {
    const rolled = days(21, (day, cases) => (day === 17 ? cases.map((value) => value - 600) : cases));
    expect(weekTo(20, rolled)).toEqual([700, 350, 1050]);
  });

  test('a wider definition is bridged with the usual number, not taken for a wave', () => {
    const wider = days(21, (day, cases) => (day >= 17 ? cases.map((value) => value * 1.5 + 5000) : cases));
    const [first, second, city] = weekTo(20, wider)!;
    expect(first).toBeCloseTo(4 * 100 + 3 * 150, 6);
    expect(second).toBeCloseTo(4 * 50 + 3 * 75, 6);
    expect(city).toBeCloseTo(1275, 6);
  });

  test('an unconfirmed jump is not used: the window ends before it', () => {
    const jumped = days(18, (day, cases) => (day === 17 ? cases.map((value) => value * 30) : cases));
    const counts = new ReportedCounts(2, jumped);
    counts.advance(17);
    expect(counts.lastDay).toBe(16);
    expect(counts.faults).toEqual([{ day: 17, fault: 'jumped' }]);
  });

  test('repeated values are no news', () => {
    const stale = days(21, (day, cases) => (day === 20 ? Float64Array.of(2900, 1450) : cases));
    const counts = new ReportedCounts(2, stale);
    counts.advance(20);
    expect(counts.lastDay).toBe(19);
  });
});
