/** Quantiles of values in ascending order. */

/** The quantile at a level from 0 to 1, between the two nearest values (type 7 of Hyndman and Fan 1996). */
export function quantileOfSorted(sorted: ArrayLike<number>, level: number): number {
  const position = level * (sorted.length - 1);
  const low = Math.floor(position);
  const high = Math.min(sorted.length - 1, low + 1);
  return sorted[low]! + (position - low) * (sorted[high]! - sorted[low]!);
}

/** The middle value, the upper one of two; undefined when there is none. */
export const middleOfSorted = (sorted: ArrayLike<number>): number | undefined => sorted[sorted.length >> 1];

/** The middle of values in any order, the upper one of two; NaN when there is none. */
export const upperMedian = (values: readonly number[]): number =>
  middleOfSorted(values.toSorted((a, b) => a - b)) ?? Number.NaN;
