/** Calendar days and instants in an IANA time zone. No clock is read here. */

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** The wall clock of a zone at an instant, as if it were UTC: milliseconds since 1970-01-01T00:00 local. */
function wallClockMs(instantMs: number, timeZone: string): number {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(instantMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name)!;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/** By zone and half hour. */
const offsets = new Map<string, Map<number, number>>();

/** Milliseconds that a zone is ahead of UTC at an instant. Asked once for each half hour: zones change on half hours. */
export function zoneOffsetMs(instantMs: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  const slot = Math.floor(instantMs / 1_800_000);
  let ofZone = offsets.get(timeZone);
  if (ofZone === undefined) {
    ofZone = new Map();
    offsets.set(timeZone, ofZone);
  }
  let offset = ofZone.get(slot);
  if (offset === undefined) {
    if (ofZone.size > 100_000) ofZone.clear();
    offset = wallClockMs(slot * 1_800_000, timeZone) - slot * 1_800_000;
    ofZone.set(slot, offset);
  }
  return offset;
}

/**
 * The instant at which the wall clock of a zone shows a time. A time that the clock skips (summer time begins) is read with the offset
 * before the change, so it lands just after the gap; a time that it shows twice is the first of the two.
 *
 * @param wallMs local wall clock, as milliseconds since 1970-01-01T00:00 without zone
 */
export function instantOfWallClock(wallMs: number, timeZone: string): number {
  const day = 86_400_000;
  const before = zoneOffsetMs(wallMs - day, timeZone);
  const after = zoneOffsetMs(wallMs + day, timeZone);
  if (before === after) return wallMs - before;
  const early = wallMs - Math.max(before, after);
  if (early + zoneOffsetMs(early, timeZone) === wallMs) return early;
  const late = wallMs - Math.min(before, after);
  if (late + zoneOffsetMs(late, timeZone) === wallMs) return late;
  return wallMs - before;
}

/** Where the day begins first: 14 hours ahead of UTC. A day that has not begun there has begun nowhere. */
const firstZone = 'Etc/GMT-14';

/** A clock in a zone: the instant that it shows, and how far it is ahead of UTC at any. Without a zone it stands where the day begins first. */
export const clockIn = (now: Date, timeZone = firstZone) => ({
  nowMs: now.getTime(),
  offsetMs: (instantMs: number) => zoneOffsetMs(instantMs, timeZone),
});

/** The calendar day of an instant in a zone, YYYY-MM-DD. */
export function localDay(instantMs: number, timeZone: string): string {
  return new Date(instantMs + zoneOffsetMs(instantMs, timeZone)).toISOString().slice(0, 10);
}
