/**
 * Share a whole number over weights as whole numbers that sum to it exactly (largest remainder; ties go to the
 * earlier place).
 *
 * @param total whole number, 0 or more
 * @param weights one a share, each 0 or more, with a positive sum
 * @throws RangeError naming the wrong argument
 */
export function shareWhole(total: number, weights: readonly number[]): number[] {
  if (!Number.isSafeInteger(total) || total < 0) throw new RangeError(`total: ${total} must be a whole number >= 0`);
  const sum = weights.reduce((a, b) => a + b, 0);
  if (!(sum > 0) || !Number.isFinite(sum) || weights.some((weight) => weight < 0)) {
    throw new RangeError(`weights: [${weights.join(', ')}] must be >= 0 with a positive, finite sum`);
  }
  const exact = weights.map((weight) => (total * weight) / sum);
  const shares = exact.map(Math.floor);
  let missing = total - shares.reduce((a, b) => a + b, 0);
  const byRemainder = exact.map((value, place) => ({ place, remainder: value - Math.floor(value) }));
  byRemainder.sort((a, b) => b.remainder - a.remainder || a.place - b.place);
  for (let i = 0; missing > 0; i = (i + 1) % byRemainder.length, missing--) shares[byRemainder[i]!.place]!++;
  return shares;
}
