import { upperMedian } from '@vungxanh/ml';
import { abstain, type WordedAbstention } from '#contracts/http/outlook/abstention.ts';
import type { CaseChanges } from './known-counts.ts';

/** On one day of learning so many cases or more, half of them of days more than `loadDelayDays` before: a list was loaded, nobody was slow. */
const leastLoadedCases = 20;
const loadDelayDays = 7;
/** And at least this share of what is learned on a usual day: while a laboratory holds back, the few that come are the slow ones. */
const leastLoadedShare = 0.5;
const usualDays = 14;
/** Days on which cases were learned one by one before their delays are believed. A reporting delay of two weeks is then seen whole. */
export const leastLiveDays = 14;

/** How far a line list was watched as it came in. */
export interface ObservedDelays {
  /** Whole days since the newest load; undefined: none was seen. */
  lastLoadAgeDays: number | undefined;
  /** Days after it on which something was learned. */
  liveDays: number;
}

/**
 * Finds loads in the history of a line list: days on which many cases of long ago became known at once. When they became known then says nothing of how
 * long reports take, so a nowcast that learned from it multiplies: a flat list of 61 days, loaded in one go, was nowcast at twelve times its cases.
 * Source: github.com/epinowcast/baselinenowcast/issues/459
 *
 * @param onDay day number of the moment from which the ages of the changes are counted
 */
export function observedDelays(changes: CaseChanges, onDay: number): ObservedDelays {
  const { learned, loads } = learnedOn(changes, onDay);
  const lastLoadAgeDays = loads.length ? Math.min(...loads) : undefined;
  const liveDays = [...learned.keys()].filter((age) => lastLoadAgeDays === undefined || age < lastLoadAgeDays).length;
  return { lastLoadAgeDays, liveDays };
}

/** What was learned by age of the knowledge, and the ages of loads. */
function learnedOn(changes: CaseChanges, onDay: number) {
  const learned = new Map<number, { cases: number; late: number }>();
  for (const [i, age] of changes.age.entries()) {
    const change = changes.change[i]!;
    if (change <= 0) continue;
    const day = learned.get(age) ?? { cases: 0, late: 0 };
    day.cases += change;
    // Both ages are whole days before the moment: their difference is the delay.
    if (onDay - changes.day[i]! - age > loadDelayDays) day.late += change;
    learned.set(age, day);
  }
  // of the two weeks before: a wave of today is not measured by its first days
  const usual = (age: number) => {
    const before = [...learned].flatMap(([other, { cases }]) =>
      other > age && other <= age + usualDays ? [cases] : [],
    );
    return before.length > 0 ? upperMedian(before) : 0;
  };
  const loads = [...learned].flatMap(([age, { cases, late }]) =>
    cases >= Math.max(leastLoadedCases, leastLoadedShare * usual(age)) && late * 2 > cases ? [age] : [],
  );
  return { learned, loads };
}

/** Which days teach how long reports take: those on which a line list was watched as it came in. */
export interface WatchedDays {
  /** The day after the newest load, or after the first day of use: before it nothing was watched. */
  firstDay: number;
  teaches: (learnedOnDay: number) => boolean;
}

/** @param onDay day number of the moment from which the ages of the changes are counted */
export function watchedDays(changes: CaseChanges, onDay: number): WatchedDays {
  const { learned, loads } = learnedOn(changes, onDay);
  // The first day of use is a load of what there was before, however little.
  const firstUse = onDay - Math.max(0, ...learned.keys());
  const loaded = new Set([firstUse, ...loads.map((age) => onDay - age)]);
  return { firstDay: Math.max(...loaded) + 1, teaches: (day) => !loaded.has(day) };
}

/** Why what rests on reporting delays is withheld; undefined: it need not be. */
export function withheldAfterLoad({ lastLoadAgeDays, liveDays }: ObservedDelays): WordedAbstention | undefined {
  if (lastLoadAgeDays === undefined || liveDays >= leastLiveDays) return undefined;
  return abstain(
    'bulk-load',
    `danh sách ca cũ được nạp cách đây ${lastLoadAgeDays} ngày; từ đó mới có ${liveDays} ngày báo cáo, cần ít nhất ${leastLiveDays}`,
    `a list of older cases was loaded ${lastLoadAgeDays} days ago; ${liveDays} days of reports since, at least ${leastLiveDays}`,
  );
}
