/**
 * The spread of a forecast, learned walk-forward from its own past errors. On the log scale an error has variance
 * a + b / count (process and counting noise) times a factor of the area; the shape is that of the standardised errors.
 */
import { hubLevels } from '../metrics/interval-score.ts';
import { quantileOfSorted } from '../numerics/quantiles.ts';
import { addSquaredError, countingNoise, leastSquaresSpread, type Spread, varianceAt } from '../numerics/spread.ts';
import type { Levels } from './levels.ts';

export const levelCount = hubLevels.length;
const medianIndex = (levelCount - 1) / 2;

/** A past forecast, kept to be compared with what came. */
export interface PastCentre {
  readonly last: number;
  /** areas * horizons, log scale */
  readonly centre: Float64Array;
  /** recent level of each area at the origin: sets the counting noise */
  readonly recent: Float64Array;
  /** standard deviation (log scale) of what revision may still change in the last level of each area */
  readonly unsettled: Float64Array;
}

export interface SpreadOptions {
  /** errors of the last so many periods are used */
  memory: number;
  /** the prior shape (Student-like) counts as so many errors */
  priorErrors: number;
  /** an area's own variance factor is shrunk to one with so many errors; 0 switches it off */
  areaErrors: number;
  /** how much of the median error is corrected once a whole year of errors is there, 0..1 */
  biasShare: number;
  /** the shape of areas of like size is shrunk to the common one with so many errors; 0 switches it off */
  sizeErrors: number;
}

export const defaultSpread: SpreadOptions = {
  memory: 60,
  priorErrors: 200,
  areaErrors: 30,
  biasShare: 1,
  sizeErrors: 100,
};

// quantiles of a Student t with about 6 degrees of freedom, scaled to unit variance, at the hub levels
const priorShape = [
  -2.57, -2.0, -1.59, -1.18, -0.93, -0.74, -0.585, -0.452, -0.33, -0.217, -0.108, 0, 0.108, 0.217, 0.33, 0.452, 0.585,
  0.74, 0.93, 1.18, 1.59, 2.0, 2.57,
];

interface Errors {
  readonly error: Float64Array;
  readonly noise: Float64Array;
  readonly recent: Float64Array;
  readonly area: Int32Array;
  /** variance from revision of the last level */
  readonly unsettled: Float64Array;
  readonly count: number;
  /** periods from the first origin with an error to the last */
  readonly span: number;
}

const periodsInYear = 52;

/**
 * How far a median error is believed. The usual error turns with the season (too high in a wave's fall, too low in its rise):
 * seen for less than half a year it says nothing of the weeks to come, over a whole year it averages out.
 */
function yearSeen(span: number): number {
  return Math.max(0, Math.min(1, (2 * span) / periodsInYear - 1));
}

function pastErrors(
  past: readonly PastCentre[],
  known: Levels,
  horizon: number,
  horizons: number,
  memory: number,
): Errors {
  const lastKnown = known.first + known.length - 1;
  const most = past.length * known.areas;
  const error = new Float64Array(most);
  const noise = new Float64Array(most);
  const recent = new Float64Array(most);
  const area = new Int32Array(most);
  const unsettled = new Float64Array(most);
  let count = 0;
  let [firstOrigin, lastOrigin] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const p of past) {
    const t = p.last + horizon + 1 - known.first;
    if (t < 0 || t >= known.length || lastKnown - p.last > memory) continue;
    firstOrigin = Math.min(firstOrigin, p.last);
    lastOrigin = Math.max(lastOrigin, p.last);
    for (let i = 0; i < known.areas; i++) {
      const e = known.z[i * known.length + t]! - p.centre[i * horizons + horizon]!;
      if (!Number.isFinite(e)) continue;
      error[count] = e;
      noise[count] = countingNoise(p.recent[i]!);
      recent[count] = p.recent[i]!;
      unsettled[count] = p.unsettled[i]! ** 2;
      area[count++] = i;
    }
  }
  return { error, noise, recent, area, unsettled, count, span: Math.max(0, lastOrigin - firstOrigin + 1) };
}

/** Weighted least squares of squared errors on (1, noise), iterated, with a prior and outliers clipped at 3 sd. */
function fitVariance({ error, noise, unsettled, count }: Errors, horizon: number): Spread {
  const priorProcess = 0.03 * (horizon + 1);
  const priorNoise = 1.2;
  let spread: Spread = { process: priorProcess, counting: priorNoise };
  for (let round = 0; round < 4; round++) {
    const sums = Float64Array.of(50, 0, 50 * 0.05, 50 * priorProcess, 50 * 0.05 * priorNoise);
    for (let k = 0; k < count; k++) {
      const variance = varianceAt(spread, noise[k]!) + unsettled[k]!;
      const square = Math.max(0, Math.min(error[k]! ** 2, 9 * variance) - unsettled[k]!);
      addSquaredError(sums, 0.01 / (variance * variance), noise[k]!, square);
    }
    const { process, counting } = leastSquaresSpread(sums)!;
    spread = { process: Math.max(0.003, process), counting: Math.max(0.05, counting) };
  }
  return spread;
}

/** Empirical quantiles of sorted values at the hub levels. */
const quantilesOf = (sorted: Float64Array): Float64Array =>
  Float64Array.from(hubLevels, (level) => quantileOfSorted(sorted, level));

/** `own` counting as so many errors beside `prior` as so many. */
function shrunk(own: Float64Array, errors: number, prior: ArrayLike<number>, priorErrors: number): Float64Array {
  const share = errors / (errors + priorErrors);
  return own.map((v, q) => share * v + (1 - share) * prior[q]!);
}

/** Shapes of standardised errors by size: one for each third of the errors by recent level, and where it is centred. */
interface SizedShapes {
  readonly centres: readonly number[];
  readonly shapes: readonly Float64Array[];
}

const sizes = 3;

function shapesBySize(standard: Float64Array, { recent, count, span }: Errors, options: SpreadOptions): SizedShapes {
  const values = (chosen: readonly number[]) => Float64Array.from(chosen, (k) => standard[k]!).sort();
  const order = Array.from({ length: count }, (_, k) => k);
  const common = count === 0 ? Float64Array.from(priorShape) : quantilesOf(values(order));
  const left = common[medianIndex]! * (1 - options.biasShare * yearSeen(span));
  for (let q = 0; q < levelCount; q++) common[q]! -= left;
  const all = shrunk(common, count, priorShape, options.priorErrors);
  if (options.sizeErrors === 0 || count < sizes * 10) return { centres: [0], shapes: [all] };
  order.sort((a, b) => recent[a]! - recent[b]! || a - b);
  const thirds = Array.from({ length: sizes }, (_, s) =>
    order.slice(Math.floor((s * count) / sizes), Math.floor(((s + 1) * count) / sizes)),
  );
  return {
    centres: thirds.map((third) => recent[third[third.length >> 1]!]!),
    shapes: thirds.map((third) => {
      const own = quantilesOf(values(third));
      const excess = own[medianIndex]! - all[medianIndex]!;
      return shrunk(
        own.map((v) => v - excess),
        third.length,
        all,
        options.sizeErrors,
      );
    }),
  };
}

/** The shape at a level: between the two nearest centres, beyond the outermost the outermost. */
function shapeAt({ centres, shapes }: SizedShapes, recent: number): Float64Array {
  let s = 0;
  while (s < centres.length - 1 && recent > centres[s + 1]!) s++;
  if (s === centres.length - 1 || !(recent > centres[s]!)) return shapes[s]!;
  const share = (recent - centres[s]!) / (centres[s + 1]! - centres[s]!);
  return shapes[s]!.map((v, q) => v + share * (shapes[s + 1]![q]! - v));
}

/**
 * Quantiles on the log scale, areas * horizons * 23, about the centre of `now`, from the errors of `past` against `known`.
 */
export function spreadAbout(
  now: PastCentre,
  past: readonly PastCentre[],
  known: Levels,
  horizons: number,
  options: SpreadOptions = defaultSpread,
): Float64Array {
  const { areas } = known;
  const quantiles = new Float64Array(areas * horizons * levelCount);
  for (let h = 0; h < horizons; h++) {
    const errors = pastErrors(past, known, h, horizons, options.memory);
    const spread = fitVariance(errors, h);
    const standard = new Float64Array(errors.count);
    for (let k = 0; k < errors.count; k++) {
      standard[k] = errors.error[k]! / Math.sqrt(varianceAt(spread, errors.noise[k]!) + errors.unsettled[k]!);
    }
    const factor = new Float64Array(areas).fill(1);
    if (options.areaErrors > 0) {
      const squares = new Float64Array(areas).fill(options.areaErrors);
      const counts = new Float64Array(areas).fill(options.areaErrors);
      for (let k = 0; k < errors.count; k++) {
        squares[errors.area[k]!]! += Math.min(9, standard[k]! ** 2);
        counts[errors.area[k]!]!++;
      }
      for (let i = 0; i < areas; i++) factor[i] = Math.sqrt(squares[i]! / counts[i]!);
      for (let k = 0; k < errors.count; k++) standard[k]! /= factor[errors.area[k]!]!;
    }
    const shapes = shapesBySize(standard, errors, options);
    for (let i = 0; i < areas; i++) {
      const variance = varianceAt(spread, countingNoise(now.recent[i]!));
      const deviation = factor[i]! * Math.sqrt(variance + now.unsettled[i]! ** 2);
      const shape = shapeAt(shapes, now.recent[i]!);
      // the usual error in the middle does not grow with what revision adds to the spread
      const bias = factor[i]! * Math.sqrt(variance) * shape[medianIndex]!;
      const median = now.centre[i * horizons + h]! + bias;
      for (let q = 0; q < levelCount; q++) {
        quantiles[(i * horizons + h) * levelCount + q] = median + deviation * (shape[q]! - shape[medianIndex]!);
      }
    }
  }
  return quantiles;
}
