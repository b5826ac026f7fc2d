/** What was known at one moment, and what of it a forecast looks at: weeks of seven days that end on the moment's own day, or a level. */

/** How the numbers of a series are read. */
export interface SeriesKind {
  /** length of one step */
  readonly step: 'day' | 'week';
  /** a flow is summed over seven days; a stock (beds, businesses) is the level on the last day */
  readonly kind: 'flow' | 'stock';
}

/** Values as they were known (completed for late reports) at the end of step `last`. */
export interface Seen {
  readonly first: number;
  readonly last: number;
  /** areas × steps, row by row; NaN: not known */
  readonly values: Float64Array;
}

export interface SeenHistory extends SeriesKind {
  readonly areas: readonly string[];
  /** index of the area that is the sum of the others, or -1 */
  readonly total: number;
  /** ascending in `last`; the last one is the present */
  readonly moments: readonly Seen[];
}

/** Steps of one week. */
export const weekSteps = ({ step }: SeriesKind): number => (step === 'day' ? 7 : 1);

/** The week (flow) or the level (stock) of an area that ends on a step; NaN where a day of it is not known. */
export function blockOf(seen: Seen, kind: SeriesKind, area: number, end: number): number {
  const steps = seen.last - seen.first + 1;
  const at = end - seen.first;
  if (at < 0 || at >= steps) return Number.NaN;
  const row = area * steps;
  if (kind.kind === 'stock' || kind.step === 'week') return seen.values[row + at]!;
  if (at < 6) return Number.NaN;
  let sum = 0;
  for (let d = 0; d < 7; d++) sum += seen.values[row + at - d]!;
  return sum;
}

/** log(x + 1) of a block: the scale on which growth is learned. */
export const levelOf = (value: number): number => Math.log1p(Math.max(0, value));
