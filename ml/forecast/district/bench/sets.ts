/** Short histories to rehearse on: simulated districts, a line list from a file, New York's boroughs cut to a few months. */
import { readFileSync } from 'node:fs';
import { readRiskData } from '../../../risk/backtest-data.ts';
import { ReportedCounts } from '../../../risk/reported-counts.ts';
import { seenReports } from '../completion.ts';
import { type ReportChanges, reportTriangle } from '../reports.ts';
import { blockOf, type Seen, type SeenHistory } from '../seen.ts';
import { simulateDistrict } from '../simulated-district.ts';

export interface Rehearsal {
  name: string;
  history: SeenHistory;
  /** settled block of an area that ends on a step; NaN: not known, or suppressed */
  truth: (area: number, end: number) => number;
}

const leastDays = 28;

export function lineListRehearsal(
  name: string,
  list: ReportChanges & { firstDay: number; lastDay: number },
  strideDays: number,
): Rehearsal {
  const triangle = reportTriangle(list, list.firstDay, list.lastDay);
  const moments: Seen[] = [];
  for (
    let origin = list.lastDay - ((list.lastDay - list.firstDay - leastDays) % strideDays) - 0;
    origin >= list.firstDay + leastDays;
    origin -= strideDays
  )
    moments.unshift(seenReports(triangle, origin, true));
  const history: SeenHistory = { areas: ['all', ...list.areas], total: 0, step: 'day', kind: 'flow', moments };
  // settled: everything that was ever reported, known or not at the last moment
  const settled = new Map<number, number>();
  for (let n = 0; n < list.day.length; n++) {
    const key = list.area[n]! * 100_000 + list.day[n]! - list.firstDay;
    if (list.area[n]! >= 0) settled.set(key, (settled.get(key) ?? 0) + list.change[n]!);
  }
  const week = (ward: number, end: number) => {
    let sum = 0;
    for (let d = 0; d < 7; d++) sum += settled.get(ward * 100_000 + end - d - list.firstDay) ?? 0;
    return sum;
  };
  return {
    name,
    history,
    truth: (area, end) => {
      if (end > list.lastDay - 7) return Number.NaN;
      if (area > 0) return week(area - 1, end);
      return list.areas.reduce((sum, _, ward) => sum + week(ward, end), 0);
    },
  };
}

export const fileRehearsal = (file: string, strideDays: number): Rehearsal =>
  lineListRehearsal(file.split('/').at(-1)!.replace('.json', ''), JSON.parse(readFileSync(file, 'utf8')), strideDays);

export function simulatedRehearsals(seeds: readonly number[], strideDays: number, days = 182): Rehearsal[] {
  return seeds.map((seed) =>
    lineListRehearsal(
      `simulated ${seed}`,
      simulateDistrict({ seed, days, wards: 6 + (seed % 7), startCases: 4 + 12 * (seed % 5) }),
      strideDays,
    ),
  );
}

const wardsOfADistrict = 10;
const cutWeeks = 30;

/** Ten ZIP areas of a borough at a time, as weekly rates were published, cut to histories of thirty weeks. */
export function newYorkWeekly(folder: string, heldOut: boolean): Rehearsal[] {
  const data = readRiskData([folder]);
  const week = (day: number) => Math.floor((day - 2) / 7);
  const firstWeek = week(Math.min(...data.revisions.map((r) => r.weekEnd)));
  const lastWeek = week(Math.max(...data.revisions.map((r) => r.weekEnd)));
  const groups = districtsOf(data.areaIds, heldOut);
  const settledRate = new Map<number, number>();
  // settled before the redefinition of 2021-08-05 for weeks before it, and at the end for later ones
  const redefined = 18_844;
  for (const r of data.revisions) {
    if (r.area < 0) continue;
    if (r.weekEnd < redefined - 7 && r.publishedDay >= redefined) continue;
    settledRate.set(r.area * 10_000 + week(r.weekEnd), r.rate);
  }
  const out: Rehearsal[] = [];
  for (const [g, group] of groups.entries())
    for (let from = firstWeek + 13; from + cutWeeks <= lastWeek; from += cutWeeks) {
      const moments: Seen[] = [];
      const table = new Map<number, number>();
      let next = 0;
      for (let origin = from; origin <= from + cutWeeks; origin++) {
        for (; next < data.revisions.length && data.revisions[next]!.publishedDay <= 7 * origin + 2 + 5; next++) {
          const r = data.revisions[next]!;
          if (r.area >= 0) table.set(r.area * 10_000 + week(r.weekEnd), r.rate);
        }
        if (origin < from + 4) continue;
        const steps = origin - from + 1;
        const values = new Float64Array((group.length + 1) * steps);
        group.forEach((area, i) => {
          for (let t = 0; t < steps; t++) {
            const cases = ((table.get(area * 10_000 + from + t) ?? Number.NaN) * data.populations[area]!) / 1e5;
            values[(i + 1) * steps + t] = Math.round(cases);
            values[t]! += Math.round(cases);
          }
        });
        moments.push({ first: from, last: origin, values });
      }
      out.push({
        name: `New York weekly ${g} from ${from}`,
        history: {
          areas: ['all', ...group.map((a) => data.areaIds[a]!)],
          total: 0,
          step: 'week',
          kind: 'flow',
          moments,
        },
        truth: (area, end) => {
          if (end > from + cutWeeks + 4) return Number.NaN;
          const of = (a: number) =>
            Math.round(((settledRate.get(a * 10_000 + end) ?? Number.NaN) * data.populations[a]!) / 1e5);
          return area > 0 ? of(group[area - 1]!) : group.reduce((sum, a) => sum + of(a), 0);
        },
      });
    }
  return out;
}

/** The same areas by day of publication, from cumulative counts: no late reports, but batches, corrections and days without a report. */
export function newYorkDaily(folder: string, strideDays: number, heldOut: boolean): Rehearsal[] {
  const data = readRiskData([folder]);
  const counts = new ReportedCounts(data.areaIds.length, data.snapshots);
  const lastDay = data.snapshots.at(-1)!.publishedDay;
  counts.advance(lastDay);
  const firstDay = data.snapshots[0]!.publishedDay + 1;
  const groups = districtsOf(data.areaIds, heldOut);
  const days: (Float64Array | undefined)[] = [];
  for (let day = firstDay; day <= lastDay; day++) days.push(counts.window(day - 1, day)?.byArea);
  const out: Rehearsal[] = [];
  const cut = 7 * cutWeeks;
  for (const [g, group] of groups.entries())
    for (let from = 30; from + cut + 28 <= days.length; from += cut) {
      const value = (i: number, t: number) => {
        const row = days[from + t];
        if (!row) return Number.NaN;
        return i > 0 ? row[group[i - 1]!]! : group.reduce((sum, a) => sum + row[a]!, 0);
      };
      const whole: Seen = { first: 0, last: cut + 27, values: new Float64Array((group.length + 1) * (cut + 28)) };
      for (let i = 0; i <= group.length; i++)
        for (let t = 0; t < cut + 28; t++) {
          const v = value(i, t);
          whole.values[i * (cut + 28) + t] = Number.isNaN(v) ? 0 : v;
        }
      const moments: Seen[] = [];
      for (let origin = leastDays; origin < cut; origin += strideDays) {
        const values = new Float64Array((group.length + 1) * (origin + 1));
        for (let i = 0; i <= group.length; i++)
          values.set(whole.values.subarray(i * (cut + 28), i * (cut + 28) + origin + 1), i * (origin + 1));
        moments.push({ first: 0, last: origin, values });
      }
      const history: SeenHistory = {
        areas: ['all', ...group.map((a) => data.areaIds[a]!)],
        total: 0,
        step: 'day',
        kind: 'flow',
        moments,
      };
      out.push({
        name: `New York daily ${g} from ${from}`,
        history,
        truth: (area, end) => blockOf(whole, history, area, end),
      });
    }
  return out;
}

/** ZIP codes of a borough lie together in the order of their numbers. */
function districtsOf(areaIds: readonly string[], heldOut: boolean): number[][] {
  const groups: number[][] = [];
  for (let at = heldOut ? wardsOfADistrict : 0; at + wardsOfADistrict <= areaIds.length; at += 2 * wardsOfADistrict)
    groups.push(Array.from({ length: wardsOfADistrict }, (_, k) => at + k));
  return groups;
}
