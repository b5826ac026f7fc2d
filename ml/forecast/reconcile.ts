/**
 * Makes parts add up to their whole. The medians are moved, each in proportion to its own variance (the less certain
 * gives way more; minimum-trace reconciliation with a diagonal covariance, Wickramasuriya et al. 2019), and every band is
 * scaled with its median. Quantiles other than the median do not add up: errors of wards are not perfectly dependent.
 */
import { hubLevels } from '../metrics/interval-score.ts';

const median = (hubLevels.length - 1) / 2;
const lower = hubLevels.indexOf(0.15);
const upper = hubLevels.indexOf(0.85);

function variance(q: Float64Array): number {
  return Math.max(1e-9, ((q[upper]! - q[lower]!) / 2.073) ** 2);
}

function moveMedian(q: Float64Array, to: number): Float64Array {
  const from = q[median]!;
  const moved = from > 0 ? q.map((v) => (v * to) / from) : q.map((v) => v + to - from);
  moved[median] = to;
  return moved;
}

/**
 * @param parts 23 ascending quantiles of each part, none negative
 * @param whole 23 quantiles of the whole
 * @returns the same with medians of parts that add up to the median of the whole
 */
export function reconcile(
  parts: readonly Float64Array[],
  whole: Float64Array,
): { parts: Float64Array[]; whole: Float64Array } {
  const medians = parts.map((p) => p[median]!);
  const variances = parts.map(variance);
  const wholeVariance = variance(whole);
  let wholeMedian = whole[median]!;
  const free = new Set(parts.map((_, i) => i));
  // a part that would go below zero stops at zero, and the others share what is left
  for (let round = 0; round <= parts.length; round++) {
    const gap = wholeMedian - medians.reduce((a, b) => a + b, 0);
    let total = wholeVariance;
    for (const i of free) total += variances[i]!;
    wholeMedian -= (gap * wholeVariance) / total;
    let stopped = false;
    for (const i of [...free]) {
      medians[i]! += (gap * variances[i]!) / total;
      if (medians[i]! >= 0) continue;
      medians[i] = 0;
      free.delete(i);
      stopped = true;
    }
    if (!stopped) break;
  }
  // what rounding leaves goes to the whole
  wholeMedian = medians.reduce((a, b) => a + b, 0);
  return { parts: parts.map((p, i) => moveMedian(p, medians[i]!)), whole: moveMedian(whole, wholeMedian) };
}
