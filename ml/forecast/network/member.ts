/** The network as a member of the district's forecast: all areas at all moments in one batch. */
import { levelOf, type SeenHistory } from '../district/seen.ts';
import { half, quantileCount } from '../rising-quantiles.ts';
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

export function networkMember<Card>(forward: Forward, card: Card): { card: Card; foresee: NetworkMember['foresee'] } {
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

/** Medians of the coming weeks after these, for the card and for whoever compares with it. */
export function mediansAfter(member: Pick<NetworkMember, 'foresee'>, weeks: readonly number[]): number[] {
  const [said] = member.foresee({
    areas: ['one'],
    total: -1,
    step: 'week',
    kind: 'flow',
    moments: [{ first: 0, last: weeks.length - 1, values: Float64Array.from(weeks) }],
  });
  return Array.from({ length: horizons }, (_, h) => Math.expm1(said![h * quantileCount + half]!));
}
