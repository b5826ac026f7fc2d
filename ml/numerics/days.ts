/** Calendar days and weeks as whole numbers, so that weeks are differences of 7 and no time zone can slip in. */

/** Milliseconds of a day. */
export const dayMs = 86_400_000;

/** Number of whole days from 1970-01-01 to an ISO date (a time of day after it is ignored); NaN when it is no date. */
export const dayNumberOrNaN = (isoDate: string): number =>
  Math.round(Date.parse(`${isoDate.slice(0, 10)}T00:00:00Z`) / dayMs);

/** The same of what has to be a date. @throws RangeError when it is none */
export function dayNumber(isoDate: string): number {
  const day = dayNumberOrNaN(isoDate);
  if (Number.isNaN(day)) throw new RangeError(`date must be YYYY-MM-DD, got "${isoDate}"`);
  return day;
}

/** ISO date of a day number. */
export function isoDate(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** Days from a calendar date (YYYY-MM-DD) to another; negative when it lies before, NaN when one is no date. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);

/** The date so many days after another. @throws RangeError when it is no date */
export const dateAfter = (from: string, days: number): string => isoDate(dayNumber(from) + days);

// 1970-01-03 was a Saturday: week w ends on day 7 w + 2
/** Number of the week that ends on the Saturday of, or first after, this date. */
export function weekNumber(date: string): number {
  return Math.ceil((dayNumber(date) - 2) / 7);
}

/** The Saturday that ends a week, as an ISO date. */
export function weekEnd(week: number): string {
  return isoDate(7 * week + 2);
}

/** Fraction of the year (0..1) at the end of a week. */
export function yearFraction(week: number): number {
  const date = weekEnd(week);
  const year = Number(date.slice(0, 4));
  return (dayNumber(date) - dayNumber(`${year}-01-01`)) / 365.25;
}
