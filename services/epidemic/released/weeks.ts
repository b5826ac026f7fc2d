import { addDays, daysBetween } from '#contracts/days.ts';
import { instantOfWallClock, localDay } from '#platform/local-time.ts';

/** An ISO week, Monday to Sunday, and the instant as known at which its counts were released. */
export interface ReleasedWeek {
  from: string;
  to: string;
  /** RFC 3339, UTC. */
  releasedAt: string;
}

export interface ReleasePolicy {
  settleDays: number;
  settleMinutes: number;
}

export interface ReleaseClock {
  timeZone: string;
  /** When the first case and the first area of the district were both known, RFC 3339; null: they are not. */
  firstKnownAt: string | null;
  /** Up to when releases are looked for: what was released later is not there yet. RFC 3339. */
  until: string;
}

/** A Monday. */
const aMonday = '1970-01-05';
export const mondayOf = (day: string): string => addDays(day, -(((daysBetween(aMonday, day) % 7) + 7) % 7));

/**
 * The weeks that end in `days`, newest first, whose counts had been released by a moment. A week is released at a local midnight, so many whole days after its Sunday; what
 * was already over when the district was first heard of, at the midnight after that. It is released once, so that two moments can be told no two numbers of it.
 */
export function releasedWeeks(
  { timeZone, firstKnownAt, until }: ReleaseClock,
  { from, to }: { from: string; to: string },
  { settleDays, settleMinutes }: ReleasePolicy,
  most: number,
): ReleasedWeek[] {
  if (firstKnownAt === null) return [];
  const midnight = (day: string) => instantOfWallClock(Date.parse(`${day}T00:00:00Z`), timeZone);
  const afterFirstKnown = midnight(addDays(localDay(Date.parse(firstKnownAt), timeZone), 1));
  const latest = Date.parse(until) - settleMinutes * 60_000;
  const weeks: ReleasedWeek[] = [];
  for (
    let sunday = addDays(mondayOf(addDays(to, 1)), -1);
    sunday >= from && weeks.length < most;
    sunday = addDays(sunday, -7)
  ) {
    const releasedMs = Math.max(midnight(addDays(sunday, 1 + settleDays)), afterFirstKnown);
    if (releasedMs > latest) continue;
    weeks.push({ from: addDays(sunday, -6), to: sunday, releasedAt: new Date(releasedMs).toISOString() });
  }
  return weeks;
}
