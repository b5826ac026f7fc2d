/**
 * What a hub folder may do to the backtest: `node ml/bench/forecast-stress.ts [fault …]` makes changed copies of the development
 * folder (nine areas, three rounds, a good year) in a temporary folder, runs the backtest on each, and checks what was written: every round,
 * area, horizon and quantile, finite, never negative, never crossing, shares at most one, and the same bytes when run again.
 * `--light` leaves the trees and the net out: quick, for faults of the data rather than of the members.
 * Reads the hub folder from `VX_SHARED` (or `../shared`)/data/forecast-hub.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { pooledAutoregression } from '../forecast/growth-members.ts';
import { runHubBacktest } from '../forecast/hub-backtest.ts';
import { type HubSeriesName, hubSeriesNames, readRows } from '../forecast/hub-folder.ts';
import { renewalMember } from '../forecast/renewal.ts';
import { weekEnd, weekNumber } from '../numerics/days.ts';
import { faultsOf, type HubTables, type Row } from './hub-faults.ts';

const shared = process.env.VX_SHARED ?? join(import.meta.dirname, '../../../shared');
const source = join(shared, 'data/forecast-hub');
const keptAreas = ['04', '06', '12', '17', '30', '36', '48', '50', 'US'];
const keptRounds = 3;
/** Weeks of history kept: enough for all members, few enough for a hundred runs. */
const keptWeeks = 62;

function readTable(path: string): Row[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const [header, ...lines] = text.trim().split('\n');
  const names = header!.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i]!, cell])));
}

/** The tables of one series (and its second signal), small enough for many runs. */
function loadTables(series: HubSeriesName): HubTables {
  const [folder, target] = series.split('/') as ['covid-us' | 'flu-us', 'hosp' | 'ed'];
  const at = (file: string) => join(source, folder, file);
  const rounds = readTable(at('rounds.csv'))
    .filter((r) => r.series === target)
    .slice(-keptRounds);
  const since = weekEnd(weekNumber(rounds[0]!.last_observed_week!) - keptWeeks);
  const vintages: Record<string, Row[]> = {};
  const truth: Record<string, Row[]> = {};
  for (const signal of ['hosp', 'ed']) {
    if (!existsSync(at(`vintages-${signal}.csv.gz`)) || (target === 'ed' && signal === 'hosp')) continue;
    const rows = readTable(at(`vintages-${signal}.csv.gz`)).filter(
      (r) => keptAreas.includes(r.location!) && r.target_end_date! >= since,
    );
    const dates = [...new Set(rows.map((r) => r.as_of!))].sort().filter((d) => d.slice(0, 10) <= rounds.at(-1)!.as_of!);
    const kept = new Set(dates.slice(-keptRounds - 6));
    vintages[signal] = rows.filter((r) => kept.has(r.as_of!));
    truth[signal] = readTable(at(`truth-${signal}.csv`)).filter((r) => keptAreas.includes(r.location!));
  }
  const locations = readTable(at('locations.csv')).filter((r) => keptAreas.includes(r.location!));
  return { folder, target, rounds, vintages, truth, locations, ending: '\n', columns: 'kept' };
}

function writeTable(path: string, rows: readonly Row[], { ending, columns }: HubTables): void {
  const names = Object.keys(rows[0] ?? { location: '', target_end_date: '', as_of: '', value: '' });
  if (columns === 'turned') names.reverse();
  const text = [names.join(','), ...rows.map((r) => names.map((n) => r[n]).join(','))].join(ending) + ending;
  writeFileSync(path, path.endsWith('.gz') ? gzipSync(text, { level: 1 }) : text);
}

function writeFolder(tables: HubTables): string {
  const dir = mkdtempSync(join(tmpdir(), 'hub-stress-'));
  const at = (file: string) => join(dir, tables.folder, file);
  mkdirSync(join(dir, tables.folder));
  writeTable(at('locations.csv'), tables.locations, tables);
  writeTable(at('rounds.csv'), tables.rounds, tables);
  for (const [signal, rows] of Object.entries(tables.vintages)) {
    writeTable(at(`vintages-${signal}.csv.gz`), rows, tables);
  }
  for (const [signal, rows] of Object.entries(tables.truth)) writeTable(at(`truth-${signal}.csv`), rows, tables);
  return dir;
}

/** What is wrong with a forecast file; empty when nothing is. */
function faultsIn(path: string, { rounds, locations, target }: HubTables): string[] {
  const faults: string[] = [];
  const cells = new Map<string, number[]>();
  const columns = ['reference_date', 'location', 'horizon', 'target_end_date', 'output_type_id', 'value'];
  for (const [date, area, horizon, , , value] of readRows(path, columns)) {
    const key = `${date} ${area} ${horizon}`;
    const cell = cells.get(key) ?? [];
    cells.set(key, cell);
    cell.push(value === '' ? Number.NaN : Number(value));
  }
  for (const { reference_date } of rounds.filter((r) => r.series === target)) {
    for (const { location } of locations) {
      for (let h = 0; h < 4; h++) {
        const key = `${reference_date} ${location} ${h}`;
        const cell = cells.get(key) ?? [];
        cells.delete(key);
        if (cell.length !== 23) faults.push(`${key}: ${cell.length} of 23 quantiles`);
        if (cell.some((v) => !Number.isFinite(v) || v < 0)) faults.push(`${key}: ${cell.join(' ')}`);
        if (cell.some((v, q) => q > 0 && v < cell[q - 1]!)) faults.push(`${key}: crossing ${cell.join(' ')}`);
        if (target === 'ed' && cell.some((v) => v > 1)) faults.push(`${key}: a share above one, ${cell.at(-1)}`);
        // a hundred times the national record would be no forecast, however the data were broken
        if (target === 'hosp' && cell.some((v) => v > 1e7)) faults.push(`${key}: ${cell.at(-1)} admissions a week`);
      }
    }
  }
  for (const key of cells.keys()) faults.push(`${key}: not asked for`);
  return faults;
}

if (!existsSync(source)) {
  console.log(`no forecast-hub folder at ${source}: set VX_SHARED`);
} else {
  const light = process.argv.includes('--light');
  const asked = process.argv.slice(2).filter((word) => word !== '--light');
  let broken = 0;
  for (const series of hubSeriesNames.filter((n) => !asked.some((a) => a.includes('/')) || asked.includes(n))) {
    const whole = loadTables(series);
    for (const [fault, change] of Object.entries(faultsOf)) {
      const chosen = asked.filter((a) => !a.includes('/'));
      if (chosen.length > 0 && !chosen.includes(fault)) continue;
      const tables = change(structuredClone(whole));
      if (!tables) continue;
      const dir = writeFolder(tables);
      const start = performance.now();
      let found: string[];
      try {
        const run = async (out: string) => {
          const members = light
            ? [pooledAutoregression(true), pooledAutoregression(false), renewalMember()]
            : undefined;
          await runHubBacktest({ dir, series, out: join(dir, out), seed: 7, members });
          return readFileSync(join(dir, out), 'utf8');
        };
        const text = await run('out.csv');
        found = faultsIn(join(dir, 'out.csv'), tables);
        if (fault === 'none' && (await run('again.csv')) !== text) found.push('a second run gave other bytes');
      } catch (error) {
        found = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
      }
      broken += found.length > 0 ? 1 : 0;
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`${found.length === 0 ? 'holds ' : 'BREAKS'} ${series.padEnd(13)} ${fault.padEnd(38)} ${seconds} s`);
      for (const line of found.slice(0, 4)) console.log(`       ${line.slice(0, 400)}`);
      if (found.length > 4) console.log(`       … ${found.length} in all`);
      rmSync(dir, { recursive: true });
    }
  }
  console.log(broken === 0 ? 'nothing breaks' : `${broken} break`);
  process.exitCode = broken === 0 ? 0 : 1;
}
