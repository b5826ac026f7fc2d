import type { District, Drill } from '../api/answers.ts';

/** What the exercise said of its clock, and what was shown when it said so; left out: nothing was. Milliseconds since 1970. */
export interface ToldDrill {
  state: Drill;
  receivedAtMs: number;
  shownMs?: number;
  /** Between this word and the one before. */
  walkMs?: number;
}

/**
 * The moment on a district's own clock. Live: the wall's. An exercise: its own. Recorded: the last thing known.
 *
 * @param figuresMs moment of the figures on the screen: an exercise has reached it
 */
export function districtNow(
  district: District | undefined,
  wallMs: number,
  drill: ToldDrill | undefined,
  lastRecordedMs: number | undefined,
  figuresMs = 0,
): number {
  if (!district || district.clock === 'live') return wallMs;
  if (drill && drill.state.district === district.district) return Math.max(drillNow(drill, wallMs), figuresMs);
  return lastRecordedMs ?? wallMs;
}

/** Longest walk from one word to the next, milliseconds: after a pause of the page it is not shown for minutes what was. */
const longestWalkMs = 10_000;

/**
 * The clock of an exercise walks from what was shown to what was told, in the time that lay between the last two words. So it shows no moment that the
 * exercise has not reached (it may stand still, when the journal takes nothing), and never goes back.
 */
export function drillNow({ state, receivedAtMs, shownMs, walkMs }: ToldDrill, wallMs: number): number {
  const told = Date.parse(state.clock);
  if (shownMs === undefined || !walkMs || state.paused || !state.running) return Math.max(told, shownMs ?? told);
  const walked = Math.min(1, Math.max(0, wallMs - receivedAtMs) / walkMs);
  return shownMs + Math.max(0, told - shownMs) * walked;
}

/** The exercise has spoken again. Fewer facts than before: another run has begun, and its clock with it. */
export function toldAgain(before: ToldDrill | undefined, state: Drill, receivedAtMs: number): ToldDrill {
  if (!before || before.state.district !== state.district || (state.sent ?? 0) < (before.state.sent ?? 0))
    return { state, receivedAtMs };
  return {
    state,
    receivedAtMs,
    shownMs: drillNow(before, receivedAtMs),
    walkMs: Math.min(longestWalkMs, receivedAtMs - before.receivedAtMs),
  };
}

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

/** The instant at which a clock of the zone shows a day and a time (HH:MM), milliseconds. */
export function instantAt(day: string, time: string, timeZone: string): number {
  const asUtc = Date.parse(`${day}T${time}:00Z`);
  return asUtc - zoneOffsetMs(timeZone, asUtc);
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
