/**
 * The renewal equation run forward: R of the last days with a prior about one, the wards drawn to the district's, fading to one. Cori et al. 2013
 * (Am J Epidemiol 178:1505) for R; serial interval of the policy the caller passes.
 */
import { totalInfectiousness } from '../../rt/reproduction-number.ts';
import type { Seen } from './seen.ts';

export interface RenewalPathOptions {
  /** probability of a serial interval of 0, 1, 2 … days */
  readonly serialInterval: ArrayLike<number>;
  readonly windowDays: number;
  /** the prior of the district's R is about one with so many cases */
  readonly priorCases: number;
  /** a ward's own R weighs as its cases against so many of the district's */
  readonly poolCases: number;
  /** log R keeps this share from week to week */
  readonly keptEachWeek: number;
}

export const defaultRenewalPath = { windowDays: 14, priorCases: 20, poolCases: 60, keptEachWeek: 0.6 } as const;

/** Log of the coming weeks' sums over the last week's, areas × horizons; daily flows only. */
export function renewalGrowth(
  seen: Seen,
  areas: number,
  total: number,
  horizons: number,
  options: RenewalPathOptions,
): Float64Array {
  const steps = seen.last - seen.first + 1;
  const out = new Float64Array(areas * horizons);
  const { windowDays, priorCases, poolCases } = options;
  const row = (area: number) => seen.values.subarray(area * steps, (area + 1) * steps);
  const pressureOf = (series: Float64Array): [number, number] => {
    const infectiousness = totalInfectiousness(series, options.serialInterval);
    let cases = 0;
    let pressure = 0;
    for (let t = Math.max(1, steps - windowDays); t < steps; t++) {
      cases += series[t]!;
      pressure += infectiousness[t]!;
    }
    return [cases, pressure];
  };
  const whole = new Float64Array(steps);
  for (let area = 0; area < areas; area++) {
    if (total >= 0 && area !== total) continue;
    const series = row(area);
    for (let t = 0; t < steps; t++) whole[t]! += series[t]!;
  }
  const [districtCases, districtPressure] = pressureOf(whole);
  const district = (districtCases + priorCases) / (districtPressure + priorCases);
  for (let area = 0; area < areas; area++) {
    const series = row(area);
    const [cases, pressure] = pressureOf(series);
    const own = area === total ? district : (cases + poolCases * district) / (pressure + poolCases);
    const path = project(series, Math.log(own), horizons, options);
    let last = 0;
    for (let d = 0; d < 7; d++) last += series[steps - 1 - d] ?? 0;
    for (let h = 0; h < horizons; h++) {
      let sum = 0;
      for (let d = 0; d < 7; d++) sum += path[h * 7 + d]!;
      out[area * horizons + h] = Math.log1p(sum) - Math.log1p(last);
    }
  }
  return out;
}

function project(series: Float64Array, logR: number, horizons: number, options: RenewalPathOptions): Float64Array {
  const { serialInterval, keptEachWeek } = options;
  const days = horizons * 7;
  const path = new Float64Array(days);
  for (let d = 0; d < days; d++) {
    let infectiousness = 0;
    for (let delay = 1; delay < serialInterval.length; delay++) {
      const t = series.length + d - delay;
      if (t < 0) break;
      infectiousness += serialInterval[delay]! * (t < series.length ? series[t]! : path[t - series.length]!);
    }
    path[d] = infectiousness * Math.exp(logR * keptEachWeek ** ((d + 1) / 7));
  }
  return path;
}
