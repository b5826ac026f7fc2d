import { addDays } from '#contracts/days.ts';
import { instantOfWallClock, localDay } from '#platform/local-time.ts';
import { calendarOf, type OfficeCalendar } from './working-days.ts';

/** How long something may take: exactly one of these. */
export type Term =
  /** From the second: 48 hours are 48 hours, whatever day it is. */
  | { seconds: number }
  | { hours: number }
  /** Whole local days after that of the beginning; the last one is moved to the next working day where offices are closed on it. */
  | { days: number }
  /** The same, counted in days on which offices work. */
  | { workingDays: number }
  | { months: number }
  /** The end of a day that somebody named, YYYY-MM-DD; it is not moved. */
  | { on: string }
  /** A time of the wall clock, so many local days later: "08:00 tomorrow" is `{ at: '08:00', daysLater: 1 }`. */
  | { at: string; daysLater: number };

/** Offices work on the day, YYYY-MM-DD. */
export const isWorkingDay = (day: string, { closed, worked }: OfficeCalendar): boolean => {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return worked.includes(day) || (weekday !== 0 && weekday !== 6 && !closed.includes(day));
};

/** The day itself, or the next one on which offices work. */
function workingDayFrom(day: string, calendar: OfficeCalendar): string {
  let found = day;
  while (!isWorkingDay(found, calendar)) found = addDays(found, 1);
  return found;
}

/** So many months later; the last day of a month that is too short for it, as PostgreSQL counts. */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** The day with whose end a term ends. */
function lastDay(
  term: Exclude<Term, { seconds: number } | { hours: number } | { at: string }>,
  began: string,
  calendar: OfficeCalendar,
): string {
  if ('on' in term) return term.on;
  if ('days' in term) return workingDayFrom(addDays(began, term.days), calendar);
  if ('months' in term) return workingDayFrom(addMonths(began, term.months), calendar);
  let day = began;
  for (let left = term.workingDays; left > 0; left--) day = workingDayFrom(addDays(day, 1), calendar);
  return day;
}

/**
 * The instant at which a term has passed: at it something is overdue, a millisecond earlier it is not.
 *
 * @param from RFC 3339; when the term begins
 * @param timeZone IANA zone of the district, whose offices' calendar counts (working-days.json)
 * @returns RFC 3339, UTC, milliseconds
 */
export function endOfTerm(term: Term, from: string, timeZone: string): string {
  const fromMs = Date.parse(from);
  if ('seconds' in term) return new Date(fromMs + term.seconds * 1000).toISOString();
  if ('hours' in term) return new Date(fromMs + term.hours * 3_600_000).toISOString();
  const began = localDay(fromMs, timeZone);
  const wall =
    'at' in term
      ? `${addDays(began, term.daysLater)}T${term.at}:00Z`
      : `${addDays(lastDay(term, began, calendarOf(timeZone)), 1)}T00:00:00Z`;
  return new Date(instantOfWallClock(Date.parse(wall), timeZone)).toISOString();
}
