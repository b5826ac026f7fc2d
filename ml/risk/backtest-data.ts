import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AreaShapes, neighboursByVertex } from './adjacency.ts';
import { type CsvTable, readCsv } from './csv-table.ts';
import { dayNumber } from './days.ts';

/** One published value of one cell, as it appeared. `area` is an index into `areaIds`, or -1 for the whole city. */
export interface Revision {
  instant: number;
  publishedDay: number;
  area: number;
  weekEnd: number;
  /** cases per 100,000 a week; NaN for a blank (suppressed small count) */
  rate: number;
}

/** One publication of the cumulative counts: NaN where an area has none. */
export interface Snapshot {
  instant: number;
  publishedDay: number;
  cases: Float64Array;
}

export interface RiskData {
  areaIds: string[];
  /** people, by area */
  populations: Float64Array;
  neighbours: Int32Array[];
  revisions: Revision[];
  snapshots: Snapshot[];
}

/**
 * Reads one or more folders (earlier first; a later one may hold changes only) laid out as `nyc-covid`.
 * Rows with an unreadable date or number, and rows of conflict markers, are skipped and counted in `skipped`.
 */
export function readRiskData(folders: string[]): RiskData & { skipped: number } {
  const populationOf = new Map<string, number>();
  for (const folder of folders) {
    const table = csvIn(folder, 'weekly_cases_by_area');
    if (!table) continue;
    const [area, population] = [table.column('area_id'), table.column('population')];
    for (const row of table.rows) {
      const people = Number(row[population]);
      if (people > 0) populationOf.set(row[area]!, people);
    }
  }
  if (populationOf.size === 0) throw new Error(`no populations found in ${folders.join(', ')}`);
  const areaIds = [...populationOf.keys()].sort();
  const indexOf = new Map(areaIds.map((id, i) => [id, i]));
  const counter = { skipped: 0 };
  const revisions = folders.flatMap((folder) => readRevisions(folder, indexOf, counter));
  revisions.sort((a, b) => a.instant - b.instant);
  const snapshots = folders.flatMap((folder) => readSnapshots(folder, indexOf, counter));
  snapshots.sort((a, b) => a.instant - b.instant);
  return {
    areaIds,
    populations: Float64Array.from(areaIds, (id) => populationOf.get(id)!),
    neighbours: readNeighbours(folders, indexOf),
    revisions,
    snapshots,
    skipped: counter.skipped,
  };
}

function csvIn(folder: string, name: string): CsvTable | undefined {
  for (const ending of ['.csv.gz', '.csv']) {
    const path = join(folder, name + ending);
    if (existsSync(path)) return readCsv(path);
  }
  return undefined;
}

function readRevisions(folder: string, indexOf: Map<string, number>, counter: { skipped: number }): Revision[] {
  const table = csvIn(folder, 'weekly_rate_revisions');
  if (!table) throw new Error(`${folder}: weekly_rate_revisions.csv.gz is missing`);
  const at = ['published_at', 'area_id', 'week_end_date', 'case_rate_per_100k'].map((name) => table.column(name));
  const out: Revision[] = [];
  for (const row of table.rows) {
    const id = row[at[1]!]!;
    const area = id === 'CITY' ? -1 : indexOf.get(id);
    if (area === undefined) continue;
    const text = row[at[3]!] ?? '';
    const rate = text === '' || text === 'NA' || text === 'NaN' ? Number.NaN : Number(text);
    const instant = Date.parse(row[at[0]!]!);
    if (Number.isNaN(instant) || rate < 0 || (Number.isNaN(rate) && !['', 'NA', 'NaN'].includes(text))) {
      counter.skipped++;
      continue;
    }
    out.push({ instant, publishedDay: dayNumber(row[at[0]!]!), area, weekEnd: dayNumber(row[at[2]!]!), rate });
  }
  return out;
}

function readSnapshots(folder: string, indexOf: Map<string, number>, counter: { skipped: number }): Snapshot[] {
  const table = csvIn(folder, 'cumulative_snapshots');
  if (!table) return [];
  const at = ['published_at', 'area_id', 'cases_cum'].map((name) => table.column(name));
  const byPublication = new Map<string, Snapshot>();
  for (const row of table.rows) {
    const area = indexOf.get(row[at[1]!]!);
    if (area === undefined) continue;
    const published = row[at[0]!]!;
    let snapshot = byPublication.get(published);
    if (!snapshot) {
      const instant = Date.parse(published);
      if (Number.isNaN(instant)) {
        counter.skipped++;
        continue;
      }
      snapshot = {
        instant,
        publishedDay: dayNumber(published),
        cases: new Float64Array(indexOf.size).fill(Number.NaN),
      };
      byPublication.set(published, snapshot);
    }
    const text = row[at[2]!] ?? '';
    if (text !== '') snapshot.cases[area] = Number(text);
  }
  return [...byPublication.values()];
}

function readNeighbours(folders: string[], indexOf: Map<string, number>): Int32Array[] {
  for (const folder of folders) {
    const path = join(folder, 'modzcta.geojson');
    if (existsSync(path)) {
      const shapes = JSON.parse(readFileSync(path, 'utf8')) as AreaShapes;
      return neighboursByVertex(shapes, 'MODZCTA', indexOf);
    }
  }
  return Array.from({ length: indexOf.size }, () => new Int32Array(0));
}
