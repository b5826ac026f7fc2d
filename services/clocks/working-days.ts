import { z } from '@hono/zod-openapi';
import { addDays } from '#contracts/days.ts';
import { bothLanguages } from '#contracts/primitives.ts';
import file from './working-days.json' with { type: 'json' };

const basis = { verified: z.boolean(), source: z.string() };
const closed = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  words: bothLanguages,
  ...basis,
});
const worked = z.object({ day: z.iso.date(), ...basis });
/** Spans in which offices are closed beside weekends, and Saturdays that are worked in exchange. */
export const workingDaysSchema = z.object({
  timeZones: z.array(z.string()),
  closed: z.array(closed),
  worked: z.array(worked),
});
export const workingDays = workingDaysSchema.parse(file);

/** Days that are not weekends and closed, and weekend days that are worked: YYYY-MM-DD. */
export interface OfficeCalendar {
  closed: readonly string[];
  worked: readonly string[];
}

const ofVietnam: OfficeCalendar = {
  closed: workingDays.closed.flatMap(({ from, to }) => {
    const days: string[] = [];
    for (let day = from; day <= to; day = addDays(day, 1)) if (isWeekday(day)) days.push(day);
    return days;
  }),
  worked: workingDays.worked.map(({ day }) => day),
};
const weekendsAlone: OfficeCalendar = { closed: [], worked: [] };

function isWeekday(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** The calendar of a district's zone; where we know none, offices are closed at weekends. */
export const calendarOf = (timeZone: string): OfficeCalendar =>
  workingDays.timeZones.includes(timeZone) ? ofVietnam : weekendsAlone;
