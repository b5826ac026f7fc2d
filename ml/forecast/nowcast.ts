/**
 * The last periods first: what was reported for them is incomplete, and now and then wrong. Two corrections on the log
 * scale: the usual growth of a first report (learned from earlier vintages), and a pull on implausible last values.
 */

import { lastReported, type Panel, valueAt } from '../numerics/panels.ts';
import { middleOfSorted, upperMedian } from '../numerics/quantiles.ts';
import type { Levels } from './levels.ts';

export interface Vintage {
  /** date, or UTC time to the minute; ascending text order is time order */
  readonly asOf: string;
  readonly panel: Panel;
}

/** Growth of reports of age 0, 1, 2 … periods up to their settled value. */
export interface ReportingGrowth {
  readonly delays: number;
  /** areas * delays: median log((settled + 1) / (first + 1)), areas shrunk to the common one */
  readonly correction: Float64Array;
  /** areas * delays: standard deviation of the same log ratio, areas shrunk to the common one */
  readonly deviation: Float64Array;
}

export interface DelayOptions {
  /** ages of reports that are corrected: 0 .. delays - 1 periods */
  delays: number;
  /** a value counts as settled after so many periods */
  settledAfter: number;
  /** periods looked back for the delays seen so far */
  memory: number;
}

export const weeklyDelays: DelayOptions = { delays: 3, settledAfter: 3, memory: 30 };
export const dailyDelays: DelayOptions = { delays: 10, settledAfter: 14, memory: 90 };
const areaShrink = 4;
/** A single report counts with at most this squared deviation (log scale): a hospital that forgot is not the rule. */
const mostSquare = 0.5;
/** What is believed of reporting while too few vintages have been seen: one value for each age. */
export interface ReportingPrior {
  readonly growth: readonly number[];
  readonly deviation: readonly number[];
}
export const noReportingPrior: ReportingPrior = { growth: [], deviation: [] };

/** Fewer reports than this teach nothing: the prior stands. */
const leastReports = 20;

/**
 * @param earlier vintages before the present one, each ending in its own last reported period
 * @param panel the present vintage
 * @param last the last reported period of the present vintage
 * @param prior stands while too few vintages have been seen; zero when absent
 */
export function learnReportingGrowth(
  earlier: readonly Vintage[],
  panel: Panel,
  last: number,
  options: DelayOptions = weeklyDelays,
  prior: ReportingPrior = noReportingPrior,
): ReportingGrowth {
  const { delays, settledAfter, memory } = options;
  const areas = panel.areas.length;
  const correction = new Float64Array(areas * delays);
  const deviation = new Float64Array(areas * delays);
  for (let delay = 0; delay < delays; delay++) {
    const all: number[] = [];
    const own: number[][] = Array.from({ length: areas }, () => []);
    for (const vintage of earlier) {
      const period = vintage.panel.first + vintage.panel.length - 1 - delay;
      if (period > last - settledAfter - 1 || period < last - memory) continue;
      for (let i = 0; i < areas; i++) {
        const ratio = Math.log((valueAt(panel, i, period) + 1) / (valueAt(vintage.panel, i, period) + 1));
        if (!Number.isFinite(ratio)) continue;
        all.push(ratio);
        own[i]!.push(ratio);
      }
    }
    if (all.length < leastReports) {
      for (let i = 0; i < areas; i++) {
        correction[i * delays + delay] = prior.growth[delay] ?? 0;
        deviation[i * delays + delay] = prior.deviation[delay] ?? 0;
      }
      continue;
    }
    all.sort((a, b) => a - b);
    const median = middleOfSorted(all)!;
    let square = 0;
    for (const r of all) square += Math.min(mostSquare, (r - median) ** 2) / all.length;
    for (let i = 0; i < areas; i++) {
      let excess = 0;
      let squares = areaShrink * square;
      for (const r of own[i]!) {
        excess += Math.max(-0.5, Math.min(0.7, r - median));
        squares += Math.min(mostSquare, (r - median) ** 2);
      }
      correction[i * delays + delay] = median + excess / (own[i]!.length + areaShrink);
      deviation[i * delays + delay] = Math.sqrt(squares / (own[i]!.length + areaShrink));
    }
  }
  return { delays, correction, deviation };
}

/**
 * Adds the learned growth to the last levels, in place.
 * @param lastReported the last period that any area reported; later levels continue from it and grow as it does
 */
export function completeLastPeriods(levels: Levels, growth: ReportingGrowth, lastReported: number): void {
  const late = Math.max(0, levels.first + levels.length - 1 - lastReported);
  for (let back = 0; back < Math.min(growth.delays + late, levels.length); back++) {
    const delay = Math.max(0, back - late);
    for (let i = 0; i < levels.areas; i++) {
      levels.z[(i + 1) * levels.length - 1 - back]! += growth.correction[i * growth.delays + delay]!;
    }
  }
}

/** Variance (log scale) that each period without a report adds to a level that is carried on. */
const silentVariance = 0.05;
const mostSilentPeriods = 26;

/**
 * What revision may still change in the last level of each area: the deviation of first reports from their settled value, more
 * where the last report is older. Standard deviations on the log scale.
 */
export function unsettledLevels(panel: Panel, last: number, growth: ReportingGrowth | null): Float64Array {
  return Float64Array.from(panel.areas, (_, i) => {
    const reported = lastReported(panel, i);
    const silent = Number.isNaN(reported)
      ? mostSilentPeriods
      : Math.min(mostSilentPeriods, Math.max(0, last - reported));
    const delay = growth ? growth.deviation[i * growth.delays]! : 0;
    return Math.sqrt(delay * delay + silentVariance * silent);
  });
}

/** From how many standard deviations on a fall (rise) is doubted, and how fast trust fades beyond it. */
const doubtFall = 2.5;
const doubtRise = 3.5;
const fade = 2;

/**
 * Pulls implausible last values towards what the other areas (and the second signal) suggest, in place: a hospital that
 * did not report looks like a sudden fall. Falls are doubted sooner than rises.
 * @returns the shift of each area on the log scale (0 where nothing was doubted)
 */
export function repairLastPeriod(levels: Levels, signal: Levels | null): Float64Array {
  const { areas, length, z } = levels;
  const shift = new Float64Array(areas);
  if (length < 2) return shift;
  const t = length - 1;
  const steps: number[] = [];
  for (let i = 0; i < areas; i++) {
    const step = z[i * length + t]! - z[i * length + t - 1]!;
    if (Number.isFinite(step)) steps.push(step);
  }
  if (steps.length < 5) return shift;
  const common = upperMedian(steps);
  const spread = 1.48 * upperMedian(steps.map((step) => Math.abs(step - common)));
  const commonVariance = Math.min(0.15, Math.max(0.02, 0.5 * spread * spread));
  for (let i = 0; i < areas; i++) {
    const at = i * length + t;
    let before = z[at - 1]!;
    if (t > 2) before = 0.7 * before + 0.3 * (z[at - 2]! + common);
    let growth = common;
    if (signal) {
      const s = i * signal.length + (levels.first + t - signal.first);
      const step = signal.z[s]! - signal.z[s - 1]!;
      if (Number.isFinite(step)) growth = 0.5 * common + 0.5 * step;
    }
    const expected = before + growth;
    const deviation = Math.sqrt(commonVariance + 1 / Math.max(1, Math.exp(expected)));
    const surprise = (z[at]! - expected) / deviation;
    const limit = surprise < 0 ? doubtFall : doubtRise;
    if (!(Math.abs(surprise) > limit)) continue;
    const kept = limit * Math.exp(-(Math.abs(surprise) - limit) / fade) * Math.sign(surprise) * deviation;
    shift[i] = expected + kept - z[at]!;
    z[at] = expected + kept;
  }
  return shift;
}

/** One corrected value with its interval, in the units of the panel. */
export interface NowcastValue {
  readonly area: string;
  readonly period: number;
  readonly reported: number;
  readonly median: number;
  readonly interval50: readonly [number, number];
  readonly interval95: readonly [number, number];
}

/** The last incomplete values, completed by the reporting delays seen so far. */
export function nowcastLastPeriods(
  earlier: readonly Vintage[],
  panel: Panel,
  last: number,
  options: DelayOptions = weeklyDelays,
): NowcastValue[] {
  const growth = learnReportingGrowth(earlier, panel, last, options);
  const values: NowcastValue[] = [];
  panel.areas.forEach((area, i) => {
    for (let delay = 0; delay < options.delays; delay++) {
      const reported = valueAt(panel, i, last - delay);
      if (Number.isNaN(reported)) continue;
      const at = i * options.delays + delay;
      const centre = Math.log1p(reported) + growth.correction[at]!;
      const deviation = growth.deviation[at]!;
      const value = (z: number) => Math.max(0, Math.expm1(centre + z * deviation));
      values.push({
        area,
        period: last - delay,
        reported,
        median: value(0),
        interval50: [value(-0.674), value(0.674)],
        interval95: [value(-1.96), value(1.96)],
      });
    }
  });
  return values;
}
