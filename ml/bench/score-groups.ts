/** Scores of forecasts beside the hub baseline and ensemble, by the parts of a table in which a gain may hide. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type HubSeriesName, readRows } from '../forecast/hub-folder.ts';
import { hubLevels, scoreCell, scoreCellLog } from '../metrics/interval-score.ts';

export type Cells = Map<string, Float64Array>;
export const cellKey = (referenceDate: string, area: string, horizon: number): string =>
  `${referenceDate}|${area}|${horizon}`;

/** Quantiles of a forecast file by `cellKey`; null when there is no such file. */
export function loadForecasts(path: string): Cells | null {
  if (!existsSync(path)) return null;
  const cells: Cells = new Map();
  const columns = ['reference_date', 'location', 'horizon', 'output_type_id', 'value'];
  for (const [date, area, horizon, level, value] of readRows(path, columns)) {
    const key = cellKey(date!, area!, Number(horizon));
    let cell = cells.get(key);
    if (!cell) {
      cell = new Float64Array(hubLevels.length).fill(Number.NaN);
      cells.set(key, cell);
    }
    cell[hubLevels.indexOf(Number(level))] = Number(value);
  }
  return cells;
}

/** What a series is scored against. */
export interface Yardstick {
  readonly truth: ReadonlyMap<string, number>;
  readonly baseline: Cells;
  readonly ensemble: Cells | null;
  /** terciles of population: 0 small, 1 middle, 2 large */
  readonly size: ReadonlyMap<string, number>;
  /** factor on the log scale: 1 for counts, 100,000 for shares */
  readonly multiplier: number;
  /** the first reference date of the second half of the rounds */
  readonly middle: string;
}

export function loadYardstick(dir: string, series: HubSeriesName): Yardstick {
  const [folder, target] = series.split('/') as [string, string];
  const truth = new Map<string, number>();
  for (const [area, date, value] of readRows(join(dir, folder, `truth-${target}.csv`), [
    'location',
    'target_end_date',
    'value',
  ])) {
    if (value !== '' && value !== 'NA') truth.set(`${area}|${date}`, Number(value));
  }
  const hub = folder === 'flu-us' ? 'FluSight' : 'CovidHub';
  const at = (model: string) => join(dir, folder, `forecasts-${target}`, `${hub}-${model}.csv.gz`);
  const people = [...readRows(join(dir, folder, 'locations.csv'), ['location', 'population'])]
    .filter(([area]) => area !== 'US')
    .sort((a, b) => Number(a[1]) - Number(b[1]));
  const size = new Map(people.map(([area], k) => [area!, Math.floor((3 * k) / people.length)]));
  const dates = [...readRows(join(dir, folder, 'rounds.csv'), ['series', 'reference_date'])]
    .filter(([name]) => name === target)
    .map(([, date]) => date!)
    .sort();
  return {
    truth,
    baseline: loadForecasts(at('baseline'))!,
    ensemble: loadForecasts(at('ensemble')),
    size,
    multiplier: target === 'ed' ? 100_000 : 1,
    middle: dates[Math.floor(dates.length / 2)]!,
  };
}

interface Sums {
  cells: number;
  own: number;
  ownLog: number;
  base: number;
  baseLog: number;
  inside50: number;
  inside95: number;
  below: number;
}

/** Adds up cells in all the groups they belong to. */
export class GroupScores {
  readonly #groups = new Map<string, Sums>();

  /** @param against the quantiles of the yardstick's model for the same cell */
  add(groups: readonly string[], own: ArrayLike<number>, against: ArrayLike<number>, observed: number, mult: number) {
    const score = scoreCell(own, observed);
    const ownLog = scoreCellLog(own, observed, mult).wis;
    const base = scoreCell(against, observed).wis;
    const baseLog = scoreCellLog(against, observed, mult).wis;
    const below = own[(own.length - 1) / 2]! < observed ? 1 : 0;
    for (const group of groups) {
      const s = this.#groups.get(group) ?? {
        cells: 0,
        own: 0,
        ownLog: 0,
        base: 0,
        baseLog: 0,
        inside50: 0,
        inside95: 0,
        below: 0,
      };
      s.cells++;
      s.own += score.wis;
      s.ownLog += ownLog;
      s.base += base;
      s.baseLog += baseLog;
      s.inside50 += Number(score.inside50);
      s.inside95 += Number(score.inside95);
      s.below += below;
      this.#groups.set(group, s);
    }
  }

  /** Rows of a table: group, cells, relative WIS natural and log, coverage 50 % and 95 %, share above the median. */
  lines(label: string): string[] {
    const three = (v: number) => v.toFixed(3);
    return [...this.#groups].map(
      ([group, s]) =>
        `| ${label} | ${group} | ${s.cells} | ${three(s.own / s.base)} | ${three(s.ownLog / s.baseLog)} | ${three(s.inside50 / s.cells)} | ${three(s.inside95 / s.cells)} | ${three(s.below / s.cells)} |`,
    );
  }
}

export const groupHeader =
  '| forecast | group | cells | WIS / baseline | log | 50 % | 95 % | above median |\n| --- | --- | --- | --- | --- | --- | --- | --- |';

/** Part of a winter, from July to June. */
export function seasonOf(referenceDate: string): string {
  const year = Number(referenceDate.slice(0, 4)) - (referenceDate.slice(5, 7) < '07' ? 1 : 0);
  return `${year}-${String(year + 1).slice(2)}`;
}

/** The groups of one cell. */
export function groupsOf(yardstick: Yardstick, referenceDate: string, area: string, horizon: number): string[] {
  return [
    'all',
    referenceDate < yardstick.middle ? 'first half' : 'second half',
    `season ${seasonOf(referenceDate)}`,
    `horizon ${horizon}`,
    `${['small', 'middle', 'large'][yardstick.size.get(area) ?? 0]} areas`,
  ];
}
