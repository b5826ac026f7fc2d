import {
  dailyDelays,
  emptyPanel,
  type GrowthOrHidden,
  growthDefaults,
  growthOf,
  isoDate,
  type NowcastValue,
  nowcastLastPeriods,
  type Reproduction,
  reproductionDefaults,
  reproductionNumbers,
  serialInterval,
  type Vintage,
} from '@vungxanh/ml';
import { type CaseChanges, firstDayOf, type Groups, KnownCounts } from './known-counts.ts';

export interface DailyStatistics {
  throughDate: string;
  /** reported cases a day, from the first case on */
  series: { date: string; reported: number; nowcast: NowcastValue | undefined }[];
  /** the last day of each window, oldest first */
  reproduction: (Reproduction & { date: string })[];
  growth: GrowthOrHidden;
}

const vintageDays = dailyDelays.memory;
/** Before the first case nothing was silent: the days count as zero, so that windows can open. */
const quietDaysBefore = 14;

/**
 * Daily counts of one area up to the last whole day, completed by the reporting delays seen so far, and what follows from them. The counts are
 * by date of specimen or confirmation.
 * @returns undefined when no case was ever known
 */
export function dailyStatistics(
  changes: CaseChanges,
  groups: Groups,
  onDay: number,
  interval: { meanDays: number; sdDays: number; longestDays: number },
): DailyStatistics | undefined {
  const firstCase = firstDayOf(changes);
  if (firstCase === undefined || !groups.includes(0)) return undefined;
  const lastDay = onDay - 1;
  const firstDay = Math.min(firstCase, lastDay) - quietDaysBefore;
  const known = new KnownCounts(changes, groups, 1, firstDay, lastDay);
  const vintages: Vintage[] = [];
  for (let age = Math.min(vintageDays, lastDay - firstDay - 1); age >= 0; age--) {
    known.goTo(age);
    const panel = emptyPanel(['area'], firstDay, lastDay - age - firstDay + 1);
    panel.values.set(known.counts.subarray(0, panel.length));
    vintages.push({ asOf: isoDate(lastDay - age), panel });
  }
  const present = vintages.pop()!;
  const nowcast = nowcastLastPeriods(vintages, present.panel, lastDay, dailyDelays);
  const nowcastOf = new Map(nowcast.map((value) => [value.period, value]));
  const completed = present.panel.values.map((reported, i) =>
    // a nowcast completes; it never takes a case away that was reported
    Math.max(reported, nowcastOf.get(firstDay + i)?.median ?? reported),
  );
  const { meanDays, sdDays, longestDays } = interval;
  const reproduction = reproductionNumbers(completed, {
    ...reproductionDefaults,
    serialInterval: serialInterval(meanDays, sdDays, longestDays),
  });
  return {
    throughDate: isoDate(lastDay),
    series: Array.from(present.panel.values, (reported, i) => ({
      date: isoDate(firstDay + i),
      reported,
      nowcast: nowcastOf.get(firstDay + i),
    })),
    reproduction: reproduction.map((value) => ({ ...value, date: isoDate(firstDay + value.lastDay) })),
    growth: growthOf(completed, growthDefaults),
  };
}
