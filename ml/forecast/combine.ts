/** Combination of members: averages of their quantiles, weighted by how well each did lately. */
import { hubLevels } from '../metrics/interval-score.ts';
import type { Levels } from './levels.ts';
import { levelCount } from './spread.ts';

/** Quantiles of a member at a past origin, log scale, areas * horizons * 23. */
export interface PastQuantiles {
  readonly last: number;
  readonly quantiles: Float64Array;
}

export interface CombineOptions {
  /** scores of the last so many periods count */
  memory: number;
  /** weight is (1 / mean score) to this power; 0 gives equal weights */
  power: number;
  /** no member gets more than this share (unless there is only one) */
  cap: number;
  /** this many pseudo-scores at the common mean are added, so that few scores change little */
  priorScores: number;
}

export const defaultCombine: CombineOptions = { memory: 52, power: 4, cap: 0.5, priorScores: 4 };

function meanScore(past: readonly PastQuantiles[], known: Levels, horizons: number, from: number): [number, number] {
  let sum = 0;
  let cells = 0;
  for (const p of past) {
    if (p.last < from) continue;
    for (let h = 0; h < horizons; h++) {
      const t = p.last + h + 1 - known.first;
      if (t < 0 || t >= known.length) continue;
      for (let i = 0; i < known.areas; i++) {
        const observed = known.z[i * known.length + t]!;
        if (!Number.isFinite(observed)) continue;
        const base = (i * horizons + h) * levelCount;
        // an area that had not reported yet had no forecast then
        if (!Number.isFinite(p.quantiles[base]!)) continue;
        let loss = 0;
        for (let q = 0; q < levelCount; q++) {
          const gap = observed - p.quantiles[base + q]!;
          loss += gap >= 0 ? hubLevels[q]! * gap : (hubLevels[q]! - 1) * gap;
        }
        sum += loss;
        cells++;
      }
    }
  }
  return [sum, cells];
}

/** Weights (adding up to one) of the members from the log-scale WIS of their recent forecasts against what is known now. */
export function recentWeights(
  past: readonly (readonly PastQuantiles[])[],
  known: Levels,
  horizons: number,
  options: CombineOptions = defaultCombine,
): Float64Array {
  const members = past.length;
  const from = known.first + known.length - 1 - options.memory;
  const scores = past.map((p) => meanScore(p, known, horizons, from));
  const allSum = scores.reduce((a, [s]) => a + s, 0);
  const allCells = scores.reduce((a, [, n]) => a + n, 0);
  const weights = new Float64Array(members).fill(1 / members);
  if (allCells === 0 || options.power === 0) return weights;
  const common = allSum / allCells;
  const prior = options.priorScores * known.areas * horizons;
  for (let m = 0; m < members; m++) {
    const [sum, n] = scores[m]!;
    weights[m] = ((sum + prior * common) / (n + prior) / common) ** -options.power;
  }
  return capWeights(weights, options.cap);
}

/** Scales weights to add up to one, none above `cap`; what is cut off goes to the others in proportion. */
export function capWeights(weights: Float64Array, cap: number): Float64Array {
  const capped = weights.map((w) => w / weights.reduce((a, b) => a + b, 0));
  if (cap * capped.length <= 1) return capped.fill(1 / capped.length);
  for (let round = 0; round < capped.length; round++) {
    let over = 0;
    let free = 0;
    for (const w of capped) {
      if (w >= cap) over += w - cap;
      else free += w;
    }
    if (over < 1e-12) break;
    for (let m = 0; m < capped.length; m++) {
      capped[m] = capped[m]! >= cap ? cap : capped[m]! * (1 + over / free);
    }
  }
  return capped;
}

/** Weighted mean of arrays of the same length (quantile averaging when they hold quantiles). */
export function weightedMean(parts: readonly Float64Array[], weights: Float64Array): Float64Array {
  const out = new Float64Array(parts[0]!.length);
  parts.forEach((part, m) => {
    for (let k = 0; k < out.length; k++) out[k]! += weights[m]! * part[k]!;
  });
  return out;
}
