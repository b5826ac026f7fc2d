/**
 * Emergency-visit shares of sub-state districts (covid-us/nssp-hsa-ed.csv.gz), averaged by state: three diseases' worth of
 * growth to train on. The file holds final values only, so a round reads it no nearer than eight weeks to its last
 * observed week, where revision has ended; it is never a signal of the present. Absent, training goes without.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { weekNumber, yearFraction } from '../numerics/days.ts';
import { emptyPanel, type Panel, panelUntil } from '../numerics/panels.ts';
import { type GrowthPanel, growthPanel } from './growth-features.ts';
import { readRows } from './hub-folder.ts';
import { logLevels } from './levels.ts';

export type RelatedDisease = 'covid' | 'flu' | 'rsv';
export type DistrictHistory = Readonly<Record<RelatedDisease, Panel>>;

/** Weeks between the last observed week of a round and the last district week that the round may read. */
export const settledWeeks = 8;
const leastWeeks = 12;
/** Per cent become parts per ten thousand. */
const unitsPerPercent = 100;

/** @returns state averages of each disease, or null when the folder has no such file */
export function loadDistrictHistory(dir: string): DistrictHistory | null {
  const names = join(dir, 'covid-us', 'nssp-hsa.csv');
  const shares = join(dir, 'covid-us', 'nssp-hsa-ed.csv.gz');
  if (!existsSync(names) || !existsSync(shares)) return null;
  const stateOf = new Map<string, string>();
  // later columns hold quoted commas; the first two do not
  for (const [id, state] of readRows(names, ['hsa_nci_id', 'state'])) stateOf.set(id!, state!);
  const states = [...new Set(stateOf.values())].sort();
  const position = new Map(states.map((s, i) => [s, i]));
  const diseases: readonly RelatedDisease[] = ['covid', 'flu', 'rsv'];
  const rows: { state: number; week: number; values: number[] }[] = [];
  for (const [id, week, ...values] of readRows(shares, ['hsa_nci_id', 'week_end', 'covid_pct', 'flu_pct', 'rsv_pct'])) {
    const state = position.get(stateOf.get(id!) ?? '');
    if (state === undefined) continue;
    rows.push({
      state,
      week: weekNumber(week!),
      values: values.map((v) => (v === '' || v === 'NA' ? Number.NaN : Number(v))),
    });
  }
  const first = rows.reduce((a, r) => Math.min(a, r.week), Number.POSITIVE_INFINITY);
  const last = rows.reduce((a, r) => Math.max(a, r.week), first);
  const average = (d: number): Panel => {
    const panel = emptyPanel(states, first, last - first + 1);
    const counts = new Float64Array(panel.values.length);
    const sums = new Float64Array(panel.values.length);
    for (const { state, week, values } of rows) {
      if (Number.isNaN(values[d]!)) continue;
      const at = state * panel.length + (week - first);
      sums[at]! += values[d]! * unitsPerPercent;
      counts[at]!++;
    }
    for (let k = 0; k < sums.length; k++) if (counts[k]! > 0) panel.values[k] = sums[k]! / counts[k]!;
    return panel;
  };
  const [covid, flu, rsv] = diseases.map((_, d) => average(d)) as [Panel, Panel, Panel];
  return { covid, flu, rsv };
}

/** The settled part of some diseases' history at an origin, as training panels. */
export function relatedPanels(
  history: DistrictHistory | null,
  diseases: readonly RelatedDisease[],
  lastWeek: number,
): GrowthPanel[] {
  if (!history) return [];
  const panels: GrowthPanel[] = [];
  for (const disease of diseases) {
    const panel = history[disease];
    const until = Math.min(lastWeek - settledWeeks, panel.first + panel.length - 1);
    if (until - panel.first < leastWeeks) continue;
    const levels = logLevels(panelUntil(panel, until), until);
    panels.push(growthPanel(levels, new Float64Array(levels.areas).fill(1), -1, yearFraction));
  }
  return panels;
}
