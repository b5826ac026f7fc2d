/**
 * The last periods of a series, completed by the delays seen so far, with bands that are held to what came of earlier ones. At every moment of the past the same is
 * done with what was known there; nothing that was learned later is looked at.
 */
import { batchDays } from './batches.ts';
import { type DelayHazards, type DelayLearning, knownShare, learnDelays } from './delays.ts';
import { type KnownTable, knownAt } from './known-table.ts';
import {
  type Arrival,
  type CountPosterior,
  countPosterior,
  levelOfCount,
  logMoments,
  meanOf,
  quantileOf,
} from './posterior.ts';
import { learnTrend, seenVariance, startTrend, stepTrend, type Trend, type TrendOptions } from './trend.ts';

export interface NowcastOptions extends DelayLearning {
  /** lags 1 … lags are nowcast, in periods before the moment */
  lags: number;
  /** after so many periods a count, completed by what is still usual, tells what came of a nowcast */
  settledAfter: number;
  /** so many moments before the present one teach how fully reports come and how far off the nowcasts were */
  memoryMoments: number;
  halfLifeMoments: number;
  /** moments with settled counts before which nothing is said */
  leastMoments: number;
  /** moments unlike all before weigh as so many: offices that close, a laboratory that holds back */
  strangerMoments: number;
  /** even bands weigh as so many moments */
  evenMoments: number;
  /** how far counts lately lay above or below what was expected: half-life, and as how many moments no such lean weighs */
  leanHalfLife: number;
  leanMoments: number;
  /** the trend's own variance weighs as so many moments */
  firstMoments: number;
  trend: TrendOptions;
}

export const dailyNowcast: NowcastOptions = {
  memoryPeriods: 42,
  rhythm: 7,
  rhythmCases: 20,
  lags: 10,
  settledAfter: 7,
  memoryMoments: 56,
  halfLifeMoments: 20,
  leastMoments: 7,
  strangerMoments: 1,
  evenMoments: 12,
  leanHalfLife: 7,
  leanMoments: 4,
  firstMoments: 10,
  trend: { levelStep: 0.0005, growthStep: 0.0001, growthKept: 0.98, scatter: 0.002 },
};

export const weeklyNowcast: NowcastOptions = {
  ...dailyNowcast,
  memoryPeriods: 30,
  rhythm: 1,
  lags: 7,
  settledAfter: 3,
  memoryMoments: 40,
  leastMoments: 6,
  trend: { levelStep: 0.02, growthStep: 0.01, growthKept: 0.8, scatter: 0.01 },
};

/** One period as it was nowcast at one moment. */
export interface NowcastPeriod {
  readonly period: number;
  readonly lag: number;
  readonly reported: number;
  /** usual share of the final count that is known by now */
  readonly share: number;
  readonly expected: number;
  readonly mean: number;
  /** the count at a level from 0 to 1, never below what is reported */
  readonly quantile: (level: number) => number;
  /** the count at a level that an earlier moment reached: see `together` */
  readonly reached: (level: number) => number;
}

export interface NowcastMoment {
  readonly origin: number;
  /** moments that taught how fully reports come */
  readonly taught: number;
  /** lag 1 first; empty while too few moments taught anything */
  readonly periods: readonly NowcastPeriod[];
  /** by lag - 1: how fully reports came at earlier moments, weighed by how well that explains the present ones; for parts of the same whole */
  readonly arrivals: readonly (readonly Arrival[])[];
  /** levels (0 to 1) at which the final counts of earlier moments lay in their bands, lag 1 first: draws for windows of several periods */
  readonly together: readonly { readonly levels: Float64Array; readonly weight: number }[];
}

interface Record {
  readonly origin: number;
  readonly hazards: DelayHazards;
  /** by lag - 1 */
  readonly reported: Float64Array;
  readonly share: Float64Array;
  readonly expected: Float64Array;
  /** of log(count / expected), as the trend said it */
  readonly variance: Float64Array;
  /** how reports stood at the moment: days without any, or what was held back coming out */
  readonly state: number;
  readonly posteriors: (CountPosterior | undefined)[];
}

/** What a part of a whole takes from it: its delays, and how fully reports came. */
export interface NowcastGuide {
  readonly table: KnownTable;
  /** by origin, by lag - 1 */
  readonly arrivals: ReadonlyMap<number, readonly (readonly Arrival[])[]>;
}

/**
 * Walks the moments from the first to the present.
 * @param teaches whether what was learned in a period tells how long reports take
 * @param start first origin that teaches: before it nothing was watched as it came in
 * @param from first origin whose nowcast is handed out; earlier ones only teach
 * @param guide of a part: the whole that it is a part of
 */
export function* walkNowcast(
  table: KnownTable,
  options: NowcastOptions,
  teaches: (learnedIn: number) => boolean,
  { start, from }: { start: number; from: number },
  guide?: NowcastGuide,
): Generator<NowcastMoment> {
  const { lags } = options;
  const records: Record[] = [];
  for (let origin = Math.max(start, table.first + leastPeriods); origin <= table.last; origin++) {
    const taught = guide?.table ?? table;
    const isBatch = options.rhythm === 7 ? batchDays(taught, origin) : undefined;
    const hazards = learnDelays(taught, origin, options, (day) => teaches(day) && !isBatch?.(day));
    const record: Record = {
      origin,
      hazards,
      reported: new Float64Array(lags),
      share: new Float64Array(lags),
      expected: new Float64Array(lags),
      variance: new Float64Array(lags),
      state: 0,
      posteriors: [],
    };
    const past = records.slice(-options.memoryMoments);
    const settled = (period: number) =>
      Math.max(0, knownAt(table, period, origin)) / completeness(knownShare(hazards, period, origin));
    const rhythm = rhythmOf(settled, table.first, origin, options);
    let trend = trendOfSettled(settled, table.first, origin - lags - 1, rhythm, options);
    for (let lag = lags; lag >= 1; lag--) {
      const period = origin - lag;
      trend = stepTrend(trend, options.trend);
      const fullness = rhythm[period % options.rhythm]!;
      const expected = Math.exp(trend.level) * fullness;
      const variance = seenVariance(trend, options.trend);
      const learned = learnFrom(past, lag, origin, settled, options);
      const reported = Math.max(0, knownAt(table, period, origin));
      const share = knownShare(hazards, period, origin);
      const posterior = countPosterior(
        reported,
        share,
        { mean: expected * learned.lean, variance: variance * learned.widening },
        guide?.arrivals.get(origin)?.[lag - 1] ?? learned.arrivals,
        options.strangerMoments,
      );
      const seen = logMoments(posterior);
      trend = learnTrend(
        trend,
        seen.mean - Math.log(fullness),
        Math.min(variance, seen.variance / learned.widening),
        variance,
      );
      record.reported[lag - 1] = reported;
      record.share[lag - 1] = share;
      record.expected[lag - 1] = expected;
      record.variance[lag - 1] = variance;
      record.posteriors[lag - 1] = posterior;
    }
    if (origin >= from) yield momentOf(record, past, settled, options);
    records.push(record);
  }
}

/** A share this near to all is all: what is withdrawn later is as much as what still comes. */
const completeness = (share: number): number => (share > 0.985 ? 1 : Math.max(0.5, share));

const leastPeriods = 14;
/** Periods over which the trend is followed, and those that tell how full a weekday is. */
const trendPeriods = 56;
const rhythmRounds = 5;
/** A weekday's cases beside this many are no rhythm. */
const evenCases = 30;

/** How full each weekday is beside the mean of its weeks, of settled weeks. */
function rhythmOf(
  settled: (period: number) => number,
  first: number,
  origin: number,
  { rhythm, settledAfter }: NowcastOptions,
): Float64Array {
  if (rhythm === 1) return new Float64Array(1).fill(1);
  const own = new Float64Array(rhythm);
  const even = new Float64Array(rhythm);
  const half = (rhythm - 1) / 2;
  const last = origin - settledAfter - half;
  for (let period = last; period > last - rhythm * rhythmRounds && period - half >= first; period--) {
    // beside the days around it: a wave that grows is no rhythm
    let around = 0;
    for (let other = period - half; other <= period + half; other++) around += settled(other) / rhythm;
    own[period % rhythm]! += settled(period);
    even[period % rhythm]! += around;
  }
  return own.map((cases, phase) => (cases + evenCases) / (even[phase]! + evenCases));
}

function trendOfSettled(
  settled: (period: number) => number,
  first: number,
  last: number,
  rhythm: Float64Array,
  { trend: options }: NowcastOptions,
): Trend {
  const start = Math.max(first, last - trendPeriods + 1);
  let trend = startTrend(Math.log(settled(start) + 0.5));
  for (let period = start; period <= last; period++) {
    trend = stepTrend(trend, options);
    const seen = Math.log(settled(period) + 0.5) - Math.log(rhythm[period % rhythm.length]!);
    trend = learnTrend(trend, seen, 0, seenVariance(trend, options));
  }
  return trend;
}

function learnFrom(
  past: readonly Record[],
  lag: number,
  origin: number,
  settled: (period: number) => number,
  options: NowcastOptions,
): { widening: number; lean: number; arrivals: Arrival[] } {
  const arrivals: Arrival[] = [];
  let [weights, square, recent, lean] = [0, 0, 0, 0];
  for (const { origin: then, reported, share, expected, variance } of past) {
    const period = then - lag;
    if (origin - period < options.settledAfter + lag) continue;
    const count = settled(period);
    const weight = 0.5 ** ((origin - then) / options.halfLifeMoments);
    const error = Math.log((count + 0.5) / (expected[lag - 1]! + 0.5));
    weights += weight;
    const late = 0.5 ** ((origin - then) / options.leanHalfLife);
    recent += late;
    lean += late * Math.max(-1, Math.min(1, error));
    square += weight * Math.min(mostSquare, (error * error) / variance[lag - 1]!);
    if (count >= fewestTaught) {
      const part = Math.min(0.9999, reported[lag - 1]! / count);
      const missing = Math.log(Math.max(1e-4, 1 - share[lag - 1]!));
      arrivals.push({ pace: missing < 0 ? Math.log(1 - Math.max(0, part)) / missing : 1, weight });
    }
  }
  const { firstMoments } = options;
  return {
    widening: Math.max(0.4, (square + firstMoments) / (weights + firstMoments)),
    lean: Math.exp(lean / (recent + options.leanMoments)),
    arrivals: alike(arrivals),
  };
}

/** A period of fewer cases says nothing of how fully reports come. */
const fewestTaught = 5;

/** Arrivals at about the same pace put together. */
function alike(arrivals: readonly Arrival[]): Arrival[] {
  const groups = new Map<number, { sum: number; weight: number }>();
  for (const { pace, weight } of arrivals) {
    const key = pace < 2 ? Math.round(pace * 8) : 16 + Math.round(Math.log2(pace / 2) * 3);
    const group = groups.get(key) ?? { sum: 0, weight: 0 };
    group.sum += pace * weight;
    group.weight += weight;
    groups.set(key, group);
  }
  return [...groups.values()].map(({ sum, weight }) => ({ pace: sum / weight, weight }));
}

/** A period that broke with all before it counts as four standard deviations. */
const mostSquare = 16;

function momentOf(
  record: Record,
  past: readonly Record[],
  settled: (period: number) => number,
  options: NowcastOptions,
): NowcastMoment {
  const { origin, posteriors, reported, share, expected } = record;
  const together: { levels: Float64Array; weight: number }[] = [];
  const levelsByLag: { level: number; weight: number }[][] = Array.from({ length: options.lags }, () => []);
  for (const then of past) {
    const weight = 0.5 ** ((origin - then.origin) / options.halfLifeMoments);
    const levels = new Float64Array(options.lags).fill(Number.NaN);
    for (let lag = 1; lag <= options.lags; lag++) {
      if (origin - (then.origin - lag) < options.settledAfter + lag) continue;
      const level = levelReached(then.posteriors[lag - 1]!, then.reported[lag - 1]!, settled(then.origin - lag));
      levels[lag - 1] = level;
      levelsByLag[lag - 1]!.push({ level, weight });
    }
    if (levels.every(Number.isFinite)) together.push({ levels, weight });
  }
  const arrivals = posteriors.map((posterior) => posterior!.arrivals);
  if (together.length < options.leastMoments)
    return { origin, taught: together.length, periods: [], together: [], arrivals };
  return {
    origin,
    taught: together.length,
    together,
    arrivals,
    periods: Array.from({ length: options.lags }, (_, i) => {
      const held = evenedLevels(levelsByLag[i]!, options.evenMoments);
      const posterior = posteriors[i]!;
      return {
        period: origin - i - 1,
        lag: i + 1,
        reported: reported[i]!,
        share: share[i]!,
        expected: expected[i]!,
        mean: meanOf(posterior),
        quantile: (level: number) => Math.max(reported[i]!, Math.round(quantileOf(posterior, held(level)))),
        reached: (level: number) => Math.max(reported[i]!, quantileOf(posterior, level)),
      };
    }),
  };
}

function levelReached(posterior: CountPosterior, reported: number, count: number): number {
  if (count < reported - 0.5) return 0;
  if (count < reported + 0.5) return levelOfCount(posterior, reported + 0.5) / 2;
  return levelOfCount(posterior, count);
}

/** The level that was reached with a given frequency; as many even levels as `even` moments are put in. */
function evenedLevels(reached: readonly { level: number; weight: number }[], even: number): (level: number) => number {
  const steps = 40;
  const all = [
    ...reached,
    ...Array.from({ length: steps }, (_, i) => ({ level: (i + 0.5) / steps, weight: even / steps })),
  ].sort((a, b) => a.level - b.level);
  const total = all.reduce((a, { weight }) => a + weight, 0);
  const at: number[] = [];
  let sum = 0;
  for (const { weight } of all) {
    at.push((sum + weight / 2) / total);
    sum += weight;
  }
  return (level) => {
    let high = at.findIndex((value) => value >= level);
    if (high < 0) high = all.length - 1;
    if (high === 0) return all[0]!.level * (level / Math.max(at[0]!, 1e-9));
    const [low, up] = [at[high - 1]!, at[high]!];
    const part = up > low ? Math.min(1, Math.max(0, (level - low) / (up - low))) : 1;
    return all[high - 1]!.level + part * (all[high]!.level - all[high - 1]!.level);
  };
}
