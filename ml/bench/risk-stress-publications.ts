import { dayMs } from '../numerics/days.ts';
import type { Revision, RiskData, Snapshot } from '../risk/backtest-data.ts';

/** One cell as one publication shows it. */
export interface ShownCell {
  /** index into the areas; -1: the whole city */
  area: number;
  weekEnd: number;
  /** the newest week of this publication */
  newest: boolean;
  /** number of the publication, from 0, and the day on which it came out */
  publication: number;
  publishedDay: number;
  /** value of another cell of the same publication, before anything was done to it */
  valueAt(weekEnd: number): number | undefined;
}

/** What is done to a history of publications. Everything left out stays as it was. */
export interface Perturbation {
  /** new rate of a cell; NaN: blank; undefined: the cell is not in this publication */
  cell?(rate: number, cell: ShownCell): number | undefined;
  /** a publication that never comes out */
  isMissing?(publication: number): boolean;
  /** days by which a publication is late (may be negative) */
  delayDays?(publication: number): number;
  /** factor on the cases reported on a day, and on whether the counts of a day are published at all */
  reportFactor?(day: number): number;
  hasCounts?(day: number): boolean;
}

/** Replays a history publication by publication, shows each as the perturbation has it, and writes down what changed, as the source itself does. */
export function perturbed(data: RiskData, change: Perturbation): RiskData {
  return {
    ...data,
    revisions: perturbedRevisions(data.revisions, change),
    snapshots: perturbedSnapshots(data.snapshots, change),
  };
}

function perturbedRevisions(revisions: readonly Revision[], change: Perturbation): Revision[] {
  const table = new Map<number, Map<number, number>>();
  const shown = new Map<string, number>();
  const out: Revision[] = [];
  let publication = 0;
  for (let start = 0; start < revisions.length; publication++) {
    const { instant, publishedDay } = revisions[start]!;
    let end = start;
    for (; end < revisions.length && revisions[end]!.instant === instant; end++) {
      const { area, weekEnd, rate } = revisions[end]!;
      const week = table.get(weekEnd) ?? new Map<number, number>();
      table.set(weekEnd, week.set(area, rate));
    }
    start = end;
    if (change.isMissing?.(publication)) continue;
    const delay = change.delayDays?.(publication) ?? 0;
    const newestWeek = Math.max(...table.keys());
    for (const [weekEnd, week] of table)
      for (const [area, rate] of week) {
        const cell: ShownCell = {
          area,
          weekEnd,
          newest: weekEnd === newestWeek,
          publication,
          publishedDay,
          valueAt: (other) => table.get(other)?.get(area),
        };
        const value = change.cell ? change.cell(rate, cell) : rate;
        const key = `${area}/${weekEnd}`;
        if (value === undefined || Object.is(shown.get(key), value)) continue;
        shown.set(key, value);
        out.push({
          instant: instant + delay * dayMs,
          publishedDay: publishedDay + delay,
          area,
          weekEnd,
          rate: value,
        });
      }
  }
  return out.sort((a, b) => a.instant - b.instant);
}

function perturbedSnapshots(snapshots: readonly Snapshot[], change: Perturbation): Snapshot[] {
  const out: Snapshot[] = [];
  let before: Float64Array | undefined;
  let shown: Float64Array | undefined;
  for (const snapshot of snapshots) {
    const { cases, publishedDay } = snapshot;
    const factor = change.reportFactor?.(publishedDay) ?? 1;
    const [then, base] = [before, shown];
    const now: Float64Array = cases.map((count, i) => {
      if (!then || !base) return count;
      const step = count - then[i]!;
      return Number.isNaN(step) ? count : Math.round(base[i]! + factor * step);
    });
    before = before ? cases.map((count, i) => (Number.isNaN(count) ? before![i]! : count)) : cases;
    shown = shown ? now.map((count, i) => (Number.isNaN(count) ? shown![i]! : count)) : now;
    if (change.hasCounts?.(publishedDay) ?? true) out.push({ ...snapshot, cases: now });
  }
  return out;
}
