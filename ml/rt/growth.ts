import { fitCanonicalLine } from '../numerics/canonical-line.ts';

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
