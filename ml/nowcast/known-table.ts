/** What was known of each period (day or week) with each delay: the form in which a nowcast reads a line list or a table that is revised. */
export interface KnownTable {
  /** number of the first period */
  readonly first: number;
  readonly last: number;
  /** delays 0 … longestDelay; what comes later counts as known at the longest */
  readonly longestDelay: number;
  /** periods × (longestDelay + 1): cases of the period known so many periods after it; beyond the last moment, as at the last moment */
  readonly known: Float64Array;
}

/** Cases known of a period at the end of `origin`; 0 before anything was known. */
export function knownAt({ first, longestDelay, known }: KnownTable, period: number, origin: number): number {
  const delay = Math.min(longestDelay, origin - period);
  return delay < 0 ? 0 : known[(period - first) * (longestDelay + 1) + delay]!;
}

/** One change of a period's count, learned so many periods after it. Arrays of one length. */
export interface CountChanges {
  readonly period: ArrayLike<number>;
  readonly delay: ArrayLike<number>;
  readonly change: ArrayLike<number>;
}

/**
 * @param last the present: what is learned later is left out
 * @param longestDelay in periods; later changes are put together there
 */
export function knownTable(changes: CountChanges, first: number, last: number, longestDelay: number): KnownTable {
  const width = longestDelay + 1;
  const periods = Math.max(0, last - first + 1);
  const known = new Float64Array(periods * width);
  for (let n = 0; n < changes.period.length; n++) {
    const row = changes.period[n]! - first;
    const delay = Math.max(0, changes.delay[n]!);
    if (row < 0 || row >= periods || row + delay >= periods) continue;
    known[row * width + Math.min(delay, longestDelay)]! += changes.change[n]!;
  }
  for (let row = 0; row < periods; row++)
    for (let delay = 1; delay < width; delay++) known[row * width + delay]! += known[row * width + delay - 1]!;
  return { first, last, longestDelay, known };
}
