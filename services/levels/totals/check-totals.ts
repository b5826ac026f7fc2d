/** A published table of counts by level. */
export interface PublishedTotals {
  /** Counts by level or class, in the order in which they were published. */
  parts: readonly number[];
  total: number;
}

export interface CheckedTotals {
  sum: number;
  total: number;
  /** What the parts have more than the total; below 0: less. */
  difference: number;
  addsUp: boolean;
}

/** Whether the parts of a published table are its total. The table of 2021-09-21 for Ho Chi Minh City says 24,330 and holds 25,185. */
export function checkTotals({ parts, total }: PublishedTotals): CheckedTotals {
  const sum = parts.reduce((all, part) => all + part, 0);
  return { sum, total, difference: sum - total, addsUp: sum === total };
}
