/** Reads a folder laid out as the public forecast hubs' extract: vintages, truth, rounds, locations. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { weekNumber } from '../numerics/days.ts';
import { emptyPanel, type Panel, panelUntil } from '../numerics/panels.ts';
import type { Vintage } from './nowcast.ts';

export interface Round {
  /** the Saturday of horizon 0 */
  readonly referenceDate: string;
  readonly asOf: string;
  /** week number of the last observed week */
  readonly lastWeek: number;
}

export type HubSeriesName = 'covid-us/hosp' | 'covid-us/ed' | 'flu-us/hosp';
export const hubSeriesNames: readonly HubSeriesName[] = ['covid-us/hosp', 'covid-us/ed', 'flu-us/hosp'];

export interface HubSeries {
  readonly name: HubSeriesName;
  readonly areas: readonly string[];
  readonly population: Float64Array;
  readonly rounds: readonly Round[];
  /** ascending by asOf */
  readonly vintages: readonly Vintage[];
  /** the second signal (emergency-visit shares) where the folder has one */
  readonly signal: { readonly vintages: readonly Vintage[]; readonly settled: Panel | null } | null;
}

/** Shares (0..1) are carried as parts per ten thousand, the resolution in which they are published. */
export const sharesPerUnit = 10_000;

function readText(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

function splitRow(row: string): string[] {
  if (!row.includes('"')) return row.split(',');
  return [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  );
}

/** Rows of a CSV file (no line breaks within quotes) as the values of the named columns. */
export function* readRows(path: string, columns: readonly string[]): Generator<string[]> {
  const text = readText(path).replace(/^\uFEFF/, '');
  let end = text.indexOf('\n');
  if (end < 0) end = text.length;
  const header = splitRow(text.slice(0, end).trim()).map((name) => name.trim());
  const index = columns.map((name) => {
    const i = header.indexOf(name);
    if (i < 0) throw new Error(`${path}: column "${name}" is missing, found ${header.join(', ')}`);
    return i;
  });
  while (end < text.length) {
    const start = end + 1;
    end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    if (end <= start) continue;
    const cells = splitRow(text.slice(start, text[end - 1] === '\r' ? end - 1 : end));
    yield index.map((i) => cells[i] ?? '');
  }
}

/** A reported value in units; NaN where nothing was reported, and where what was is no count or share. */
function reportedValue(text: string, unit: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  const most = unit === 1 ? Number.MAX_SAFE_INTEGER : 1;
  return value >= 0 && value <= most ? value * unit : Number.NaN;
}

function readPanels(path: string, areas: readonly string[], unit: number, keyed: boolean): Vintage[] {
  const position = new Map(areas.map((a, i) => [a, i]));
  const weeks = new Map<string, number>();
  const raw = new Map<string, { area: number[]; week: number[]; value: number[] }>();
  let first = Number.POSITIVE_INFINITY;
  const columns = ['location', 'target_end_date', 'value', ...(keyed ? ['as_of'] : [])];
  for (const [location, date, text, asOf = ''] of readRows(path, columns)) {
    const area = position.get(location!);
    const value = reportedValue(text!, unit);
    // a week that was not over when the vintage was taken is no week
    if (area === undefined || Number.isNaN(value) || (keyed && date! > asOf)) continue;
    let week = weeks.get(date!);
    if (week === undefined) {
      week = weekNumber(date!);
      weeks.set(date!, week);
    }
    first = Math.min(first, week);
    let rows = raw.get(asOf);
    if (!rows) {
      rows = { area: [], week: [], value: [] };
      raw.set(asOf, rows);
    }
    rows.area.push(area);
    rows.week.push(week);
    rows.value.push(value);
  }
  return [...raw]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([asOf, rows]) => {
      const last = rows.week.reduce((a, b) => Math.max(a, b), first);
      const panel = emptyPanel(areas, first, last - first + 1);
      for (let i = 0; i < rows.area.length; i++) {
        panel.values[rows.area[i]! * panel.length + (rows.week[i]! - first)] = rows.value[i]!;
      }
      return { asOf, panel };
    });
}

/** Everything a backtest of one series may read. Truth is read only as the settled second signal; see `signalAsKnown`. */
export function loadHubSeries(dir: string, name: HubSeriesName): HubSeries {
  const [folder, target] = name.split('/') as [string, string];
  const at = (file: string) => join(dir, folder, file);
  const areas: string[] = [];
  const population: number[] = [];
  for (const [location, people] of readRows(at('locations.csv'), ['location', 'population'])) {
    areas.push(location!);
    population.push(Number(people) > 0 ? Number(people) : 0);
  }
  const rounds: Round[] = [];
  for (const [series, referenceDate, asOf, last] of readRows(at('rounds.csv'), [
    'series',
    'reference_date',
    'as_of',
    'last_observed_week',
  ])) {
    if (series === target) rounds.push({ referenceDate: referenceDate!, asOf: asOf!, lastWeek: weekNumber(last!) });
  }
  if (rounds.length === 0) throw new Error(`${at('rounds.csv')}: no round of series "${target}"`);
  rounds.sort((a, b) => a.lastWeek - b.lastWeek);
  const unit = target === 'ed' ? sharesPerUnit : 1;
  const vintages = readPanels(at(`vintages-${target}.csv.gz`), areas, unit, true);
  const hasSignal = target === 'hosp' && (existsSync(at('truth-ed.csv')) || existsSync(at('vintages-ed.csv.gz')));
  const signal = hasSignal
    ? {
        vintages: existsSync(at('vintages-ed.csv.gz'))
          ? readPanels(at('vintages-ed.csv.gz'), areas, sharesPerUnit, true)
          : [],
        settled: existsSync(at('truth-ed.csv'))
          ? (readPanels(at('truth-ed.csv'), areas, sharesPerUnit, false)[0]?.panel ?? null)
          : null,
      }
    : null;
  return { name, areas, population: Float64Array.from(population), rounds, vintages, signal };
}

/** Number of vintages known at `asOf` (ascending list). A date without a time covers its whole day. */
export function countKnown(vintages: readonly Vintage[], asOf: string): number {
  let n = 0;
  while (n < vintages.length && vintages[n]!.asOf.slice(0, asOf.length) <= asOf) n++;
  return n;
}

/** The target as known at a round: its own vintage, cut after the last observed week; null when there was none yet. */
export function targetAsKnown(series: HubSeries, round: Round): { panel: Panel; earlier: readonly Vintage[] } | null {
  const n = countKnown(series.vintages, round.asOf);
  if (n === 0) return null;
  return { panel: panelUntil(series.vintages[n - 1]!.panel, round.lastWeek), earlier: series.vintages.slice(0, n - 1) };
}

/**
 * The second signal as known at a round. Before its first vintage (2025-06-18 in the development folder) the settled
 * values up to the last observed week stand in: a mild leak of later revisions, stated wherever the scores are quoted.
 */
export function signalAsKnown(
  series: HubSeries,
  round: Round,
): { panel: Panel; earlier: readonly Vintage[]; settled: boolean } | null {
  if (!series.signal) return null;
  const n = countKnown(series.signal.vintages, round.asOf);
  if (n === 0) {
    const { settled } = series.signal;
    return settled && { panel: panelUntil(settled, round.lastWeek), earlier: [], settled: true };
  }
  return {
    panel: panelUntil(series.signal.vintages[n - 1]!.panel, round.lastWeek),
    earlier: series.signal.vintages.slice(0, n - 1),
    settled: false,
  };
}
