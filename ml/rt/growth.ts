import { fitCanonicalLine } from '../numerics/canonical-line.ts';
import type { CountDraw } from './reproduction-number.ts';

/** Growth of daily counts: the slope of a log-linear Poisson regression, its interval widened by the spread that the counts show. */
export interface Growth {
  /** per day, natural log */
  rate: number;
  low: number;
  high: number;
  /** days to double (negative: to halve); undefined while the interval holds 0 */
  doublingDays: number | undefined;
  /** variance of the counts over a Poisson's; never taken below 1 */
  dispersion: number;
  cases: number;
}

export type GrowthOrHidden = Growth | { hidden: 'too few cases'; cases: number };

export const growthDefaults = { windowDays: 14, fewestCases: 20 } as const;
const normal975 = 1.959963984540054;

/**
 * Over the last `windowDays` days of `cases`. Weekdays are not modelled: windows of whole weeks let them cancel.
 * @throws when the window is no multiple of 7, longer than the series, or a count is negative
 */
export function growthOf(
  cases: ArrayLike<number>,
  options: { windowDays: number; fewestCases: number } = growthDefaults,
): GrowthOrHidden {
  const { windowDays } = options;
  if (!(windowDays >= 7) || windowDays % 7 !== 0)
    throw new RangeError(`windowDays must be a multiple of 7, at least 7, got ${windowDays}`);
  if (cases.length < windowDays)
    throw new RangeError(`cases must span at least windowDays = ${windowDays} days, got ${cases.length}`);
  const counts = Array.from({ length: windowDays }, (_, i) => cases[cases.length - windowDays + i]!);
  counts.forEach((count, i) => {
    if (!(count >= 0)) throw new RangeError(`cases[${cases.length - windowDays + i}] must be 0 or more, got ${count}`);
  });
  const total = counts.reduce((a, b) => a + b, 0);
  if (total < options.fewestCases) return { hidden: 'too few cases', cases: total };
  const centre = (windowDays - 1) / 2;
  const points = counts.map((count, i) => ({ x: i - centre, y: count }));
  const { intercept, slope, slopeInformation } = fitCanonicalLine(
    points,
    { mean: Math.exp, variance: (expected) => expected },
    { intercept: Math.log(total / windowDays), slope: 0, steps: 100, tolerance: 1e-12, largestSlopeStep: 0.5 },
  );
  let pearson = 0;
  for (const { x, y } of points) {
    const expected = Math.exp(intercept + slope * x);
    pearson += (y - expected) ** 2 / expected;
  }
  const dispersion = Math.max(1, pearson / (windowDays - 2));
  const half = normal975 * Math.sqrt(dispersion / slopeInformation);
  const clear = slope - half > 0 || slope + half < 0;
  return {
    rate: slope,
    low: slope - half,
    high: slope + half,
    doublingDays: clear ? Math.LN2 / slope : undefined,
    dispersion,
    cases: total,
  };
}

/**
 * Growth over counts that are still open: the mean over all draws, its interval widened by how much they differ.
 * @param draws of one length; the weights need not sum to 1
 */
export function growthOfDraws(
  draws: readonly CountDraw[],
  options: { windowDays: number; fewestCases: number } = growthDefaults,
): GrowthOrHidden {
  const weights = draws.reduce((sum, { weight }) => sum + weight, 0);
  const own = draws.map(({ cases, weight }) => ({ growth: growthOf(cases, options), share: weight / weights }));
  const mean = (of: (growth: Growth) => number) =>
    own.reduce((sum, { growth, share }) => sum + ('hidden' in growth ? 0 : share * of(growth)), 0);
  const cases = own.reduce((sum, { growth, share }) => sum + share * growth.cases, 0);
  const hidden = own.find(({ growth }) => 'hidden' in growth)?.growth;
  if (hidden && 'hidden' in hidden) return { ...hidden, cases };
  const rate = mean((growth) => growth.rate);
  const between = mean((growth) => (growth.rate - rate) ** 2);
  const within = mean((growth) => ((growth.high - growth.low) / (2 * normal975)) ** 2);
  const half = normal975 * Math.sqrt(between + within);
  const clear = rate - half > 0 || rate + half < 0;
  return {
    rate,
    low: rate - half,
    high: rate + half,
    doublingDays: clear ? Math.LN2 / rate : undefined,
    dispersion: mean((growth) => growth.dispersion),
    cases,
  };
}
