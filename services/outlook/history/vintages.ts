import {
  emptyPanel,
  isoDate,
  nowcastLastPeriods,
  type Panel,
  type Vintage,
  weeklyDelays,
  weekNumber,
} from '@vungxanh/ml';
import type { WeeklyHistory } from './weekly-history.ts';

/** The weekly table in cases as it was at each origin, the present one last; with the sum of the areas, when a top area is named. */
export function vintagesOf(history: WeeklyHistory, topAreaId: string | undefined): Vintage[] {
  const { areaIds, populations, revisions, firstOrigin, lastOrigin } = history;
  const first = weekNumber(isoDate(firstOrigin));
  const areas = topAreaId === undefined ? areaIds : [topAreaId, ...areaIds];
  const offset = areas.length - areaIds.length;
  const known = new Map<number, Float64Array>();
  const vintages: Vintage[] = [];
  let next = 0;
  for (let origin = firstOrigin; origin <= lastOrigin; origin += 7) {
    for (; next < revisions.length && revisions[next]!.publishedDay <= origin + 5; next++) {
      const { area, weekEnd, rate } = revisions[next]!;
      if (area < 0) continue;
      let row = known.get(weekEnd);
      if (!row) {
        row = new Float64Array(areaIds.length).fill(Number.NaN);
        known.set(weekEnd, row);
      }
      row[area] = Math.round((rate * populations[area]!) / 1e5);
    }
    const reported = [...known.keys()].filter((weekEnd) => weekEnd <= origin);
    if (reported.length === 0) continue;
    const length = (Math.max(...reported) - firstOrigin) / 7 + 1;
    const panel: Panel = emptyPanel(areas, first, length);
    for (const weekEnd of reported) {
      const at = (weekEnd - firstOrigin) / 7;
      const row = known.get(weekEnd)!;
      row.forEach((cases, area) => {
        panel.values[(area + offset) * length + at] = cases;
      });
      if (offset) panel.values[at] = row.reduce((a, b) => a + b, 0);
    }
    vintages.push({ asOf: isoDate(origin), panel });
  }
  return vintages;
}

/** Weeks after which a report is taken as settled by the nowcast, and reports from which it learns at all. */
const settledWeeks = 4;
const leastReports = 20;

/**
 * Vintages with their last weeks completed by the reporting delays that had been seen by then. So the flat baseline stands at what the last
 * week probably is, not at the half of it that was reported, and neither it nor the model is judged against an unfinished week. Vintages from
 * before any delay could be learned are left out (the present one apart): half reported as they are, they would teach the delays twice.
 */
export function completedVintages(vintages: readonly Vintage[]): Vintage[] {
  const learnedFrom = settledWeeks + Math.ceil(leastReports / Math.max(1, vintages[0]?.panel.areas.length ?? 1));
  return vintages.flatMap(({ asOf, panel }, index) => {
    if (index < learnedFrom && index < vintages.length - 1) return [];
    const last = panel.first + panel.length - 1;
    const values = Float64Array.from(panel.values);
    const areaAt = new Map(panel.areas.map((area, row) => [area, row]));
    const completed = nowcastLastPeriods(vintages.slice(0, index), panel, last, weeklyDelays);
    for (const { area, period, reported, median } of completed)
      values[areaAt.get(area)! * panel.length + period - panel.first] = Math.max(reported, median);
    return [{ asOf, panel: { ...panel, values } }];
  });
}
