/** Level and growth of daily (or weekly) counts on the log scale, followed period by period (a local linear trend, by the Kalman filter). */
export interface Trend {
  level: number;
  growth: number;
  /** covariance of level and growth */
  levelVariance: number;
  shared: number;
  growthVariance: number;
}

export interface TrendOptions {
  /** variance that a period adds to the level and to the growth */
  levelStep: number;
  growthStep: number;
  /** share of the growth that is kept from one period to the next */
  growthKept: number;
  /** variance of log counts about their level beside the noise of counting */
  scatter: number;
}

export const startTrend = (level: number): Trend => ({
  level,
  growth: 0,
  levelVariance: 1,
  shared: 0,
  growthVariance: 0.003,
});

/** The trend one period on, before anything of that period is seen. */
export function stepTrend(trend: Trend, { levelStep, growthStep, growthKept: kept }: TrendOptions): Trend {
  return {
    level: trend.level + trend.growth,
    growth: kept * trend.growth,
    levelVariance: trend.levelVariance + 2 * trend.shared + trend.growthVariance + levelStep,
    shared: kept * (trend.shared + trend.growthVariance),
    growthVariance: kept * kept * trend.growthVariance + growthStep,
  };
}

/** Variance of the log of a count that is still to be seen. */
export const seenVariance = (trend: Trend, { scatter }: TrendOptions): number =>
  trend.levelVariance + scatter + 1 / (Math.exp(trend.level) + 0.5);

/**
 * The trend after a period of which the log count is known with a mean and a variance (0: known exactly). A period of which nothing is known beyond what was
 * expected (the same variance) leaves it as it is.
 * @param expected variance of the log count before, by `seenVariance`
 */
export function learnTrend(trend: Trend, mean: number, variance: number, expected: number): Trend {
  const learned = Math.max(0, 1 - variance / expected);
  const [level, growth] = [trend.levelVariance / expected, trend.shared / expected];
  const off = mean - trend.level;
  return {
    level: trend.level + level * off,
    growth: trend.growth + growth * off,
    levelVariance: trend.levelVariance - learned * level * trend.levelVariance,
    shared: trend.shared - learned * level * trend.shared,
    growthVariance: trend.growthVariance - learned * growth * trend.shared,
  };
}
