/** From the weeks of a forecast to its days: flows are shared out over the weekdays, stocks are led from today's level through the weekly ones. */
import { hubLevels } from '../../metrics/interval-score.ts';
import type { Panel } from '../../numerics/panels.ts';
import { shareOutBlock, weekdayProfile } from '../daily.ts';
import type { Seen } from './seen.ts';

const middle = (hubLevels.length - 1) / 2;

/** @returns for each area the quantiles of the days after `seen.last`, seven for each week */
export function daysOfFlow(
  weeks: readonly (readonly Float64Array[])[],
  seen: Seen,
  areas: readonly string[],
): Float64Array[][] {
  const steps = seen.last - seen.first + 1;
  const panel: Panel = { areas, first: seen.first, length: steps, values: seen.values };
  const profile = weekdayProfile(panel, seen.last);
  return weeks.map((ofArea, i) => {
    let before = 0;
    for (let d = 0; d < 7; d++) before += seen.values[i * steps + steps - 1 - d]!;
    return ofArea.flatMap((block) => {
      const days = shareOutBlock(block, before, profile);
      before = block[middle]!;
      return days.map(ascending);
    });
  });
}

/** The spread of a stock grows with the root of the days, as its weekly spreads do roughly. */
export function daysOfStock(weeks: readonly (readonly Float64Array[])[], seen: Seen): Float64Array[][] {
  const steps = seen.last - seen.first + 1;
  return weeks.map((ofArea, i) => {
    const now = Math.log1p(Math.max(0, seen.values[(i + 1) * steps - 1]!));
    let before = new Float64Array(hubLevels.length).fill(now);
    return ofArea.flatMap((level) => {
      const next = level.map((value) => Math.log1p(value));
      const days = Array.from({ length: 7 }, (_, d) => {
        const share = (d + 1) / 7;
        const centre = before[middle]! + share * (next[middle]! - before[middle]!);
        return ascending(
          next.map((value, q) => {
            const [from, to] = [before[q]! - before[middle]!, value - next[middle]!];
            const width = Math.sqrt((1 - share) * from * from + share * to * to);
            return Math.max(0, Math.expm1(centre + Math.sign(q - middle) * width));
          }),
        );
      });
      before = next;
      return days;
    });
  });
}

/** Mends crossings outwards from the median, which stays; in place. */
export function ascending(quantiles: Float64Array): Float64Array {
  for (let q = middle - 1; q >= 0; q--) quantiles[q] = Math.min(quantiles[q]!, quantiles[q + 1]!);
  for (let q = middle + 1; q < quantiles.length; q++) quantiles[q] = Math.max(quantiles[q]!, quantiles[q - 1]!);
  return quantiles;
}
