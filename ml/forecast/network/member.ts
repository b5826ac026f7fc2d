/** The network as a member of the district's forecast: all areas at all moments in one batch. */
import { levelOf, type SeenHistory } from '../district/seen.ts';
import { quantileCount } from '../rising-quantiles.ts';
import { growthUnit, horizons, inputWidth, writeInput } from './input.ts';
import { inputOf } from './rows.ts';
import type { Forward } from './tensors.ts';
import type { NetworkCard } from './trained-network.ts';

export interface NetworkMember {
  readonly card: NetworkCard;
  /**
   * Quantiles of log(x + 1) of the coming weeks, one array for each moment: areas × 4 × 23; NaN where the last two weeks of an area are not known.
   * Flows only: a stock is no incidence.
   */
  foresee(history: SeenHistory): Float64Array[];
}

export function networkMember(forward: Forward, card: NetworkCard): NetworkMember {
  return {
    card,
    foresee(history) {
      const areas = history.areas.length;
      const cells = history.moments.length * areas;
      const input = new Float32Array(cells * inputWidth);
      const levels = new Float64Array(cells).fill(Number.NaN);
      let rows = 0;
      const cellOfRow: number[] = [];
      history.moments.forEach((seen, m) => {
        for (let area = 0; area < areas; area++) {
          const series = inputOf(history, seen, area);
          if (!writeInput(series, input, rows * inputWidth)) continue;
          levels[m * areas + area] = levelOf(series.own(0));
          cellOfRow.push(m * areas + area);
          rows++;
        }
      });
      const growth = forward(input.subarray(0, rows * inputWidth), rows);
      const width = horizons * quantileCount;
      const out = history.moments.map(() => new Float64Array(areas * width).fill(Number.NaN));
      cellOfRow.forEach((cell, row) => {
        const level = levels[cell]!;
        const into = out[Math.floor(cell / areas)]!;
        const at = (cell % areas) * width;
        for (let k = 0; k < width; k++)
          into[at + k] = Math.max(
            0,
            level + growth[row * width + k]! * growthUnit(level, Math.floor(k / quantileCount)),
          );
      });
      return out;
    },
  };
}
