// The nowcast on the weekly revisions that New York published, walked forward: what was said of each week at its first seven publications, against the last one.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  dayNumber,
  emptyPanel,
  isoDate,
  type KnownTable,
  knownTable,
  nowcastLastPeriods,
  type Vintage,
  walkNowcast,
  weeklyDelays,
  weeklyNowcast,
} from '@vungxanh/ml';
import { readRiskData } from '../../ml/risk/backtest-data.ts';
import { readCsv } from '../../ml/risk/csv-table.ts';
import { BandTally, rounded } from './band-tally.ts';

/** Denominators were replaced on 9 November 2020, the definition on 5 August 2021: between them one definition holds. */
const [firstDay, lastDay] = [dayNumber('2020-11-10'), dayNumber('2021-08-04')] as const;
/** A week is first published five days after its end; the publications of one calendar week are one moment. */
const publishedAfterDays = 5;
const longestDelay = 12;
/** Weeks whose count had fewer publications than this are not settled. */
const settledAfter = 9;
const plainDelays = { ...weeklyDelays, delays: 8 };

const weekOf = (day: number) => Math.floor((day - 2) / 7);

export function newYorkNowcast(folder: string) {
  if (!existsSync(join(folder, 'weekly_rate_revisions.csv.gz'))) return undefined;
  const data = readRiskData([folder]);
  const first = weekOf(firstDay) - 16;
  const last = weekOf(lastDay - publishedAfterDays);
  const own = data.areaIds.map(() => ({ period: [] as number[], delay: [] as number[], change: [] as number[] }));
  const newest = new Map<string, number>();
  for (const { area, weekEnd, publishedDay, rate } of data.revisions) {
    if (area < 0 || publishedDay < firstDay || publishedDay > lastDay || !Number.isFinite(rate)) continue;
    const cases = Math.round((rate * data.populations[area]!) / 1e5);
    const week = weekOf(weekEnd);
    const key = `${area} ${week}`;
    const changes = own[area]!;
    changes.period.push(week);
    // lag 1 is the first publication
    changes.delay.push(Math.max(1, weekOf(publishedDay - publishedAfterDays) - week + 1));
    changes.change.push(cases - (newest.get(key) ?? 0));
    newest.set(key, cases);
  }
  const tables = own.map((changes) => knownTable(changes, first, last + 1, longestDelay));
  const whole = sumOf(tables);
  const boroughOf = boroughs(folder);
  const names = [...new Set(data.areaIds.flatMap((id) => boroughOf.get(id) ?? []))].sort();
  const ofBorough = names.map((name) => sumOf(tables.filter((_, i) => boroughOf.get(data.areaIds[i]!) === name)));
  return {
    from: isoDate(firstDay),
    to: isoDate(lastDay),
    boroughs: walked(ofBorough, whole, last - settledAfter),
    areas: walked(tables, whole, last - settledAfter),
  };
}

/** Walks every series; weeks after `lastSettled` are not scored, nor are blanks (small counts that are not published). */
function walked(tables: readonly KnownTable[], whole: KnownTable, lastSettled: number) {
  const start = weekOf(firstDay) + 2;
  const teaches = (week: number) => week >= start;
  const tallies = Array.from({ length: weeklyNowcast.lags }, () => new BandTally());
  let [below, unchanged, cells] = [0, 0, 0];
  for (const table of tables) {
    const guide = { table: whole, arrivals: new Map() };
    for (const { origin, periods } of walkNowcast(table, weeklyNowcast, teaches, { start, from: 0 }, guide)) {
      const plain = plainTable(table, origin);
      for (const { period, lag, reported, quantile } of periods) {
        const came = table.known[(period - table.first + 1) * (longestDelay + 1) - 1]!;
        if (period > lastSettled || reported <= 0 || came <= 0) continue;
        cells++;
        below += quantile(0.025) < reported ? 1 : 0;
        unchanged += came === reported ? 1 : 0;
        tallies[lag - 1]!.add(
          {
            median: quantile(0.5),
            interval50: [quantile(0.25), quantile(0.75)],
            interval95: [quantile(0.025), quantile(0.975)],
          },
          plain.get(period)!,
          came,
        );
      }
    }
  }
  return {
    series: tables.length,
    lowerBoundBelowReported: rounded(below / cells),
    neverRevised: rounded(unchanged / cells),
    weeks: tallies.map((tally, i) => ({ lag: i + 1, ...tally.summary() })),
  };
}

function boroughs(folder: string): Map<string, string> {
  const table = readCsv(join(folder, 'areas.csv'));
  const [id, borough] = [table.column('area_id'), table.column('borough')];
  return new Map(table.rows.map((row) => [row[id]!, row[borough]!]));
}

function sumOf(tables: readonly KnownTable[]): KnownTable {
  const known = new Float64Array(tables[0]!.known.length);
  for (const table of tables) for (let i = 0; i < known.length; i++) known[i]! += table.known[i]!;
  return { ...tables[0]!, known };
}

function plainTable({ first, longestDelay: longest, known }: KnownTable, origin: number) {
  const panelAt = (at: number) => {
    const panel = emptyPanel(['area'], first, at - first);
    for (let i = 0; i < panel.length; i++)
      panel.values[i] = known[i * (longest + 1) + Math.min(longest, at - first - i)]!;
    return panel;
  };
  const earlier: Vintage[] = [];
  for (let at = Math.max(weekOf(firstDay) + 2, origin - 30); at < origin; at++)
    earlier.push({ asOf: String(at), panel: panelAt(at) });
  return new Map(
    nowcastLastPeriods(earlier, panelAt(origin), origin - 1, plainDelays).map((value) => [value.period, value]),
  );
}
