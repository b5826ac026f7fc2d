/**
 * From growth of the second signal to growth of the target. The target's history is short and noisy, so its regression
 * starts from a prior: it grows as the signal is predicted to, and a last value that ran ahead of the signal comes back.
 */

import { upperMedian } from '../numerics/quantiles.ts';
import { fitRidge } from '../numerics/ridge.ts';
import { rowWeight } from './growth-features.ts';
import { type Levels, pooledLevel } from './levels.ts';
import type { Situation } from './situation.ts';

/** Predicted growth of the signal at index t of an area: fills `out` (one value for each horizon). */
export type PredictGrowth = (area: number, t: number, out: Float64Array) => void;

const width = 8;
const priorStrength = 50;
const leastRows = 100;
// prior coefficients: predicted growth carries over whole; an excess over the signal decays, faster at small counts
const growthPrior = 1;
const excessPrior = -0.25;
const noisyExcessPrior = -0.4;

function gap(target: Levels, signal: Levels, shift: number, area: number, t: number): number {
  return target.z[area * target.length + t]! - signal.z[area * signal.length + t + shift]!;
}

/**
 * Last levels and growth added up, areas * horizons. An area whose growth is not known (NaN: too new, or without the second
 * signal) grows as the median of the others.
 */
export function centresFrom(target: Levels, growth: Float64Array, horizons: number): Float64Array {
  const centre = new Float64Array(growth.length);
  for (let h = 0; h < horizons; h++) {
    const known: number[] = [];
    for (let i = 0; i < target.areas; i++) {
      const g = growth[i * horizons + h]!;
      if (Number.isFinite(g)) known.push(g);
    }
    const common = known.length > 0 ? upperMedian(known) : 0;
    for (let i = 0; i < target.areas; i++) {
      const g = growth[i * horizons + h]!;
      centre[i * horizons + h] = target.z[(i + 1) * target.length - 1]! + (Number.isFinite(g) ? g : common);
    }
  }
  return centre;
}

/** Centres of the target on the log scale, areas * horizons. */
export function transferGrowth(situation: Situation, predict: PredictGrowth): Float64Array {
  const { target, horizons } = situation;
  const signal = situation.source.levels;
  const shift = target.first - signal.first;
  const { areas, length } = target;
  const pooled = pooledLevel(target, situation.weights, situation.total);
  const predicted = new Float64Array(areas * length * horizons);
  const growth = new Float64Array(horizons);
  for (let i = 0; i < areas; i++) {
    for (let t = Math.max(0, -shift); t < length; t++) {
      predict(i, t + shift, growth);
      predicted.set(growth, (i * length + t) * horizons);
    }
  }
  const write = (i: number, t: number, h: number, out: Float64Array, offset: number): void => {
    const before = (k: number) => (t - k >= 0 ? t - k : t);
    const excess =
      gap(target, signal, shift, i, t) -
      (gap(target, signal, shift, i, before(1)) +
        gap(target, signal, shift, i, before(2)) +
        gap(target, signal, shift, i, before(3))) /
        3;
    let pooledExcess = 0;
    const lags = Math.min(3, t);
    if (lags > 0) {
      pooledExcess = pooled[t]! - situation.source.pooled[t + shift]!;
      for (let k = 1; k <= lags; k++) {
        pooledExcess -= (pooled[t - k]! - situation.source.pooled[t - k + shift]!) / lags;
      }
    }
    const at = i * length + t;
    const recent =
      (target.z[at]! + target.z[i * length + Math.max(0, t - 1)]! + target.z[i * length + Math.max(0, t - 2)]!) / 3;
    const noise = 1 / (1 + Math.expm1(Math.max(0.1, recent)) / 10);
    out[offset] = 1;
    out[offset + 1] = predicted[(i * length + t) * horizons + h]!;
    out[offset + 2] = excess;
    out[offset + 3] = excess * noise;
    out[offset + 4] = t > 0 ? target.z[at]! - target.z[at - 1]! : 0;
    out[offset + 5] = t > 0 ? pooled[t]! - pooled[t - 1]! : 0;
    out[offset + 6] = pooledExcess;
    out[offset + 7] = noise;
  };
  const centre = new Float64Array(areas * horizons);
  const most = areas * Math.max(0, length - 1);
  const features = new Float64Array(most * width);
  const targets = new Float64Array(most);
  const weights = new Float64Array(most);
  const row = new Float64Array(width);
  for (let h = 0; h < horizons; h++) {
    let rows = 0;
    for (let t = Math.max(1, -shift + 3); t + h + 1 < length; t++) {
      for (let i = 0; i < areas; i++) {
        write(i, t, h, features, rows * width);
        const now = target.z[i * length + t]!;
        targets[rows] = target.z[i * length + t + h + 1]! - now;
        let whole = Number.isFinite(targets[rows]!);
        for (let j = 0; j < width; j++) if (!Number.isFinite(features[rows * width + j]!)) whole = false;
        if (!whole) continue;
        weights[rows] = rowWeight(now);
        rows++;
      }
    }
    const prior = new Float64Array(width);
    prior[1] = growthPrior;
    prior[2] = excessPrior;
    prior[3] = noisyExcessPrior;
    const coefficients =
      rows > leastRows
        ? fitRidge({ features, targets, weights, rows, width, outputs: 1 }, priorStrength, prior)
        : prior;
    for (let i = 0; i < areas; i++) {
      write(i, length - 1, h, row, 0);
      let growth = 0;
      for (let j = 0; j < width; j++) growth += row[j]! * coefficients[j]!;
      centre[i * horizons + h] = growth;
    }
  }
  return centresFrom(target, centre, horizons);
}
