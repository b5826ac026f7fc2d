/**
 * Weighted interval score of quantile forecasts (Bracher, Ray, Gneiting and Reich 2021, PLoS Comput Biol 17:e1008618).
 * For symmetric levels with a median, WIS = 2/Q times the sum of the Q pinball losses.
 */

/** The 23 quantile levels of the CDC forecast hubs. */
export const hubLevels: readonly number[] = [
  0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95,
  0.975, 0.99,
];

/** Score of one forecast cell; `wis = dispersion + overprediction + underprediction`, in the units of the value. */
export interface CellScore {
  wis: number;
  dispersion: number;
  overprediction: number;
  underprediction: number;
  /** |observed - median| */
  absoluteError: number;
  /** is the observation inside the central 50 % (95 %) interval, ends included */
  inside50: boolean;
  inside95: boolean;
}

/** Pinball (quantile) loss of one quantile at `level`. */
export function pinballLoss(level: number, quantile: number, observed: number): number {
  return observed >= quantile ? level * (observed - quantile) : (1 - level) * (quantile - observed);
}

/**
 * Score one cell.
 * @param quantiles ascending, one for each of `levels` (symmetric about 0.5, odd in number)
 */
export function scoreCell(
  quantiles: ArrayLike<number>,
  observed: number,
  levels: readonly number[] = hubLevels,
): CellScore {
  const count = levels.length;
  if (quantiles.length !== count) throw new RangeError(`quantiles: got ${quantiles.length}, expected ${count}`);
  const pairs = (count - 1) / 2;
  let dispersion = 0;
  let over = 0;
  let under = 0;
  for (let i = 0; i < pairs; i++) {
    const lower = quantiles[i]!;
    const upper = quantiles[count - 1 - i]!;
    dispersion += levels[i]! * (upper - lower);
    if (observed < lower) over += lower - observed;
    else if (observed > upper) under += observed - upper;
  }
  const median = quantiles[pairs]!;
  if (observed < median) over += 0.5 * (median - observed);
  else under += 0.5 * (observed - median);
  const scale = 1 / (pairs + 0.5);
  const inside = (level: number): boolean => {
    const i = levels.indexOf(level);
    return i >= 0 && quantiles[i]! <= observed && observed <= quantiles[count - 1 - i]!;
  };
  return {
    wis: (dispersion + over + under) * scale,
    dispersion: dispersion * scale,
    overprediction: over * scale,
    underprediction: under * scale,
    absoluteError: Math.abs(observed - median),
    inside50: inside(0.25),
    inside95: inside(0.025),
  };
}

/** log(max(x, 0) * multiplier + 1): the log scale of the hubs (multiplier 1 for counts, 100,000 for proportions). */
export function logScale(value: number, multiplier = 1): number {
  return Math.log1p(Math.max(value, 0) * multiplier);
}

/** Score one cell on the log scale. */
export function scoreCellLog(quantiles: ArrayLike<number>, observed: number, multiplier = 1): CellScore {
  const logged = Float64Array.from(quantiles, (q) => logScale(q, multiplier));
  return scoreCell(logged, logScale(observed, multiplier));
}
