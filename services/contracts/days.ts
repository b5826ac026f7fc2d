/** Calendar days as text, YYYY-MM-DD, as `day` in primitives.ts. No zone and no clock is asked. */

const dayMs = 86_400_000;

/** The day so many days later; earlier, when negative. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);

/** Days from one day to another; negative, when it is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMs);

/** 2026-11-30 → 30/11/2026, as Vietnamese write it. */
export const dayInWords = (day: string): string => day.split('-').reverse().join('/');
