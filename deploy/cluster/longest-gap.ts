/** The longest time between one moment and the next, milliseconds, rounded; 0 when there are fewer than two. Pure. */
export function longestGapMs(moments: readonly number[]): number {
  const ordered = [...moments].sort((a, b) => a - b);
  return Math.round(ordered.slice(1).reduce((longest, at, index) => Math.max(longest, at - ordered[index]!), 0));
}
