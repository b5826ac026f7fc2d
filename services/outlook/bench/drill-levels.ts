/**
 * Forecasts of beds, intensive care and businesses in the drill, walked through without any server, beside the flat baseline; and the days of the
 * forecasts of cases. `node services/outlook/bench/drill-levels.ts [SEED …]`
 */

import {
  dayNumber,
  districtOptions,
  forecastDistrictSeries,
  hubLevels,
  reportTriangle,
  type SeenHistory,
  scoreCell,
  seenReports,
  serialInterval,
  stockOptions,
} from '@vungxanh/ml';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { district7Wave } from '../../drill/district7-wave.ts';
import { loadDistrict7Pack } from '../../geography/district7/pack.ts';
import { forecastRules, settledAfterDays } from '../policy.ts';

const vietnamMs = 7 * 3_600_000;
const [first, last] = [dayNumber('2021-06-01'), dayNumber('2021-12-31')];
const days = last - first + 1;
const dayOf = (instant: string) => Math.floor((Date.parse(instant) + vietnamMs) / 86_400_000);

/** What of the drill's events is looked at. */
interface FactData {
  facilityId: string;
  bedsOccupied: number;
  intensiveCareOccupied: number;
  businessId: string;
  areaId: string;
  status: string;
  effectiveDate?: string;
  registeredDate: string;
  specimenDate?: string;
  confirmedDate: string;
}

interface Sum {
  cells: number;
  model: number;
  baseline: number;
  held50: number;
  held95: number;
}
const sums = new Map<string, Sum>();
function add(name: string, own: ArrayLike<number>, flat: ArrayLike<number>, observed: number): void {
  const sum = sums.get(name) ?? { cells: 0, model: 0, baseline: 0, held50: 0, held95: 0 };
  sums.set(name, sum);
  const score = scoreCell(own, observed, hubLevels);
  sum.cells++;
  sum.model += score.wis;
  sum.baseline += scoreCell(flat, observed, hubLevels).wis;
  sum.held50 += score.inside50 ? 1 : 0;
  sum.held95 += score.inside95 ? 1 : 0;
}

/** What would have been shown: the model, or the baseline while the model has no record or lost. */
function walk(name: string, history: SeenHistory, truth: (area: number, day: number, length: number) => number): void {
  let shown = 0;
  let asked = 0;
  for (let m = 7; m < history.moments.length; m += 7) {
    const seen = history.moments[m]!;
    if (seen.last - seen.first < 35) continue;
    const answer = forecastDistrictSeries({
      history: { ...history, moments: history.moments.slice(Math.max(0, m - 119), m + 1) },
      now: seen.last,
      horizonWeeks: 4,
      options: history.kind === 'stock' ? stockOptions() : districtOptions(serialInterval(4.7, 2.9, 21)),
      rules: forecastRules.day,
      settledDays: settledAfterDays,
      seed: 2021,
      codeVersion: 'bench',
    });
    asked++;
    if (answer.areas[0]!.method === 'combination') shown++;
    answer.areas.forEach(({ weeks, days: ahead }, i) => {
      for (const { steps, quantiles, baseline } of weeks) {
        const observed = truth(i, seen.last + steps, 7);
        if (Number.isFinite(observed)) add(`${name}, shown, ${steps / 7} weeks`, quantiles, baseline, observed);
      }
      for (const day of [1, 3, 7, 14, 28]) {
        const { quantiles, baseline } = ahead![day - 1]!;
        const observed = truth(i, seen.last + day, 1);
        if (Number.isFinite(observed)) add(`${name}, shown, day ${day}`, quantiles, baseline, observed);
      }
    });
  }
  console.log(`${name}: the combination was shown in ${shown} of ${asked} weeks`);
}

function levelHistory(areas: string[], table: Float64Array, total: number): SeenHistory {
  const moments = Array.from({ length: days - 27 }, (_, m) => {
    const steps = m + 28;
    const values = new Float64Array(areas.length * steps);
    for (let i = 0; i < areas.length; i++) values.set(table.subarray(i * days, i * days + steps), i * steps);
    return { first, last: first + steps - 1, values };
  });
  return { areas, total, step: 'day', kind: 'stock', moments };
}

const pack = loadDistrict7Pack();
const parentOf = new Map(pack.areas.map((area) => [area.id, area.parentId]));
const wards = pack.areas.filter(({ level }) => level === 'ward').map(({ id }) => id);
const seeds = process.argv.slice(2).map(Number);
for (const seed of seeds.length ? seeds : [2021, 7]) {
  const beds = new Float64Array(days);
  const care = new Float64Array(days);
  const newest = new Map<string, { beds: number; care: number }>();
  const opened = new Float64Array((wards.length + 1) * days);
  const wardOf = new Map<string, number>();
  const steps = new Map<string, { from: number; active: boolean }[]>();
  const reports = { area: [] as number[], day: [] as number[], delay: [] as number[], change: [] as number[] };
  const known = new Set<string>();
  let today = first;
  const close = (until: number) => {
    for (; today < until && today <= last; today++)
      for (const one of newest.values()) {
        beds[today - first]! += one.beds;
        care[today - first]! += one.care;
      }
  };
  for (const { event } of district7Wave(seed).events()) {
    const data = (event as CloudEvent<FactData & Record<string, unknown>>).data;
    if (event.type === 'capacity-reported') {
      close(dayOf(event.recordedtime));
      newest.set(data.facilityId, { beds: data.bedsOccupied, care: data.intensiveCareOccupied });
    } else if (event.type === 'business-registered' || event.type === 'business-status-changed') {
      if (event.type === 'business-registered')
        wardOf.set(data.businessId, wards.indexOf(parentOf.get(data.areaId) ?? ''));
      const own = steps.get(data.businessId) ?? [];
      own.push({
        from: dayNumber(data.effectiveDate ?? data.registeredDate),
        active: ['open', 'restricted'].includes(data.status),
      });
      steps.set(data.businessId, own);
    } else if (event.type === 'case-confirmed' && !known.has(event.id)) {
      known.add(event.id);
      const day = dayNumber(data.specimenDate ?? data.confirmedDate);
      reports.area.push(wards.indexOf(parentOf.get(data.areaId) ?? ''));
      reports.day.push(day);
      reports.delay.push(dayOf(event.recordedtime) - day);
      reports.change.push(1);
    }
  }
  close(last + 1);
  for (const [id, own] of steps) {
    own.sort((a, b) => a.from - b.from);
    const ward = wardOf.get(id) ?? -1;
    for (let t = 0; t < days; t++) {
      if (!own.findLast(({ from }) => from <= first + t)?.active || ward < 0) continue;
      opened[t]!++;
      opened[(ward + 1) * days + t]!++;
    }
  }
  const level = (table: Float64Array) => (area: number, day: number) =>
    day > last ? Number.NaN : table[area * days + day - first]!;
  walk('beds', levelHistory(['D'], beds, -1), level(beds));
  walk('intensive care', levelHistory(['D'], care, -1), level(care));
  walk('businesses', levelHistory(['D', ...wards], opened, 0), level(opened));
  const triangle = reportTriangle({ areas: wards, ...reports }, first, last);
  const moments = Array.from({ length: days - 27 }, (_, m) => seenReports(triangle, first + 27 + m, true));
  const counts = new Float64Array((wards.length + 1) * days);
  for (let n = 0; n < reports.day.length; n++) {
    const t = reports.day[n]! - first;
    if (reports.area[n]! < 0 || t < 0 || t >= days) continue;
    counts[t]!++;
    counts[(reports.area[n]! + 1) * days + t]!++;
  }
  walk('cases', { areas: ['D', ...wards], total: 0, step: 'day', kind: 'flow', moments }, (area, day, length) => {
    if (day > last - settledAfterDays) return Number.NaN;
    let sum = 0;
    for (let d = 0; d < length; d++) sum += counts[area * days + day - first - d]!;
    return sum;
  });
}
for (const [name, { cells, model, baseline, held50, held95 }] of sums)
  console.log(
    `${name.padEnd(32)} cells ${String(cells).padStart(4)}  WIS/baseline ${(model / baseline).toFixed(3)}  cover 50 ${(held50 / cells).toFixed(2)} 95 ${(held95 / cells).toFixed(2)}`,
  );
