import type { Revision } from '@vungxanh/ml';

const week = 7;

/** Whether a week lies wholly after the day of an area's borders. */
export const isOwnWeek = (weekEnd: number, since: number): boolean => weekEnd - week + 1 >= since;

/**
 * The weeks of areas whose past is not known before a day. For the weeks before it the model is given the rate of the other areas together, as known at each publication: a week of
 * which an area is missing would not be believed for any of them, and 0 would be a rise on the day of the borders. Pure.
 *
 * @param revisions in the order of publication
 * @param populations people by area
 * @param sinceOf first day of the borders of an area, a day number; undefined: its whole past is its own
 */
export function fillDividedWeeks(
  revisions: readonly Revision[],
  populations: readonly number[],
  sinceOf: (area: number) => number | undefined,
): Revision[] {
  const divided = populations.flatMap((_, area) => {
    const since = sinceOf(area);
    return since === undefined ? [] : [{ area, since }];
  });
  if (divided.length === 0) return [...revisions];
  const isUnknown = (area: number, weekEnd: number) => {
    const since = sinceOf(area);
    return since !== undefined && !isOwnWeek(weekEnd, since);
  };
  const known = new Map<number, Map<number, number>>();
  const out: Revision[] = [];
  for (let start = 0; start < revisions.length; ) {
    const { instant } = revisions[start]!;
    const touched = new Map<number, number>();
    let next = start;
    for (; next < revisions.length && revisions[next]!.instant === instant; next++) {
      const revision = revisions[next]!;
      const { area, weekEnd, rate, publishedDay } = revision;
      if (isUnknown(area, weekEnd)) continue;
      out.push(revision);
      const rates = known.get(weekEnd) ?? new Map<number, number>();
      rates.set(area, rate);
      known.set(weekEnd, rates);
      touched.set(weekEnd, publishedDay);
    }
    start = next;
    for (const [weekEnd, publishedDay] of touched)
      for (const { area, since } of divided)
        if (!isOwnWeek(weekEnd, since))
          out.push({ instant, publishedDay, area, weekEnd, rate: meanRate(known.get(weekEnd)!, populations) });
  }
  return out;
}

function meanRate(rates: ReadonlyMap<number, number>, populations: readonly number[]): number {
  let [cases, people] = [0, 0];
  for (const [area, rate] of rates) {
    if (area < 0 || Number.isNaN(rate)) continue;
    cases += rate * populations[area]!;
    people += populations[area]!;
  }
  return people > 0 ? cases / people : Number.NaN;
}
