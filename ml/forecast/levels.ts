/** Log levels: what the growth models work on. Counts (or shares in parts per ten thousand) x become log(x + 1). */
import { type Panel, valueAt } from '../numerics/panels.ts';

/** log(x + 1) of every area and period, row-major, gaps filled; NaN only before an area's first value. */
export interface Levels {
  readonly areas: number;
  /** number of the first period */
  readonly first: number;
  readonly length: number;
  readonly z: Float64Array;
}

/** Levels of a panel up to `last`; a gap moves on with the mean growth of the areas that did report. */
export function logLevels(panel: Panel, last: number): Levels {
  const areas = panel.areas.length;
  const length = last - panel.first + 1;
  const z = new Float64Array(areas * length);
  for (let t = 0; t < length; t++) {
    let growth = 0;
    let reported = 0;
    for (let i = 0; i < areas; i++) {
      const value = valueAt(panel, i, panel.first + t);
      const at = i * length + t;
      z[at] = Number.isNaN(value) ? Number.NaN : Math.log1p(Math.max(value, 0));
      const step = t > 0 ? z[at]! - z[at - 1]! : Number.NaN;
      if (!Number.isNaN(step)) {
        growth += step;
        reported++;
      }
    }
    if (t === 0) continue;
    if (reported > 0) growth /= reported;
    for (let i = 0; i < areas; i++) {
      const at = i * length + t;
      if (Number.isNaN(z[at]!)) z[at] = z[at - 1]! + growth;
    }
  }
  return { areas, first: panel.first, length, z };
}

/**
 * Log of the weighted mean over areas in each period.
 * @param total index of an area that is the sum of the others (left out), or -1
 */
export function pooledLevel(levels: Levels, weights: Float64Array, total: number): Float64Array {
  const pooled = new Float64Array(levels.length);
  for (let t = 0; t < levels.length; t++) {
    let sum = 0;
    let weight = 0;
    for (let i = 0; i < levels.areas; i++) {
      const z = levels.z[i * levels.length + t]!;
      if (i === total || Number.isNaN(z)) continue;
      sum += weights[i]! * Math.expm1(z);
      weight += weights[i]!;
    }
    pooled[t] = Math.log(sum / weight + 1e-3);
  }
  return pooled;
}

/** Mean of the finite values. */
export function finiteMean(values: Float64Array): number {
  let sum = 0;
  let n = 0;
  for (const v of values) {
    if (!Number.isFinite(v)) continue;
    sum += v;
    n++;
  }
  return n === 0 ? 0 : sum / n;
}

/** Mean level of each area over its whole history. */
export function areaMeans(levels: Levels): Float64Array {
  return Float64Array.from({ length: levels.areas }, (_, i) =>
    finiteMean(levels.z.subarray(i * levels.length, (i + 1) * levels.length)),
  );
}

/** Mean of the last three levels of each area: the scale of its counting noise. */
export function recentLevels(levels: Levels): Float64Array {
  const n = Math.min(3, levels.length);
  return Float64Array.from({ length: levels.areas }, (_, i) =>
    finiteMean(levels.z.subarray((i + 1) * levels.length - n, (i + 1) * levels.length)),
  );
}
