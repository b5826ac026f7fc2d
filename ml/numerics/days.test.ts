import { describe, expect, it } from 'vitest';
import { weekEnd, weekNumber, yearFraction } from './days.ts';

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
