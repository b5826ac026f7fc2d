import { describe, expect, it } from 'vitest';
import { emptyPanel, lastReported, panelUntil, valueAt, weekEnd, weekNumber, yearFraction } from './series.ts';

describe('periods', () => {
  it('a week is named by the Saturday that ends it', () => {
    expect(weekEnd(weekNumber('2025-01-04'))).toBe('2025-01-04');
    expect(weekEnd(weekNumber('2025-01-05'))).toBe('2025-01-11');
    expect(weekNumber('2025-01-11') - weekNumber('2024-12-28')).toBe(2);
  });
  it('the year runs from 0 to 1', () => {
    expect(yearFraction(weekNumber('2022-01-01'))).toBe(0);
    expect(yearFraction(weekNumber('2022-12-31'))).toBeCloseTo(0.9966, 3);
  });
  it('refuses what is not a date', () => {
    expect(() => weekNumber('yesterday')).toThrow('"yesterday"');
  });
});

describe('panels', () => {
  const panel = emptyPanel(['a', 'b'], 10, 3);
  panel.values.set([1, 2, Number.NaN, 4, 5, 6]);
  it('answers NaN outside, and cuts after a period', () => {
    expect(valueAt(panel, 1, 12)).toBe(6);
    expect(valueAt(panel, 1, 13)).toBeNaN();
    const cut = panelUntil(panel, 11);
    expect([...cut.values]).toEqual([1, 2, 4, 5]);
  });
  it('knows the last report of each area', () => {
    expect([lastReported(panel, 0), lastReported(panel, 1)]).toEqual([11, 12]);
  });
});
