/** Daily series: forecast in blocks of seven days that end with the last day, and shared out over the days again. */
import { hubLevels } from '../metrics/interval-score.ts';
import { emptyPanel, type Panel, valueAt } from '../numerics/panels.ts';

export const blockDays = 7;

/** Block b ends on day `b * 7 + offset`. */
export interface Blocks {
  readonly panel: Panel;
  readonly offset: number;
}

/** Sums of seven days; a block misses when more than two of its days do (fewer are filled with the block's mean). */
export function sevenDayBlocks(days: Panel, lastDay: number): Blocks {
  const lastBlock = Math.floor(lastDay / blockDays);
  const offset = lastDay - lastBlock * blockDays;
  const length = Math.floor((lastDay - days.first + 1) / blockDays);
  const first = lastBlock - length + 1;
  const panel = emptyPanel(days.areas, first, length);
  for (let i = 0; i < days.areas.length; i++) {
    for (let b = 0; b < length; b++) {
      const end = (first + b) * blockDays + offset;
      let sum = 0;
      let reported = 0;
      for (let d = 0; d < blockDays; d++) {
        const value = valueAt(days, i, end - d);
        if (Number.isNaN(value)) continue;
        sum += value;
        reported++;
      }
      if (reported >= blockDays - 2) panel.values[i * length + b] = (sum * blockDays) / reported;
    }
  }
  return { panel, offset };
}

const profileWeeks = 8;

/** Share of a block that falls on its day 0..6, pooled over areas, and the overdispersion of single days about it. */
export function weekdayProfile(days: Panel, lastDay: number): { share: Float64Array; overdispersion: number } {
  const sums = new Float64Array(blockDays).fill(1e-9);
  for (let i = 0; i < days.areas.length; i++) {
    for (let back = 0; back < profileWeeks * blockDays; back++) {
      const value = valueAt(days, i, lastDay - back);
      if (!Number.isNaN(value)) sums[blockDays - 1 - (back % blockDays)]! += value;
    }
  }
  const total = sums.reduce((a, b) => a + b, 0);
  const share = sums.map((s) => 0.9 * (s / total) + 0.1 / blockDays);
  let chi = 0;
  let n = 0;
  for (let i = 0; i < days.areas.length; i++) {
    for (let week = 0; week < profileWeeks; week++) {
      let block = 0;
      for (let d = 0; d < blockDays; d++) block += valueAt(days, i, lastDay - week * blockDays - d);
      if (!(block > 0)) continue;
      for (let d = 0; d < blockDays; d++) {
        const expected = block * share[blockDays - 1 - d]!;
        chi += (valueAt(days, i, lastDay - week * blockDays - d) - expected) ** 2 / expected;
        n++;
      }
    }
  }
  return { share, overdispersion: n > 0 ? Math.max(1, (chi / n) * (blockDays / (blockDays - 1))) : 1 };
}

/**
 * Quantiles of the seven days of one block.
 * @param block 23 quantiles of the block's sum
 * @param before median of the block before it: sets the slope within the block
 */
export function shareOutBlock(
  block: Float64Array,
  before: number,
  profile: { share: Float64Array; overdispersion: number },
): Float64Array[] {
  const middle = (hubLevels.length - 1) / 2;
  const median = Math.max(block[middle]!, 1e-6);
  const slope = Math.max(-0.15, Math.min(0.15, Math.log((median + 1) / (Math.max(before, 0) + 1)) / blockDays));
  const raw = profile.share.map((s, d) => s * Math.exp(slope * (d - (blockDays - 1) / 2)));
  const total = raw.reduce((a, b) => a + b, 0);
  const upper = block[hubLevels.indexOf(0.85)]!;
  const blockDeviation = Math.max(1e-6, Math.log((upper + 1) / (median + 1)) / 1.036);
  return Array.from(raw, (part) => {
    const day = (median * part) / total;
    const extra = profile.overdispersion / Math.max(day, 0.5);
    const widen = Math.sqrt(1 + extra / blockDeviation ** 2);
    return block.map((q) => {
      const deviation = Math.log((q + 1) / (median + 1)) * widen;
      return Math.max(0, (day + 1) * Math.exp(deviation) - 1);
    });
  });
}
