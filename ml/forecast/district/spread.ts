/**
 * How wide: walk-forward errors of the same forecast, all areas and moments pooled, with a prior from other districts. Variance on the log scale
 * is process + counting / cases; the shape between a Student's and the errors' own, and a median error is corrected as far as it is sure.
 */
import { hubLevels } from '../../metrics/interval-score.ts';
import { countingNoise, type Spread, varianceAt } from '../../numerics/spread.ts';

export interface SpreadPrior {
  /** variance of the log of many cases, by horizon */
  readonly process: readonly number[];
  /** variance for each 1 / cases, by horizon */
  readonly counting: readonly number[];
  /** the prior weighs as so many errors of moments a week apart */
  readonly errors: number;
  /** half-life of an error, weeks */
  readonly halfLifeWeeks: number;
  /** how much the errors of another horizon count */
  readonly otherHorizons: number;
  /** squared standard errors above this are cut: one broken week is no wide world */
  readonly mostSquare: number;
}

/** An error of a past forecast: what came less the centre, log scale, with the counting noise of its origin. */
export interface PastError {
  readonly error: number;
  readonly noise: number;
  /** weeks since it could be seen */
  readonly ageWeeks: number;
}

// standard normal quantiles at the hub levels
const shape = [
  -2.326, -1.96, -1.645, -1.282, -1.036, -0.842, -0.674, -0.524, -0.385, -0.253, -0.126, 0, 0.126, 0.253, 0.385, 0.524,
  0.674, 0.842, 1.036, 1.282, 1.645, 1.96, 2.326,
];

/**
 * @param errors by horizon: near horizons are known first, and tell of the far ones too
 * @param perWeek errors of one horizon that a week brings (moments closer than a week overlap)
 */
export function fitSpread(
  errors: readonly (readonly PastError[])[],
  horizon: number,
  perWeek: number,
  prior: SpreadPrior,
): Spread {
  const strength = prior.errors * perWeek;
  let square = strength;
  let count = strength;
  errors.forEach((ofHorizon, h) => {
    const share = h === horizon ? 1 : prior.otherHorizons;
    if (share === 0) return;
    for (const { error, noise, ageWeeks } of ofHorizon) {
      const weight = share * 2 ** (-ageWeeks / prior.halfLifeWeeks);
      square +=
        weight *
        Math.min(
          prior.mostSquare,
          error ** 2 / varianceAt({ process: prior.process[h]!, counting: prior.counting[h]! }, noise),
        );
      count += weight;
    }
  });
  const factor = square / count;
  return { process: factor * prior.process[horizon]!, counting: factor * prior.counting[horizon]! };
}

/** 23 quantiles on the log scale. */
export function quantilesAbout(centre: number, level: number, spread: Spread): Float64Array {
  const deviation = Math.sqrt(varianceAt(spread, countingNoise(level)));
  return Float64Array.from(hubLevels, (_, q) => centre + deviation * shape[q]!);
}
