/** Largest count that the source blanks. */
export const largestSuppressed = 4;

/**
 * A suppressed count is 0-4: what it probably was, given the expected count. Poisson, cut at 4.
 * @returns mean and mean square of log(count + 0.5)
 */
export function suppressedLogCount(expected: number): { mean: number; square: number } {
  const rate = Math.min(50, Math.max(0.05, expected));
  let weight = 1;
  let total = 0;
  let mean = 0;
  let square = 0;
  for (let count = 0; count <= largestSuppressed; count++) {
    if (count > 0) weight *= rate / count;
    const log = Math.log(count + 0.5);
    total += weight;
    mean += weight * log;
    square += weight * log * log;
  }
  return { mean: mean / total, square: square / total };
}
