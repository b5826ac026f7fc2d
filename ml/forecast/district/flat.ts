/** The hubs' flat baseline on the weeks of one moment, as they were known and completed there. */
import { hubLevels } from '../../metrics/interval-score.ts';
import { emptyPanel } from '../../numerics/panels.ts';
import { flatBaseline } from '../baseline.ts';
import { blockOf, type Seen, type SeenHistory, weekSteps } from './seen.ts';

/** @returns areas × horizons × 23 values; NaN for an area without two weeks in a row */
export function flatAt(history: SeenHistory, seen: Seen, horizons: number, seed: number): Float64Array {
  const week = weekSteps(history);
  const weeks = Math.floor((seen.last - seen.first + 1) / week);
  const panel = emptyPanel(history.areas, 0, weeks);
  for (let i = 0; i < history.areas.length; i++)
    for (let w = 0; w < weeks; w++)
      panel.values[i * weeks + w] = blockOf(seen, history, i, seen.last - week * (weeks - 1 - w));
  return flatBaseline(panel, weeks - 1, horizons, seed);
}

const levels = hubLevels.length;

/** Averages quantile by quantile. @param share of the second */
export function mixQuantiles(one: Float64Array, other: Float64Array, share: number): Float64Array {
  return one.map((value, k) => {
    const second = other[k]!;
    // without a baseline (first weeks of an area) there is nothing to mix in
    return Number.isNaN(second) ? value : (1 - share) * value + share * second;
  });
}

/** The 23 quantiles of one area and horizon. */
export const cellOf = (quantiles: Float64Array, area: number, horizon: number, horizons: number): Float64Array =>
  quantiles.subarray((area * horizons + horizon) * levels, (area * horizons + horizon + 1) * levels);
