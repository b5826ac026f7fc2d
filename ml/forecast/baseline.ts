/**
 * The hub-style flat baseline, always computed and always shown: the median stays at the last reported value, the spread
 * is that of sums of past one-period differences, made symmetric (Cramer et al. 2022, PNAS 119:e2113561119).
 */
import { hubLevels } from '../metrics/interval-score.ts';
import { type Panel, valueAt } from '../numerics/panels.ts';
import { quantileOfSorted } from '../numerics/quantiles.ts';
import { createRandom } from '../numerics/random.ts';

const draws = 1000;

/** @returns areas * horizons * 23 values in the units of the panel; NaN for an area without two reports in a row */
export function flatBaseline(panel: Panel, last: number, horizons: number, seed: number): Float64Array {
  const count = hubLevels.length;
  const out = new Float64Array(panel.areas.length * horizons * count).fill(Number.NaN);
  for (let i = 0; i < panel.areas.length; i++) {
    const steps: number[] = [];
    let now = Number.NaN;
    for (let period = panel.first; period <= last; period++) {
      const value = valueAt(panel, i, period);
      const step = value - valueAt(panel, i, period - 1);
      if (!Number.isNaN(step)) steps.push(step);
      if (!Number.isNaN(value)) now = value;
    }
    if (steps.length === 0) continue;
    const random = createRandom(seed).child(i);
    const sums = new Float64Array(draws);
    for (let h = 0; h < horizons; h++) {
      for (let d = 0; d < draws; d += 2) {
        // one random sign for each step; the mirror image of every draw keeps the median exactly flat
        const step = steps[random.below(steps.length)]! * (random.uniform() < 0.5 ? -1 : 1);
        sums[d]! += step;
        sums[d + 1] = -sums[d]!;
      }
      const sorted = Float64Array.from(sums).sort();
      for (let q = 0; q < count; q++) {
        out[(i * horizons + h) * count + q] = Math.max(0, now + quantileOfSorted(sorted, hubLevels[q]!));
      }
    }
  }
  return out;
}
