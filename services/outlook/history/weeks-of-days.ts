import type { Revision } from '@vungxanh/ml';

/** A count that was published for one day, in the order of publication. */
export interface PublishedDay {
  /** UTC, milliseconds */
  instant: number;
  area: number;
  day: number;
  /** per 100,000 people; NaN: suppressed */
  rate: number;
}

/**
 * Daily counts as a weekly table: weeks end on the weekday of the newest day that every area which publishes has published, and are out once all seven
 * days are; a later revision of a day revises its week. A week with a suppressed day is not known, one with a missing day is not there.
 */
export function weeksOfDays(days: readonly PublishedDay[]): Revision[] {
  const newest = new Map<number, number>();
  for (const { area, day } of days) newest.set(area, Math.max(day, newest.get(area) ?? day));
  const lastEnd = Math.min(...newest.values());
  const weeks = new Map<string, Float64Array>();
  const said = new Map<string, Set<number>>();
  const shown = new Map<string, number>();
  const out: Revision[] = [];
  for (const { instant, area, day, rate } of days) {
    const weekEnd = lastEnd - 7 * Math.floor((lastEnd - day) / 7);
    const key = `${area} ${weekEnd}`;
    const week = weeks.get(key) ?? new Float64Array(7);
    const present = said.get(key) ?? new Set<number>();
    week[weekEnd - day] = rate;
    present.add(day);
    weeks.set(key, week);
    said.set(key, present);
    if (present.size < 7) continue;
    const sum = week.reduce((a, b) => a + b, 0);
    // NaN equals nothing, so a week that stays unknown is compared by Object.is.
    if (Object.is(shown.get(key), sum)) continue;
    shown.set(key, sum);
    out.push({ instant, publishedDay: Math.floor(instant / 86_400_000), area, weekEnd, rate: sum });
  }
  return out;
}
