import { fitCanonicalLine } from '../numerics/canonical-line.ts';
import { logistic, logit } from '../numerics/distributions.ts';
import type { Revision } from './backtest-data.ts';
import { bandOf } from './bands.ts';
import { rankedProbabilityScore } from './rank-score.ts';
import { largestSuppressed } from './suppressed.ts';

/** Lowest and highest band that a published value allows, by area; 0: not published. They differ only for suppressed counts. */
export interface BandTruth {
  lowest: Int8Array;
  highest: Int8Array;
}

export interface ScoredForecast {
  origin: number;
  /** per horizon 1, 2, …: areas × bands */
  probabilities: Float64Array[];
}

/** Truth settled: the last value published at most `settleDays` after the week's end, for every week. */
export function settledTruth(
  revisions: readonly Revision[],
  populations: Float64Array,
  cuts: readonly number[],
  settleDays: number,
): Map<number, BandTruth> {
  const truth = new Map<number, BandTruth>();
  for (const { area, weekEnd, publishedDay, rate } of revisions) {
    if (area < 0 || publishedDay - weekEnd > settleDays) continue;
    let week = truth.get(weekEnd);
    if (!week) {
      week = { lowest: new Int8Array(populations.length), highest: new Int8Array(populations.length) };
      truth.set(weekEnd, week);
    }
    const blank = Number.isNaN(rate);
    week.lowest[area] = blank ? 1 : bandOf(rate, cuts);
    week.highest[area] = bandOf(blank ? (largestSuppressed * 1e5) / populations[area]! : rate, cuts);
  }
  return truth;
}

export interface BandEvaluation {
  cells: number;
  rankedProbabilityScore: number;
  /** slope of a logistic recalibration of P(band >= alertBand): 1 is right, below 1 over-confident */
  logisticSlope: number;
  /** how often the smallest set of likeliest bands with 90 % probability holds the truth, and its mean size */
  set90Holds: number;
  set90Size: number;
}

/** @param horizons which ones to score, from 1. @param exclude week ends that are not scored */
export function evaluateBands(
  truth: ReadonlyMap<number, BandTruth>,
  forecasts: readonly ScoredForecast[],
  cuts: number,
  horizons: readonly number[],
  alertBand = 3,
  exclude: ReadonlySet<number> = new Set(),
): BandEvaluation {
  const bands = cuts + 1;
  const pairs: Outcome[] = [];
  let cells = 0;
  let score = 0;
  let holds = 0;
  let size = 0;
  for (const { origin, probabilities } of forecasts)
    for (const horizon of horizons) {
      const weekEnd = origin + 7 * horizon;
      const week = truth.get(weekEnd);
      if (!week || exclude.has(weekEnd)) continue;
      for (let i = 0; i < week.lowest.length; i++) {
        const [lowest, highest] = [week.lowest[i]!, week.highest[i]!];
        if (lowest === 0) continue;
        const p = probabilities[horizon - 1]!.subarray(i * bands, (i + 1) * bands);
        if (lowest >= alertBand || highest < alertBand)
          pairs.push({ probability: atLeast(p, alertBand), happened: lowest >= alertBand });
        if (lowest !== highest) continue;
        cells++;
        score += rankedProbabilityScore(p, lowest);
        const set = likeliest(p, 0.9);
        if (set.includes(lowest)) holds++;
        size += set.length;
      }
    }
  return {
    cells,
    rankedProbabilityScore: score / cells,
    logisticSlope: logisticSlope(pairs),
    set90Holds: holds / cells,
    set90Size: size / cells,
  };
}

interface Outcome {
  probability: number;
  happened: boolean;
}

function atLeast(p: Float64Array, band: number): number {
  let sum = 0;
  for (let k = band - 1; k < p.length; k++) sum += p[k]!;
  return sum;
}

/** the fewest bands, likeliest first, that together reach the given probability */
export function likeliest(p: Float64Array, probability: number): number[] {
  const order = Array.from(p, (_, k) => k + 1).sort((a, b) => p[b - 1]! - p[a - 1]!);
  const set: number[] = [];
  let sum = 0;
  for (const band of order) {
    set.push(band);
    sum += p[band - 1]!;
    if (sum >= probability - 1e-12) break;
  }
  return set;
}

/** Slope of a logistic regression of what happened on logit(P); P is cut to 0.005-0.995. NaN when nothing varies. */
export function logisticSlope(outcomes: readonly Outcome[]): number {
  const points = outcomes.map(({ probability, happened }) => ({
    x: logit(Math.min(0.995, Math.max(0.005, probability))),
    y: happened ? 1 : 0,
  }));
  const link = { mean: logistic, variance: (q: number) => q * (1 - q) };
  return fitCanonicalLine(points, link, { intercept: 0, slope: 1, steps: 50, tolerance: 1e-9, largestSlopeStep: 1 })
    .slope;
}
