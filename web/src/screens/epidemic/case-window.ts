import { addDays, daysBetween } from '../../feed/clock.ts';

/** Days from..to, both counted (YYYY-MM-DD). */
export interface Days {
  from: string;
  to: string;
}

/** Cases a day, the first of `from`. */
export interface DailyCases {
  from: string;
  cases: readonly number[];
}

export const lengthOf = ({ from, to }: Days): number => daysBetween(from, to) + 1;
/** As many days before. */
export const before = (days: Days): Days => ({
  from: addDays(days.from, -lengthOf(days)),
  to: addDays(days.from, -1),
});

/** The last so many days of which every report is held to be in. */
export const completeDays = (completeUntil: string, count = 7): Days => ({
  from: addDays(completeUntil, 1 - count),
  to: completeUntil,
});

/** Cases of these days; undefined: the series does not reach over all of them. */
export function casesIn({ from, cases }: DailyCases, days: Days): number | undefined {
  const first = daysBetween(from, days.from);
  const last = daysBetween(from, days.to);
  if (first < 0 || last >= cases.length || last < first) return undefined;
  return cases.slice(first, last + 1).reduce((sum, count) => sum + count, 0);
}

/** By how much these days differ from as many before, as a share of those; null: those had none. Undefined: not known. */
export function changeOf(series: DailyCases, days: Days): number | null | undefined {
  const [now, then] = [casesIn(series, days), casesIn(series, before(days))];
  if (now === undefined || then === undefined) return undefined;
  return then === 0 ? null : (now - then) / then;
}

/** New cases per 100,000 people. Undefined: the people, or the cases, are not known. */
export const per100k = (cases: number | undefined, people: number | null | undefined): number | undefined =>
  cases === undefined || !people ? undefined : (cases / people) * 100_000;
