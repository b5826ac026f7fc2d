import {
  dailyNowcast,
  type GrowthOrHidden,
  growthOfDraws,
  isoDate,
  type KnownTable,
  knownTable,
  type NowcastMoment,
  type Reproduction,
  reproductionDefaults,
  reproductionNumbers,
  reproductionOfDraws,
  serialInterval,
  walkNowcast,
} from '@vungxanh/ml';
import { type CaseChanges, firstDayOf, type Groups } from './known-counts.ts';
import { watchedDays } from './observed-delays.ts';

/** Final cases of a day, whole numbers, never below what is reported. */
export interface DayNowcast {
  median: number;
  interval50: readonly [number, number];
  interval95: readonly [number, number];
}

export interface DailyStatistics {
  throughDate: string;
  /** reported cases a day, from the first case on */
  series: { date: string; reported: number; nowcast: DayNowcast | undefined }[];
  /** the last day of each window, oldest first; empty while the delays are not known */
  reproduction: (Reproduction & { date: string })[];
  /** undefined while the delays are not known */
  growth: GrowthOrHidden | undefined;
  /** moments that taught the delays, and how many are needed before anything is said of the last days */
  taught: { moments: number; needed: number };
}

/** Before the first case nothing was silent: the days count as zero, so that windows can open. */
const quietDaysBefore = 21;
/** Moments before the present one that are walked: the delays and the errors of older ones say little of now. */
const walkedDays = 90;
const longestDelayDays = 35;
/** Draws in which every day lies equally high or low in its band, beside those that earlier moments gave. */
const evenDraws = { levels: [0.1, 0.3, 0.5, 0.7, 0.9], weight: 4 };

/**
 * Daily counts of one area up to the last whole day, completed by the reporting delays seen so far, and what follows from them. The counts are
 * by date of specimen or confirmation.
 * @param whole the district that the area is a part of: how reports come is learned from all of its cases
 * @returns undefined when no case was ever known
 */
export function dailyStatistics(
  changes: CaseChanges,
  groups: Groups,
  onDay: number,
  interval: { meanDays: number; sdDays: number; longestDays: number },
  whole: Groups = groups,
): DailyStatistics | undefined {
  const firstCase = firstDayOf(changes);
  if (firstCase === undefined || !groups.includes(0)) return undefined;
  const lastDay = onDay - 1;
  const firstDay = Math.min(firstCase, lastDay) - quietDaysBefore;
  const table = tableOf(changes, groups, firstDay, onDay);
  const moment = nowcastOf(
    changes,
    onDay,
    table,
    whole === groups ? undefined : tableOf(changes, whole, firstDay, onDay),
  );
  const reported = Float64Array.from({ length: onDay - firstDay }, (_, i) =>
    Math.max(0, table.known[i * (longestDelayDays + 1) + longestDelayDays]!),
  );
  const nowcasts = new Map(
    (moment?.periods ?? []).map(({ period, quantile }): [number, DayNowcast] => [
      period,
      {
        median: quantile(0.5),
        interval50: [quantile(0.25), quantile(0.75)],
        interval95: [quantile(0.025), quantile(0.975)],
      },
    ]),
  );
  const { meanDays, sdDays, longestDays } = interval;
  const options = { ...reproductionDefaults, serialInterval: serialInterval(meanDays, sdDays, longestDays) };
  const draws = moment && moment.periods.length > 0 ? drawsOf(moment, reported, firstDay) : undefined;
  const settled = reported.length - dailyNowcast.lags;
  return {
    throughDate: isoDate(lastDay),
    series: Array.from(reported, (count, i) => ({
      date: isoDate(firstDay + i),
      reported: count,
      nowcast: nowcasts.get(firstDay + i),
    })),
    reproduction: draws
      ? [
          ...reproductionNumbers(reported.subarray(0, settled), options),
          ...reproductionOfDraws(draws, options, settled),
        ].map((value) => ({ ...value, date: isoDate(firstDay + value.lastDay) }))
      : [],
    growth: draws && growthOfDraws(draws),
    taught: { moments: moment?.taught ?? 0, needed: dailyNowcast.leastMoments },
  };
}

function tableOf(changes: CaseChanges, groups: Groups, firstDay: number, onDay: number): KnownTable {
  const own = Array.from(changes.day.keys()).filter((i) => groups[changes.place[i]!] === 0);
  return knownTable(
    {
      period: own.map((i) => changes.day[i]!),
      delay: own.map((i) => onDay - changes.age[i]! - changes.day[i]!),
      change: own.map((i) => changes.change[i]!),
    },
    firstDay,
    onDay,
    longestDelayDays,
  );
}

/** The nowcast of the present moment; undefined when nothing was watched as it came in. */
function nowcastOf(
  changes: CaseChanges,
  onDay: number,
  table: KnownTable,
  whole: KnownTable | undefined,
): NowcastMoment | undefined {
  const { firstDay, teaches } = watchedDays(changes, onDay);
  const start = Math.max(firstDay, onDay - walkedDays);
  const last = (moments: Iterable<NowcastMoment>) => [...moments].at(-1);
  if (!whole) return last(walkNowcast(table, dailyNowcast, teaches, { start, from: onDay }));
  const arrivals = new Map(
    Array.from(
      walkNowcast(whole, dailyNowcast, teaches, { start, from: start }),
      (moment) => [moment.origin, moment.arrivals] as const,
    ),
  );
  return last(walkNowcast(table, dailyNowcast, teaches, { start, from: onDay }, { table: whole, arrivals }));
}

/** Series that may be the final one: the open days as high or low in their bands as those of an earlier moment were, together. */
function drawsOf({ periods, together }: NowcastMoment, reported: Float64Array, firstDay: number) {
  const even = evenDraws.levels.map((level) => ({
    levels: new Float64Array(periods.length).fill(level),
    weight: evenDraws.weight / evenDraws.levels.length,
  }));
  return [...together, ...even].map(({ levels, weight }) => {
    const cases = reported.slice();
    periods.forEach(({ period, lag, reached }) => {
      cases[period - firstDay] = reached(levels[lag - 1]!);
    });
    return { cases, weight };
  });
}
