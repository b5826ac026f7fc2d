import { addDays, endOfDay } from '../feed/clock.ts';

/** Who is on call at an office, as `GET /api/officials/shifts` answers it: RFC 3339, half-open. */
export interface Shift {
  shiftId: string;
  targetId: string;
  officerId: string;
  from: string;
  until: string;
}
/** The shifts of an office on each of seven days; one that goes on over midnight is on both. */
export interface OfficeWeek {
  targetId: string;
  days: Shift[][];
}

/** The Monday of a local day, YYYY-MM-DD. */
export const mondayOf = (day: string): string => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));

/** The instant at which a local day begins, milliseconds since 1970. */
export const startOfDay = (day: string, timeZone: string): number => endOfDay(addDays(day, -1), timeZone) + 1;

/** Shifts by office and day of the week that begins on a Monday, offices by name, shifts by time. Pure. */
export function rosterOfWeek(shifts: readonly Shift[], monday: string, timeZone: string): OfficeWeek[] {
  const begins = Array.from({ length: 8 }, (_, index) => startOfDay(addDays(monday, index), timeZone));
  const touching = (of: readonly Shift[], index: number) =>
    of
      .filter(({ from, until }) => Date.parse(from) < begins[index + 1]! && Date.parse(until) > begins[index]!)
      .toSorted((one, other) => Date.parse(one.from) - Date.parse(other.from));
  return [...Map.groupBy(shifts, ({ targetId }) => targetId)]
    .map(([targetId, own]) => ({ targetId, days: begins.slice(0, 7).map((_, index) => touching(own, index)) }))
    .filter(({ days }) => days.some((day) => day.length > 0))
    .toSorted((one, other) => one.targetId.localeCompare(other.targetId));
}
