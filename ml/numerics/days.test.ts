import { describe, expect, it } from 'vitest';
import {
  dateAfter,
  dayNumber,
  dayNumberOrNaN,
  daysBetween,
  isoDate,
  weekEnd,
  weekNumber,
  yearFraction,
} from './days.ts';

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

describe('days', () => {
  it('count from 1970, and a time of day is left out', () => {
    expect([dayNumber('1970-01-01'), dayNumber('1969-12-31'), dayNumber('1970-01-02T23:59:59Z')]).toEqual([0, -1, 1]);
    expect(isoDate(dayNumber('2024-02-29'))).toBe('2024-02-29');
  });
  it('run over leap days and years, backwards too', () => {
    expect([dateAfter('2024-02-28', 2), dateAfter('2022-01-01', -1)]).toEqual(['2024-03-01', '2021-12-31']);
    expect([daysBetween('2023-12-31', '2024-12-31'), daysBetween('2024-01-02', '2024-01-01')]).toEqual([366, -1]);
  });
  it('what is no date is NaN or refused', () => {
    expect([dayNumberOrNaN('yesterday'), daysBetween('2024-01-01', '')]).toEqual([Number.NaN, Number.NaN]);
    expect(() => dayNumber('2024-13-01')).toThrow('"2024-13-01"');
    expect(() => dateAfter('', 1)).toThrow('""');
  });
});
