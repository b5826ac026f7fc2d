import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayNumberOrNaN } from '../numerics/days.ts';
import { type AreaShapes, neighboursByVertex } from './adjacency.ts';
import type { ContextSeries } from './area-context.ts';
import { type CsvTable, readCsv } from './csv-table.ts';

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
  /**
   * Every case is known by itself (a line list), so a jump is confirmed by its own records and no week is doubted for being improbable. Left out or false: a
   * published table, in which one wrong file can change every cell.
   */
  eachCaseNamed?: boolean;
  /** what is known of the areas beside their cases */
  context?: ContextSeries[];
}

/**
 * Reads one or more folders (earlier first; a later one may hold changes only) laid out as `nyc-covid`.
 * Rows with an unreadable date or number, and rows of conflict markers, are skipped and counted in `skipped`. A week that is labelled some days off
 * the others is the week that they would call it.
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
  const revisions = ontoWeeks(folders.flatMap((folder) => readRevisions(folder, indexOf, counter)));
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

/** Every week end onto the weekday that most rows have; labels up to three days off are the same week. */
function ontoWeeks(revisions: Revision[]): Revision[] {
  const rowsByWeekday = new Int32Array(7);
  for (const { weekEnd } of revisions) rowsByWeekday[weekEnd % 7]!++;
  const weekday = rowsByWeekday.indexOf(Math.max(...rowsByWeekday));
  return revisions.map((revision) => {
    const off = (revision.weekEnd - weekday + 7 * 1000 + 3) % 7;
    return off === 3 ? revision : { ...revision, weekEnd: revision.weekEnd - off + 3 };
  });
}

/** undefined for a text that is no day; days before 1970 and after 2200 are typing errors */
function readDay(text: string | undefined): number | undefined {
  const day = dayNumberOrNaN(text ?? '');
  return day > 0 && day < 84_000 ? day : undefined;
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
    const [publishedDay, weekEnd] = [readDay(row[at[0]!]), readDay(row[at[2]!])];
    const unreadable = Number.isNaN(rate) && !['', 'NA', 'NaN'].includes(text);
    const dated = publishedDay !== undefined && weekEnd !== undefined && weekEnd <= publishedDay + 7;
    if (Number.isNaN(instant) || !dated || rate < 0 || unreadable) {
      counter.skipped++;
      continue;
    }
    out.push({ instant, publishedDay, area, weekEnd, rate });
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
      const [instant, publishedDay] = [Date.parse(published), readDay(published)];
      if (Number.isNaN(instant) || publishedDay === undefined) {
        counter.skipped++;
        continue;
      }
      snapshot = {
        instant,
        publishedDay,
        cases: new Float64Array(indexOf.size).fill(Number.NaN),
      };
      byPublication.set(published, snapshot);
    }
    const text = row[at[2]!] ?? '';
    if (text !== '' && Number(text) >= 0) snapshot.cases[area] = Number(text);
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
