/** Pages of the wall, in the order in which they come round. */
export const wallPages = ['situation', 'epidemic', 'order', 'figures'] as const;
export type WallPage = (typeof wallPages)[number];

/** Milliseconds that a page stays, and that an alarm stays in front of everything. */
export const pageMs = 20_000;
export const alarmMs = 45_000;

/** The page at a moment: by the clock alone, so that a wall that runs for days keeps no count. */
export const pageAt = (ms: number): WallPage => wallPages[Math.floor(ms / pageMs) % wallPages.length]!;

export interface Alarm {
  key: string;
  untilMs: number;
}

/**
 * The alarm that stands in front of everything: one that was not there before takes over; it stays for its time while it holds, then the next.
 *
 * @param known keys of alarms that were there already @param keys those that hold now, the most pressing first
 */
export function alarmNow(
  shown: Alarm | undefined,
  known: ReadonlySet<string>,
  keys: readonly string[],
  nowMs: number,
): Alarm | undefined {
  const key = keys.find((one) => !known.has(one));
  if (key !== undefined) return { key, untilMs: nowMs + alarmMs };
  return shown && shown.untilMs > nowMs && keys.includes(shown.key) ? shown : undefined;
}
