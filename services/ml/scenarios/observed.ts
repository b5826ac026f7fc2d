import { isoDate } from '@vungxanh/ml';
import { dailyStatistics } from '../history/daily-statistics.ts';
import { type CaseChanges, firstDayOf, type Groups, KnownCounts } from '../history/known-counts.ts';
import { serialIntervalPolicy } from '../policy.ts';
import { fitRules } from './assumptions.ts';

export interface Abstention {
  reason: string;
  detail: string;
}

/** Reported cases that the model is fitted to. */
export interface RecentReports {
  /** day number of the last row */
  lastDay: number;
  /** days × wards, oldest first */
  reported: number[][];
  /** by ward, reported before the first row */
  before: number[];
  daysLeftOut: number;
  source: 'line-list' | 'published-counts' | 'published-weeks';
}

export const abstains = (value: RecentReports | Abstention): value is Abstention => 'reason' in value;

/**
 * The last days of a line list by ward, completed by the reporting delays seen so far; days of which too little has come in are left out.
 * @param wards group of each place among the wards @param district group 0 for each place of the district
 * @param onDay today: its reports are not looked at
 */
export function reportsOfLineList(
  changes: CaseChanges,
  wards: Groups,
  district: Groups,
  wardCount: number,
  onDay: number,
): RecentReports | Abstention {
  const firstCase = firstDayOf(changes);
  const statistics = dailyStatistics(changes, district, onDay, serialIntervalPolicy);
  if (firstCase === undefined || !statistics)
    return { reason: 'no-cases', detail: 'no case of the district with a date is known' };
  const growth = new Map(
    statistics.series.map(({ date, reported, nowcast }) => [
      date,
      nowcast && nowcast.median > reported ? { reported, full: nowcast.median } : undefined,
    ]),
  );
  let lastDay = onDay - 1;
  let daysLeftOut = 0;
  for (; daysLeftOut < fitRules.mostDaysLeftOut; daysLeftOut++, lastDay--) {
    const day = growth.get(isoDate(lastDay));
    if (!day || day.reported / day.full >= fitRules.leastComplete) break;
  }
  const known = lastDay - firstCase + 1;
  if (known < fitRules.leastDays)
    return {
      reason: 'too-little',
      detail: `${Math.max(0, known)} days from the first case to ${isoDate(lastDay)}, at least ${fitRules.leastDays}`,
    };
  const days = Math.min(fitRules.mostDays, known);
  const counts = new KnownCounts(changes, wards, wardCount, firstCase, lastDay);
  counts.goTo(0);
  const reported = Array.from({ length: days }, (_, i) => {
    const day = lastDay - days + 1 + i;
    const late = growth.get(isoDate(day));
    const factor = late && late.reported > 0 ? late.full / late.reported : 1;
    return Array.from({ length: wardCount }, (__, ward) => round(Math.max(0, counts.sum(ward, day, 1)) * factor));
  });
  const before = Array.from({ length: wardCount }, (_, ward) =>
    Math.max(0, counts.sum(ward, lastDay - days, known - days)),
  );
  return enough({ lastDay, reported, before, daysLeftOut, source: 'line-list' });
}

/** One published count, as known: cases of a ward in a period of one day or seven. */
export interface PublishedCount {
  ward: number;
  /** day number */
  lastDay: number;
  days: number;
  /** null: suppressed or not stated */
  cases: number | null;
  definition: string | null;
}

/**
 * The last published days, or weeks spread evenly over their days; undefined when nothing is published by day or week for the wards.
 * Gaps and changes of definition are not bridged: they are told.
 */
export function reportsOfPublished(
  counts: readonly PublishedCount[],
  wardIds: readonly string[],
  onDay: number,
): RecentReports | Abstention | undefined {
  const [days, weeks] = [1, 7].map((length) => counts.filter((count) => count.days === length)) as [
    PublishedCount[],
    PublishedCount[],
  ];
  const daily = new Set(days.map(({ lastDay }) => lastDay)).size >= fitRules.leastDays;
  const used = daily ? days : weeks;
  if (used.length === 0) return undefined;
  const length = daily ? 1 : 7;
  const lastDay = used.reduce((last, count) => Math.max(last, count.lastDay), Number.NEGATIVE_INFINITY);
  const firstDay = used.reduce((first, count) => Math.min(first, count.lastDay), Number.POSITIVE_INFINITY);
  const mostAge = daily ? fitRules.mostAgeDays : fitRules.mostWeeklyAgeDays;
  if (onDay - lastDay > mostAge)
    return {
      reason: 'stale',
      detail: `the newest published period ended on ${isoDate(lastDay)}, ${onDay - lastDay} days ago, at most ${mostAge}`,
    };
  const periods = Math.min(fitRules.mostDays / length, Math.floor((lastDay - firstDay) / length) + 1);
  if (periods * length < fitRules.leastDays)
    return { reason: 'too-little', detail: `${periods * length} days are published, at least ${fitRules.leastDays}` };
  const cell = new Map(used.map((count) => [`${count.ward} ${count.lastDay}`, count]));
  const definitions = new Set<string | null>();
  const table: number[][] = [];
  for (let period = periods - 1; period >= 0; period--) {
    const end = lastDay - period * length;
    const row = wardIds.map((_, ward) => cell.get(`${ward} ${end}`));
    const gap = row.findIndex((count) => !count || count.cases === null);
    if (gap >= 0)
      return {
        reason: 'gap',
        detail: `the count of ${wardIds[gap]} for the ${length === 1 ? 'day' : 'week that ended on'} ${isoDate(end)} is ${row[gap] ? 'suppressed' : 'missing'}`,
      };
    for (const count of row) definitions.add(count!.definition);
    for (let day = 0; day < length; day++) table.push(row.map((count) => round(count!.cases! / length)));
  }
  if (definitions.size > 1)
    return {
      reason: 'definition-break',
      detail: `the case definition changed within the last ${table.length} days: ${[...definitions].map((name) => name ?? 'not named').join(', ')}`,
    };
  const before = wardIds.map((_, ward) =>
    used
      .filter((count) => count.ward === ward && count.lastDay <= lastDay - periods * length)
      .reduce((sum, count) => sum + (count.cases ?? 0), 0),
  );
  return enough({
    lastDay,
    reported: table,
    before,
    daysLeftOut: 0,
    source: daily ? 'published-counts' : 'published-weeks',
  });
}

function enough(reports: RecentReports): RecentReports | Abstention {
  const cases = reports.reported.flat().reduce((sum, count) => sum + count, 0);
  if (cases < fitRules.leastCases)
    return {
      reason: cases === 0 ? 'no-cases' : 'too-few-cases',
      detail: `${Math.round(cases)} reported cases in ${reports.reported.length} days, at least ${fitRules.leastCases}`,
    };
  return reports;
}

const round = (value: number) => Math.round(value * 1000) / 1000;
