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
  let level = Math.log(total / windowDays);
  let rate = 0;
  let information = 1;
  for (let step = 0; step < 100; step++) {
    let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
    counts.forEach((count, i) => {
      const t = i - centre;
      const expected = Math.exp(level + rate * t);
      g0 += count - expected;
      g1 += (count - expected) * t;
      h00 += expected;
      h01 += expected * t;
      h11 += expected * t * t;
    });
    const determinant = h00 * h11 - h01 * h01;
    const [d0, d1] = [(h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant];
    level += Math.max(-1, Math.min(1, d0));
    rate += Math.max(-0.5, Math.min(0.5, d1));
    information = determinant / h00;
    if (Math.abs(d0) + Math.abs(d1) < 1e-12) break;
  }
  let pearson = 0;
  counts.forEach((count, i) => {
    const expected = Math.exp(level + rate * (i - centre));
    pearson += (count - expected) ** 2 / expected;
  });
  const dispersion = Math.max(1, pearson / (windowDays - 2));
  const half = normal975 * Math.sqrt(dispersion / information);
  const clear = rate - half > 0 || rate + half < 0;
  return {
    rate,
    low: rate - half,
    high: rate + half,
    doublingDays: clear ? Math.LN2 / rate : undefined,
    dispersion,
    cases: total,
  };
}
