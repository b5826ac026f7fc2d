import type { Revision } from '@vungxanh/ml';

/** What a blank stands for in a sum: counts of 0 to 4 are blanked. */
const blankCases = 2;

/**
 * Published weeks of areas as weeks of all of them together: one revision at each publication that changes a week's sum. A week counts once every area has been
 * published; people of the areas are the people of the whole.
 */
export function weeksOfAll(revisions: readonly Revision[], populations: readonly number[]): Revision[] {
  const people = populations.reduce((a, b) => a + b, 0);
  const cases = new Map<number, Float64Array>();
  const shown = new Map<number, number>();
  const out: Revision[] = [];
  for (let start = 0; start < revisions.length; ) {
    const { instant, publishedDay } = revisions[start]!;
    const touched = new Set<number>();
    let next = start;
    for (; next < revisions.length && revisions[next]!.instant === instant; next++) {
      const { area, weekEnd, rate } = revisions[next]!;
      const week = cases.get(weekEnd) ?? new Float64Array(populations.length).fill(Number.NaN);
      week[area] = Number.isNaN(rate) ? blankCases : (rate * populations[area]!) / 1e5;
      cases.set(weekEnd, week);
      touched.add(weekEnd);
    }
    start = next;
    for (const weekEnd of touched) {
      const rate = (cases.get(weekEnd)!.reduce((a, b) => a + b, 0) * 1e5) / people;
      if (Number.isNaN(rate) || shown.get(weekEnd) === rate) continue;
      shown.set(weekEnd, rate);
      out.push({ instant, publishedDay, area: 0, weekEnd, rate });
    }
  }
  return out;
}
