/** What the network learns from: recorded epidemics where they are at hand, and simulated ones. Each source has as many chances to be drawn as another. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { weekNumber } from '../../numerics/days.ts';
import { createRandom, type Random } from '../../numerics/random.ts';
import { readCsv } from '../../risk/csv-table.ts';
import {
  lineListRehearsal,
  newYorkDaily,
  newYorkWeekly,
  type Rehearsal,
  simulatedRehearsals,
} from '../district/bench/sets.ts';
import { type OutbreakPattern, simulateOutbreak } from './outbreaks.ts';
import { addRows, emptyRows, sourceRows, type TaughtHistory, thinned, type WeekTable, windowOf } from './rows.ts';
import type { SourceRows } from './training.ts';

/** Seeds below this one are kept for scoring. */
const firstTaughtSeed = 1000;
const areasTogether = 10;
/** Weeks before a moment that are known where a recorded set is scored. */
const scoredWeeks = 60;

/** @param size share of the rows and of the simulated districts, 1 for a full training */
export function simulatedSources(seed: number, size = 1): SourceRows[] {
  const random = createRandom(seed).child(11);
  const many = (count: number) => Math.max(1, Math.round(count * size));
  const seedsFrom = (start: number, count: number) => Array.from({ length: count }, (_, n) => start + n);
  const rowsOf = (name: string, disease: string, rehearsals: readonly Rehearsal[]) => {
    const book = emptyRows();
    for (const { history, truth } of rehearsals) addRows(book, { ...history, truth }, random);
    return sourceRows({ name, disease, place: 'simulated', window: null }, book);
  };
  const outbreaks = (pattern: OutbreakPattern, start: number, count: number, days: number, stride: number) =>
    seedsFrom(start, count).map((one) =>
      lineListRehearsal(`${pattern} ${one}`, simulateOutbreak(pattern, one, days), stride),
    );
  return [
    rowsOf('several waves', 'simulated waves', simulatedRehearsals(seedsFrom(firstTaughtSeed, many(24)), 4)),
    rowsOf('sharp waves', 'simulated waves', outbreaks('sharp-wave', 2 * firstTaughtSeed, many(40), 170, 3)),
    rowsOf('long waves', 'simulated waves', outbreaks('sharp-wave', 4 * firstTaughtSeed, many(30), 260, 4)),
    rowsOf('seasons', 'simulated dengue-like', outbreaks('seasonal', 3 * firstTaughtSeed, many(16), 420, 5)),
  ];
}

/** Every recorded set that is there, and the names of those that are not. */
export function recordedSources(folder: string, seed: number): { sources: SourceRows[]; missing: string[] } {
  const random = createRandom(seed).child(12);
  const missing: string[] = [];
  const sources: SourceRows[] = [];
  const add = (needed: readonly string[], make: () => SourceRows[]) => {
    const gone = needed.filter((file) => !existsSync(join(folder, file)));
    if (gone.length > 0) missing.push(...gone);
    else sources.push(...make());
  };
  const [covid, flu] = ['forecast-hub/covid-us', 'forecast-hub/flu-us'];
  add([`${covid}/truth-hosp.csv`, `${covid}/locations.csv`], () => {
    const table = stateTable(join(folder, covid), 'truth-hosp.csv', 1);
    return [tableRows('COVID admissions of states', 'covid', 'states', [table], [1, 0.3, 0.08, 0.03], random)];
  });
  add([`${covid}/truth-ed.csv`, `${covid}/locations.csv`], () => {
    const table = stateTable(join(folder, covid), 'truth-ed.csv', 1e4);
    return [tableRows('COVID emergency shares of states', 'covid', 'states', [table], [3, 0.6, 0.15], random)];
  });
  add([`${flu}/truth-hosp.csv`, `${flu}/locations.csv`], () => {
    const table = stateTable(join(folder, flu), 'truth-hosp.csv', 1);
    return [tableRows('influenza admissions of states', 'influenza', 'states', [table], [1, 0.3, 0.08, 0.03], random)];
  });
  add(['flu-history/hhs-admissions.csv.gz'], () => {
    const table = longTable(join(folder, 'flu-history/hhs-admissions.csv.gz'), 'location', 'week_end', 'admissions', 1);
    return [tableRows('influenza admissions before 2023', 'influenza', 'states', [table], [1, 0.3, 0.1], random)];
  });
  add(['flu-history/ilinet.csv.gz'], () => {
    const file = join(folder, 'flu-history/ilinet.csv.gz');
    const at = (level: string) => longTable(file, 'location', 'week_end', 'ili_percent', 100, { level });
    return [
      tableRows(
        'influenza-like illness',
        'influenza',
        'states',
        [at('hhs-region'), at('state')],
        [2, 0.3, 0.05],
        random,
        0.35,
      ),
    ];
  });
  add([`${covid}/nssp-hsa-ed.csv.gz`], () =>
    (['covid', 'flu', 'rsv'] as const).map((what) => {
      const table = longTable(join(folder, covid, 'nssp-hsa-ed.csv.gz'), 'hsa_nci_id', 'week_end', `${what}_pct`, 100);
      const disease = what === 'flu' ? 'influenza' : what;
      return tableRows(
        `${disease} emergency shares of service areas`,
        disease,
        'service areas',
        [table],
        [1, 0.2],
        random,
        0.2,
      );
    }),
  );
  add(['nyc-covid/weekly_rate_revisions.csv.gz', 'nyc-covid/cumulative_snapshots.csv.gz'], () => {
    const city = join(folder, 'nyc-covid');
    const of = (name: string, rehearsals: readonly Rehearsal[], keep: number) => {
      const book = emptyRows();
      for (const { history, truth } of rehearsals) addRows(book, { ...history, truth }, random, keep);
      return sourceRows({ name, disease: 'covid', place: 'New York', window: ['2020-05-18', '2021-10-31'] }, book);
    };
    return [
      of(
        'New York by week, with revisions',
        [false, true].flatMap((half) => newYorkWeekly(city, half)),
        1,
      ),
      of(
        'New York by day',
        [false, true].flatMap((half) => newYorkDaily(city, 3, half)),
        0.5,
      ),
    ];
  });
  return { sources, missing };
}

function tableRows(
  name: string,
  disease: string,
  place: string,
  tables: readonly WeekTable[],
  scales: readonly number[],
  random: Random,
  keep = 1,
): SourceRows {
  const book = emptyRows();
  for (const table of tables)
    for (let from = 0; from < table.areas.length; from += areasTogether)
      for (const scale of scales) {
        const part = areasOf(table, from, Math.min(table.areas.length, from + areasTogether));
        addRows(book, thinned(part, scale * Math.exp(0.5 * random.normal()), random), random, keep);
      }
  const windows = tables.map(windowOf);
  const window: [string, string] = [
    windows.map(([first]) => first).sort()[0]!,
    windows
      .map(([, last]) => last)
      .sort()
      .at(-1)!,
  ];
  return sourceRows({ name, disease, place, window }, book);
}

const areasOf = (table: WeekTable, from: number, to: number): WeekTable => ({
  ...table,
  areas: table.areas.slice(from, to),
  values: table.values.subarray(from * table.weeks, to * table.weeks),
  populations: table.populations?.slice(from, to),
});

const nation = 'US';

function stateTable(folder: string, file: string, times: number): WeekTable {
  const table = longTable(join(folder, file), 'location', 'target_end_date', 'value', times);
  const known = readCsv(join(folder, 'locations.csv'));
  const [location, people] = [known.column('location'), known.column('population')];
  const populations = new Map(known.rows.map((row) => [row[location]!, Number(row[people])]));
  return { ...table, populations: table.areas.map((area) => populations.get(area)) };
}

/** A file with a row for each area and week. Cells that are no number are not known; the nation is left out. */
function longTable(
  file: string,
  areaColumn: string,
  weekColumn: string,
  valueColumn: string,
  times: number,
  only: Record<string, string> = {},
): WeekTable {
  const csv = readCsv(file);
  const [area, week, value] = [areaColumn, weekColumn, valueColumn].map((name) => csv.column(name)) as [
    number,
    number,
    number,
  ];
  const wanted = Object.entries(only).map(([name, is]) => [csv.column(name), is] as const);
  const rows = csv.rows.filter((row) => row[area] !== nation && wanted.every(([at, is]) => row[at] === is));
  const areas = [...new Set(rows.map((row) => row[area]!))].sort();
  const place = new Map(areas.map((name, i) => [name, i]));
  const numbers = rows.map((row) => weekNumber(row[week]!));
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const number of numbers) {
    first = Math.min(first, number);
    last = Math.max(last, number);
  }
  const weeks = last - first + 1;
  const values = new Float64Array(areas.length * weeks).fill(Number.NaN);
  rows.forEach((row, n) => {
    const cell = row[value]!;
    if (cell !== '') values[place.get(row[area]!)! * weeks + numbers[n]! - first] = times * Number(cell);
  });
  return { areas, firstWeek: first, weeks, values };
}

/** Recorded weeks of a set as histories to score on, thinned to the size of districts; nothing of them is taught. */
export function recordedHistories(
  folder: string,
  set: 'influenza admissions' | 'COVID admissions' | 'RSV of service areas',
  seed: number,
): { name: string; history: TaughtHistory }[] {
  const random = createRandom(seed).child(13);
  const hub = 'forecast-hub';
  const table =
    set === 'influenza admissions'
      ? stateTable(join(folder, hub, 'flu-us'), 'truth-hosp.csv', 1)
      : set === 'COVID admissions'
        ? stateTable(join(folder, hub, 'covid-us'), 'truth-hosp.csv', 1)
        : longTable(join(folder, hub, 'covid-us/nssp-hsa-ed.csv.gz'), 'hsa_nci_id', 'week_end', 'rsv_pct', 100);
  return [0, 1, 2].map((n) => ({
    name: `${set} ${n}`,
    history: thinned(areasOf(table, n * 2 * areasTogether, (n * 2 + 1) * areasTogether), 0.3, random, scoredWeeks),
  }));
}
