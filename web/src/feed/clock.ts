import type { District, Drill } from '../api/answers.ts';

/** The moment on a district's own clock. Live: the wall's. An exercise: its own, running on from when it was told. Recorded: the last thing known. */
export function districtNow(
  district: District | undefined,
  wallMs: number,
  drill: { state: Drill; receivedAtMs: number } | undefined,
  lastRecordedMs: number | undefined,
): number {
  if (!district || district.clock === 'live') return wallMs;
  if (drill && drill.state.district === district.district) return drillNow(drill.state, drill.receivedAtMs, wallMs);
  return lastRecordedMs ?? wallMs;
}

export function drillNow(drill: Drill, receivedAtMs: number, wallMs: number): number {
  const told = Date.parse(drill.clock);
  if (!drill.running || drill.paused) return told;
  return Math.min(told + Math.max(0, wallMs - receivedAtMs) * drill.speed, Math.max(told, lastMoment(drill.to)));
}

/** The end may be told as a day: it lasts until midnight. */
const lastMoment = (end: string) => Date.parse(end) + (end.length === 10 ? dayMs - 1 : 0);

/** Calendar day (YYYY-MM-DD) of a moment in a time zone. */
export function dayIn(timeZone: string, ms: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(ms);
}

const dayMs = 86_400_000;
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMs);

/** The last millisecond of a calendar day in a time zone: what was known at the end of that day. */
export function endOfDay(day: string, timeZone: string): number {
  const utcMidnight = Date.parse(addDays(day, 1));
  return utcMidnight - zoneOffsetMs(timeZone, utcMidnight) - 1;
}

/** How far a zone is ahead of UTC at a moment. */
function zoneOffsetMs(timeZone: string, ms: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(ms);
  const part = (type: string) => Number(parts.find((p) => p.type === type)!.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - ms;
}
