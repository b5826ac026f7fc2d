import type { Cut, Range } from '../policies/policy.ts';

export const exactly = (value: number): Range => ({ low: value, high: value });
export const isExact = ({ low, high }: Range): boolean => low === high;
export const anyLevel: Range = { low: 1, high: 4 };

/** What holds of the higher of several, when all that is known of each is a range. */
export const highestOf = (ranges: readonly Range[]): Range => ({
  low: Math.max(...ranges.map(({ low }) => low)),
  high: Math.max(...ranges.map(({ high }) => high)),
});

const isReached = (value: number, { at, reached }: Cut): boolean | null =>
  at === null ? (value > 0 ? null : false) : reached === 'at-least' ? value >= at : value > at;

/**
 * The band of a rate for 100,000 people, 1 to one more than there are cuts. A cut whose number is not known leaves open on which side of it a rate
 * lies, unless a higher cut is reached, a lower one is not, or the rate is 0.
 */
export function bandOf(rate: number, cuts: readonly Cut[]): Range {
  const sides = cuts.map((cut) => isReached(rate, cut));
  const below = sides.indexOf(false);
  return { low: 1 + sides.lastIndexOf(true) + 1, high: below === -1 ? cuts.length + 1 : below + 1 };
}

/** Bands in which a rate between two numbers can lie. */
export const bandsBetween = (low: number, high: number, cuts: readonly Cut[]): Range => ({
  low: bandOf(low, cuts).low,
  high: high === Number.POSITIVE_INFINITY ? cuts.length + 1 : bandOf(high, cuts).high,
});
