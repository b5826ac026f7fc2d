/**
 * Mechanistic member: a weekly renewal equation. Each area's reproduction number is estimated from its recent counts
 * (gamma posterior in the manner of Cori et al. 2013, shrunk to that of its peers) and renews the counts. Along the forecast R
 * fades towards a seasonal value; how fast, and which, is learned from the panel's own history.
 */
import { fitRidge } from '../numerics/ridge.ts';
import { firstOrigin, type GrowthPanel, rowWeight } from './growth-features.ts';
import { centreFromGrowth } from './growth-members.ts';
import type { Levels } from './levels.ts';
import type { Centre, Member, Situation } from './situation.ts';
import type { PredictGrowth } from './transfer.ts';

export interface RenewalOptions {
  /** share of infections 1, 2, 3 periods after the infector's, adding up to one */
  generation: readonly number[];
  /** periods in the estimation window */
  window: number;
  /** the peers' estimate counts as so many cases */
  poolCases: number;
  /** log R is multiplied by this each period */
  persistence: number;
}

/** Weekly periods; generation times of roughly 3 to 8 days (influenza, COVID-19). */
export const weeklyRenewal: RenewalOptions = {
  generation: [0.85, 0.12, 0.03],
  window: 1,
  poolCases: 300,
  persistence: 0.7,
};

function infectiousness(counts: (t: number) => number, t: number, generation: readonly number[]): number {
  let sum = 0;
  for (let k = 0; k < generation.length; k++) sum += generation[k]! * counts(t - 1 - k);
  return sum;
}

/** Reproduction number at the end of a series of counts, with a gamma prior of the given mean and weight (in cases). */
export function estimateReproduction(
  counts: (t: number) => number,
  end: number,
  options: RenewalOptions,
  priorMean: number,
): number {
  let cases = 0;
  let pressure = 0;
  for (let t = end - options.window + 1; t <= end; t++) {
    cases += counts(t);
    pressure += infectiousness(counts, t, options.generation);
  }
  return (cases + options.poolCases) / (pressure + options.poolCases / priorMean);
}

/** Counts renewed for `horizons` periods after `end`. */
export function renew(
  counts: (t: number) => number,
  end: number,
  reproduction: number,
  horizons: number,
  options: RenewalOptions,
): number[] {
  const future: number[] = [];
  const at = (t: number) => (t <= end ? counts(t) : future[t - end - 1]!);
  for (let h = 1; h <= horizons; h++) {
    const fading = reproduction ** (options.persistence ** h);
    future.push(fading * infectiousness(at, end + h, options.generation));
  }
  return future;
}

function countsOf(levels: Levels, area: number): (t: number) => number {
  return (t) => {
    const z = levels.z[area * levels.length + Math.max(0, t)]!;
    return Number.isFinite(z) ? Math.max(0.5, Math.expm1(z)) : 0.5;
  };
}

const forcedWidth = 6;
const forcedStrength = 30;

/** Growth over each horizon when R keeps fading to one: fills `out`. */
function fadingGrowth({ levels, pooled, peers }: GrowthPanel, options: RenewalOptions): PredictGrowth {
  // means over areas carry little counting noise: given as large counts, the prior at one weighs nothing
  const pooledCounts = (t: number) => 1e5 * Math.exp(pooled[Math.max(0, t)]!);
  return (area, t, out) => {
    // an area that has just begun to report has no growth yet
    if (t < 1 || !Number.isFinite(levels.z[area * levels.length + t - 1]!)) {
      out.fill(t < 1 ? 0 : Number.NaN);
      return;
    }
    const peerCounts = (k: number) => 1e5 * Math.exp(peers[area * levels.length + Math.max(0, k)]!);
    const nearby = estimateReproduction(peerCounts, t, options, 1);
    const common = Number.isFinite(nearby) ? nearby : estimateReproduction(pooledCounts, t, options, 1);
    const counts = countsOf(levels, area);
    const path = renew(counts, t, estimateReproduction(counts, t, options, common), out.length, options);
    for (let h = 0; h < out.length; h++) out[h] = Math.log1p(path[h]!) - levels.z[area * levels.length + t]!;
  };
}

function writeForced(growth: number, phase: number, out: Float64Array, offset: number): void {
  const angle = 2 * Math.PI * phase;
  out[offset] = 1;
  out[offset + 1] = growth;
  out[offset + 2] = Math.sin(angle);
  out[offset + 3] = Math.cos(angle);
  out[offset + 4] = Math.sin(2 * angle);
  out[offset + 5] = Math.cos(2 * angle);
}

/** How far growth carries on, and the seasonal forcing of R, learned from the panel's own history: width * horizons. */
function fitForcing(panel: GrowthPanel, horizons: number, options: RenewalOptions): Float64Array {
  const { levels } = panel;
  const fading = fadingGrowth(panel, options);
  const coefficients = new Float64Array(forcedWidth * horizons);
  const most = levels.areas * levels.length;
  const growth = new Float64Array(most * horizons);
  const one = new Float64Array(horizons);
  for (let i = 0; i < levels.areas; i++) {
    for (let t = firstOrigin; t < levels.length; t++) {
      fading(i, t, one);
      growth.set(one, (i * levels.length + t) * horizons);
    }
  }
  const features = new Float64Array(most * forcedWidth);
  const targets = new Float64Array(most);
  const weights = new Float64Array(most);
  for (let h = 0; h < horizons; h++) {
    let rows = 0;
    for (let i = 0; i < levels.areas; i++) {
      for (let t = firstOrigin; t + h + 1 < levels.length; t++) {
        const at = i * levels.length + t;
        const predicted = growth[at * horizons + h]!;
        targets[rows] = levels.z[at + h + 1]! - levels.z[at]!;
        if (!Number.isFinite(predicted) || !Number.isFinite(targets[rows]!)) continue;
        writeForced(predicted, panel.season(levels.first + t), features, rows * forcedWidth);
        weights[rows++] = rowWeight(levels.z[at]!);
      }
    }
    const prior = new Float64Array(forcedWidth);
    prior[1] = 1;
    const fit =
      rows > 50
        ? fitRidge({ features, targets, weights, rows, width: forcedWidth, outputs: 1 }, forcedStrength, prior)
        : prior;
    for (let j = 0; j < forcedWidth; j++) coefficients[j * horizons + h] = fit[j]!;
  }
  return coefficients;
}

export function renewalMember(options: RenewalOptions = weeklyRenewal): Member {
  let forcing: Float64Array | null = null;
  return {
    name: 'renewal',
    centre(situation: Situation, refit: boolean): Centre {
      const { source, horizons } = situation;
      if (forcing === null || refit) forcing = fitForcing(source, horizons, options);
      const coefficients = forcing;
      const fading = fadingGrowth(source, options);
      const row = new Float64Array(forcedWidth);
      const predict: PredictGrowth = (area, t, out) => {
        fading(area, t, out);
        for (let h = 0; h < horizons; h++) {
          writeForced(out[h]!, source.season(source.levels.first + t), row, 0);
          out[h] = 0;
          for (let j = 0; j < forcedWidth; j++) out[h]! += row[j]! * coefficients[j * horizons + h]!;
        }
      };
      return { centre: centreFromGrowth(situation, predict) };
    },
  };
}
