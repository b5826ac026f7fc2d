/**
 * The spread of a forecast, learned walk-forward from its own past errors. On the log scale an error has variance
 * a + b / count (process and counting noise) times a factor of the area; the shape is that of the standardised errors.
 */
import { hubLevels } from '../metrics/interval-score.ts';
import type { Levels } from './levels.ts';

export const levelCount = hubLevels.length;
const medianIndex = (levelCount - 1) / 2;

/** A past forecast, kept to be compared with what came. */
export interface PastCentre {
  readonly last: number;
  /** areas * horizons, log scale */
  readonly centre: Float64Array;
  readonly scale?: Float64Array;
  /** recent level of each area at the origin: sets the counting noise */
  readonly recent: Float64Array;
  /** shift of the last level by the repair */
  readonly doubt: Float64Array;
}

export interface SpreadOptions {
  /** errors of the last so many periods are used */
  memory: number;
  /** the prior shape (Student-like) counts as so many errors */
  priorErrors: number;
  /** an area's own variance factor is shrunk to one with so many errors; 0 switches it off */
  areaErrors: number;
  /** how much of the median error is corrected, 0..1 */
  biasShare: number;
  /** share of the repair's shift that is added to the deviation: a doubted value may yet be true */
  doubtShare: number;
}

export const defaultSpread: SpreadOptions = {
  memory: 60,
  priorErrors: 200,
  areaErrors: 30,
  biasShare: 1,
  doubtShare: 0,
};

// quantiles of a Student t with about 6 degrees of freedom, scaled to unit variance, at the hub levels
const priorShape = [
  -2.57, -2.0, -1.59, -1.18, -0.93, -0.74, -0.585, -0.452, -0.33, -0.217, -0.108, 0, 0.108, 0.217, 0.33, 0.452, 0.585,
  0.74, 0.93, 1.18, 1.59, 2.0, 2.57,
];

interface Errors {
  readonly error: Float64Array;
  readonly noise: Float64Array;
  readonly own: Float64Array;
  readonly area: Int32Array;
  /** squared deviation from doubted last values */
  readonly doubt: Float64Array;
  readonly count: number;
}

/** Noise regressor: 1 / count, one at most. */
function countingNoise(recent: number): number {
  return 1 / Math.max(1, Math.exp(recent));
}

function pastErrors(
  past: readonly PastCentre[],
  known: Levels,
  horizon: number,
  horizons: number,
  memory: number,
  doubtShare: number,
): Errors {
  const last = known.first + known.length - 1;
  const most = past.length * known.areas;
  const error = new Float64Array(most);
  const noise = new Float64Array(most);
  const own = new Float64Array(most);
  const area = new Int32Array(most);
  const doubt = new Float64Array(most);
  let count = 0;
  for (const p of past) {
    const t = p.last + horizon + 1 - known.first;
    if (t < 0 || t >= known.length || last - p.last > memory) continue;
    for (let i = 0; i < known.areas; i++) {
      const e = known.z[i * known.length + t]! - p.centre[i * horizons + horizon]!;
      if (!Number.isFinite(e)) continue;
      error[count] = e;
      noise[count] = countingNoise(p.recent[i]!);
      own[count] = p.scale ? p.scale[i * horizons + horizon]! : 1;
      doubt[count] = (doubtShare * p.doubt[i]!) ** 2;
      area[count++] = i;
    }
  }
  return { error, noise, own, area, doubt, count };
}

/** Weighted least squares of squared errors on (1, noise), iterated, with a prior and outliers clipped at 3 sd. */
function fitVariance({ error, noise, own, doubt, count }: Errors, horizon: number): [number, number] {
  const priorProcess = 0.03 * (horizon + 1);
  const priorNoise = 1.2;
  let process = priorProcess;
  let counting = priorNoise;
  for (let round = 0; round < 4; round++) {
    let s11 = 50;
    let s12 = 0;
    let s22 = 50 * 0.05;
    let y1 = 50 * priorProcess;
    let y2 = 50 * 0.05 * priorNoise;
    for (let k = 0; k < count; k++) {
      const variance = process + counting * noise[k]!;
      const weight = 0.01 / (variance * variance);
      const square = Math.max(0, Math.min((error[k]! / own[k]!) ** 2, 9 * variance) - doubt[k]!);
      s11 += weight;
      s12 += weight * noise[k]!;
      s22 += weight * noise[k]! * noise[k]!;
      y1 += weight * square;
      y2 += weight * noise[k]! * square;
    }
    const determinant = s11 * s22 - s12 * s12;
    process = Math.max(0.003, (y1 * s22 - y2 * s12) / determinant);
    counting = Math.max(0.05, (y2 * s11 - y1 * s12) / determinant);
  }
  return [process, counting];
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
    const errors = pastErrors(past, known, h, horizons, options.memory, options.doubtShare);
    const [process, counting] = fitVariance(errors, h);
    const standard = new Float64Array(errors.count);
    for (let k = 0; k < errors.count; k++) {
      standard[k] =
        errors.error[k]! / (errors.own[k]! * Math.sqrt(process + counting * errors.noise[k]! + errors.doubt[k]!));
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
    standard.sort();
    const shape = new Float64Array(levelCount);
    const share = errors.count / (errors.count + options.priorErrors);
    const empirical = (level: number): number => {
      const position = level * (errors.count - 1);
      const low = Math.floor(position);
      const high = Math.min(errors.count - 1, low + 1);
      return standard[low]! + (position - low) * (standard[high]! - standard[low]!);
    };
    const bias = errors.count > 0 ? empirical(hubLevels[medianIndex]!) * (1 - options.biasShare) : 0;
    for (let q = 0; q < levelCount; q++) {
      const own = errors.count > 0 ? empirical(hubLevels[q]!) - bias : 0;
      shape[q] = share * own + (1 - share) * priorShape[q]!;
    }
    for (let i = 0; i < areas; i++) {
      const own = now.scale ? now.scale[i * horizons + h]! : 1;
      const doubt = (options.doubtShare * now.doubt[i]!) ** 2;
      const deviation = own * factor[i]! * Math.sqrt(process + counting * countingNoise(now.recent[i]!) + doubt);
      for (let q = 0; q < levelCount; q++) {
        quantiles[(i * horizons + h) * levelCount + q] = now.centre[i * horizons + h]! + deviation * shape[q]!;
      }
    }
  }
  return quantiles;
}
