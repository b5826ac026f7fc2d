/** What a growth model may look at: one row for an area and an origin, from levels up to the origin only. */

import type { WeightedRows } from '../numerics/ridge.ts';
import { areaMeans, finiteMean, type Levels, pooledLevel } from './levels.ts';
import { peerLevels } from './peers.ts';

/** A panel of levels with what is common to its areas; the material that growth is learned from. */
export interface GrowthPanel {
  readonly levels: Levels;
  /** log of the pooled level in each period */
  readonly pooled: Float64Array;
  readonly pooledMean: number;
  readonly means: Float64Array;
  /** mean level of each area's peers, areas * periods */
  readonly peers: Float64Array;
  /** phase of the year (0..1) at the end of a period */
  readonly season: (period: number) => number;
}

/** @param total index of an area that is the sum of the others, or -1 */
export function growthPanel(
  levels: Levels,
  weights: Float64Array,
  total: number,
  season: (period: number) => number,
): GrowthPanel {
  const pooled = pooledLevel(levels, weights, total);
  return {
    levels,
    pooled,
    pooledMean: finiteMean(pooled),
    means: areaMeans(levels),
    peers: peerLevels(levels, total),
    season,
  };
}

/** The first origin (index in the levels) that has all lags. */
export const firstOrigin = 4;

/** Below about this many counts a week, counting noise outweighs growth. */
const noisyCount = 10;

export type FeatureSet = 'linear' | 'linear-season' | 'rich' | 'rich-season';

/** Writes the row and gives its width. Linear rows begin with the intercept. */
export type FeatureWriter = (panel: GrowthPanel, area: number, t: number, out: Float64Array, offset: number) => number;

function writeLinear(season: boolean): FeatureWriter {
  return ({ levels, pooled, means, peers, season: phase }, area, t, out, offset) => {
    const at = area * levels.length + t;
    const z = levels.z;
    const recent = (z[at]! + z[at - 1]! + z[at - 2]!) / 3;
    const noise = 1 / (1 + Math.expm1(recent) / noisyCount);
    let p = offset;
    out[p++] = 1;
    for (let lag = 0; lag < 3; lag++) {
      const growth = z[at - lag]! - z[at - lag - 1]!;
      out[p++] = growth;
      out[p++] = growth * noise;
      out[p++] = pooled[t - lag]! - pooled[t - lag - 1]!;
    }
    out[p++] = noise;
    out[p++] = recent - means[area]!;
    for (let lag = 0; lag < 2; lag++) out[p++] = peers[at - lag]! - peers[at - lag - 1]!;
    if (season) {
      const angle = 2 * Math.PI * phase(levels.first + t);
      out[p++] = Math.sin(angle);
      out[p++] = Math.cos(angle);
      out[p++] = Math.sin(2 * angle);
      out[p++] = Math.cos(2 * angle);
    }
    return p - offset;
  };
}

function extreme(values: Float64Array, end: number, count: number, sign: 1 | -1): number {
  let best = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < count; k++) best = Math.max(best, sign * values[end - k]!);
  return sign * best;
}

function writeRich(season: boolean): FeatureWriter {
  return ({ levels, pooled, pooledMean, means, season: phase }, area, t, out, offset) => {
    const at = area * levels.length + t;
    const z = (lag: number) => levels.z[at - lag]!;
    const n = (lag: number) => pooled[t - lag]!;
    const recent = (z(0) + z(1) + z(2)) / 3;
    let p = offset;
    out[p++] = z(0) - z(1);
    out[p++] = z(1) - z(2);
    out[p++] = z(2) - z(3);
    out[p++] = (z(0) + z(1) - z(2) - z(3)) / 2;
    out[p++] = z(0) - recent;
    out[p++] = (3 * (z(0) - z(3)) + (z(1) - z(2))) / 10;
    out[p++] = t >= 5 ? (z(0) + z(1) + z(2) - z(3) - z(4) - z(5)) / 3 : 0;
    out[p++] = recent;
    out[p++] = recent - means[area]!;
    out[p++] = recent - extreme(levels.z, at, Math.min(t, 26) + 1, 1);
    out[p++] = recent - extreme(levels.z, at, Math.min(t, 12) + 1, -1);
    out[p++] = n(0) - n(1);
    out[p++] = n(1) - n(2);
    out[p++] = n(2) - n(3);
    out[p++] = (n(0) + n(1) - n(2) - n(3)) / 2;
    out[p++] = n(0) - pooledMean;
    out[p++] = n(0) - extreme(pooled, t, Math.min(t, 26) + 1, 1);
    if (season) {
      const fraction = phase(levels.first + t);
      out[p++] = Math.sin(2 * Math.PI * fraction);
      out[p++] = Math.cos(2 * Math.PI * fraction);
      out[p++] = (fraction + 0.5) % 1;
    }
    return p - offset;
  };
}

export const featureWriters: Record<FeatureSet, FeatureWriter> = {
  linear: writeLinear(false),
  'linear-season': writeLinear(true),
  rich: writeRich(false),
  'rich-season': writeRich(true),
};

/** Rows whose outputs are the horizons: level at origin + h minus level at origin. */
export type GrowthRows = WeightedRows;

/** Weight of a row: the inverse of process variance 0.03 plus counting variance 0.5 / x, one for large counts. */
export function rowWeight(level: number): number {
  return 0.03 / (0.03 + 0.5 / Math.exp(level));
}

/** All training rows of the panels: every area and origin whose next period is known. */
export function growthRows(panels: readonly GrowthPanel[], write: FeatureWriter, horizons: number): GrowthRows {
  let most = 0;
  for (const { levels } of panels) most += levels.areas * levels.length;
  const probe = new Float64Array(64);
  const width = write(panels[0]!, 0, firstOrigin, probe, 0);
  const features = new Float64Array(most * width);
  const targets = new Float64Array(most * horizons);
  const weights = new Float64Array(most);
  let rows = 0;
  for (const panel of panels) {
    const { levels } = panel;
    for (let t = firstOrigin; t < levels.length - 1; t++) {
      for (let i = 0; i < levels.areas; i++) {
        write(panel, i, t, features, rows * width);
        let whole = true;
        for (let j = 0; j < width; j++) if (!Number.isFinite(features[rows * width + j]!)) whole = false;
        if (!whole) continue;
        const now = levels.z[i * levels.length + t]!;
        for (let h = 0; h < horizons; h++) {
          const later = t + h + 1;
          targets[rows * horizons + h] =
            later < levels.length ? levels.z[i * levels.length + later]! - now : Number.NaN;
        }
        weights[rows] = rowWeight(now);
        rows++;
      }
    }
  }
  return { features, targets, weights, rows, width, outputs: horizons };
}
