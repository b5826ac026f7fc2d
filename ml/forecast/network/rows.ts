/** From rehearsals (what was seen at each moment, and what came) and from tables of final values to rows that teach. */
import { isoDate, weekEnd, yearFraction } from '../../numerics/days.ts';
import type { Random } from '../../numerics/random.ts';
import { blockOf, levelOf, type Seen, type SeriesKind, weekSteps } from '../district/seen.ts';
import { growthUnit, horizons, type InputSeries, inputWidth, weeksSeen, writeInput } from './input.ts';
import type { SourceRows } from './training.ts';

/** The moments of a district, oldest first, and what came in the end. */
export interface TaughtHistory extends SeriesKind {
  readonly areas: readonly string[];
  /** index of the area that is the sum of the others, or -1 */
  readonly total: number;
  readonly moments: readonly Seen[];
  readonly truth: (area: number, end: number) => number;
  /** share of the year at a step; undefined: the season says nothing here */
  readonly yearShare?: (end: number) => number;
  readonly populations?: readonly (number | undefined)[];
}

/** Growing arrays of rows. */
export interface RowBook {
  readonly input: number[][];
  readonly target: number[][];
}

export const emptyRows = (): RowBook => ({ input: [], target: [] });

/** One area at one moment, as the live forecast sees it. */
export function inputOf(
  history: TaughtHistory | (SeriesKind & { total: number }),
  seen: Seen,
  area: number,
): InputSeries {
  const { total } = history;
  return {
    own: (back) => blockOf(seen, history, area, seen.last - back),
    whole: total >= 0 && total !== area ? (back) => blockOf(seen, history, total, seen.last - back) : undefined,
    weekSteps: weekSteps(history) as 1 | 7,
  };
}

const shares = { cutHistory: 0.35, noWhole: 0.2, noSeason: 0.6, noPopulation: 0.5 } as const;

/** Adds rows of all areas and moments. What a place may lack (a long history, a whole, a season, a population) is left out of some of them. */
export function addRows(book: RowBook, history: TaughtHistory, random: Random, keep = 1): void {
  const week = weekSteps(history);
  const row = new Float32Array(inputWidth);
  for (const seen of history.moments)
    for (let area = 0; area < history.areas.length; area++) {
      if (random.uniform() >= keep) continue;
      const whole = inputOf(history, seen, area);
      const weeks = random.uniform() < shares.cutHistory ? 4 + random.below(8) : Number.POSITIVE_INFINITY;
      const cut = (block: (back: number) => number) => (back: number) =>
        back >= weeks * week ? Number.NaN : block(back);
      const yearShare = random.uniform() < shares.noSeason ? undefined : history.yearShare?.(seen.last);
      const population = random.uniform() < shares.noPopulation ? undefined : history.populations?.[area];
      const dropped = random.uniform() < shares.noWhole || whole.whole === undefined;
      const series = {
        ...whole,
        own: cut(whole.own),
        whole: dropped ? undefined : cut(whole.whole!),
        yearShare,
        population,
      };
      if (!writeInput(series, row, 0)) continue;
      const now = levelOf(series.own(0));
      const target = Array.from({ length: horizons }, (_, h) => {
        const came = history.truth(area, seen.last + (h + 1) * week);
        return Number.isFinite(came) ? (levelOf(came) - now) / growthUnit(now, h) : Number.NaN;
      });
      if (target.every(Number.isNaN)) continue;
      book.input.push([...row]);
      book.target.push(target.map((value) => Math.max(-8, Math.min(8, value))));
    }
}

export function sourceRows(
  about: Pick<SourceRows, 'name' | 'disease' | 'place' | 'window'>,
  { input, target }: RowBook,
): SourceRows {
  return {
    ...about,
    rows: input.length,
    input: Float32Array.from(input.flat()),
    target: Float32Array.from(target.flat()),
  };
}

/** Weeks of several areas as they were in the end: areas × weeks, NaN where not known. */
export interface WeekTable {
  readonly areas: readonly string[];
  readonly firstWeek: number;
  readonly weeks: number;
  readonly values: Float64Array;
  readonly populations?: readonly (number | undefined)[];
}

/**
 * A table as a district of its areas and their sum. Values become counts that chance has a part in: Poisson or wider about `value · scale`, so that
 * small places are among them; at the last week of a moment some reports may be missing.
 * @param weeksKnown how many weeks before its last one a moment holds
 */
export function thinned(table: WeekTable, scale: number, random: Random, weeksKnown = weeksSeen): TaughtHistory {
  const { areas, weeks, firstWeek } = table;
  const size = Math.exp(Math.log(20) + random.uniform() * Math.log(30));
  const counts = new Float64Array((areas.length + 1) * weeks).fill(Number.NaN);
  for (let t = 0; t < weeks; t++) {
    let sum = 0;
    for (let i = 0; i < areas.length; i++) {
      const value = table.values[i * weeks + t]!;
      if (!Number.isFinite(value) || value < 0) continue;
      counts[(i + 1) * weeks + t] = random.negativeBinomial(value * scale, size);
      sum += counts[(i + 1) * weeks + t]!;
    }
    counts[t] = sum;
  }
  const late = random.uniform() < 0.5 ? 0.15 * random.uniform() : 0;
  const moments: Seen[] = [];
  for (let last = 3; last < weeks - 1; last++) {
    const first = Math.max(0, last - weeksKnown);
    const length = last - first + 1;
    const values = new Float64Array((areas.length + 1) * length);
    for (let i = 0; i <= areas.length; i++) {
      values.set(counts.subarray(i * weeks + first, i * weeks + last + 1), i * length);
      if (late > 0)
        values[i * length + length - 1]! *= Math.min(1.2, Math.max(0.4, 1 - late * (0.3 + random.normal())));
    }
    moments.push({ first, last, values });
  }
  return {
    areas: ['all', ...areas],
    total: 0,
    step: 'week',
    kind: 'flow',
    moments,
    truth: (area, end) => (end < weeks ? counts[area * weeks + end]! : Number.NaN),
    yearShare: (end) => yearFraction(firstWeek + end),
    populations: table.populations && [undefined, ...table.populations],
  };
}

/** ISO dates of the Saturdays that end its first and last week. */
export const windowOf = ({ firstWeek, weeks }: WeekTable): [string, string] => [
  weekEnd(firstWeek),
  weekEnd(firstWeek + weeks - 1),
];

export const dayWindow = (first: number, last: number): [string, string] => [isoDate(first), isoDate(last)];
