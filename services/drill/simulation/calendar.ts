import { dayMs } from '@vungxanh/ml/numerics';
import { instantOfWallClock } from '#platform/local-time.ts';

/** A local calendar day, counted from 1970-01-01. */
export type Day = number;

export { dayNumber as dayOf, isoDate as dayText } from '@vungxanh/ml/numerics';

/** 0 Sunday … 6 Saturday. */
export const weekday = (day: Day): number => (((day + 4) % 7) + 7) % 7;
export const isWeekend = (day: Day): boolean => weekday(day) === 0 || weekday(day) === 6;

/** The next Monday; the day itself when it is one. */
export function mondayFrom(day: Day): Day {
  return day + ((8 - weekday(day)) % 7);
}

/** The instant of a local day and minute of that day, milliseconds. */
export const instantOf = (day: Day, minute: number, timeZone: string): number =>
  instantOfWallClock(day * dayMs + Math.round(minute * 60_000), timeZone);

/** Straight lines between given days; level before the first and after the last. */
export function between(anchors: readonly (readonly [Day, number])[], day: Day): number {
  const after = anchors.findIndex(([anchor]) => anchor >= day);
  if (after === 0) return anchors[0]![1];
  if (after < 0) return anchors.at(-1)![1];
  const [from, low] = anchors[after - 1]!;
  const [to, high] = anchors[after]!;
  return low + ((high - low) * (day - from)) / (to - from);
}
