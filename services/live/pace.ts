/** Of the programme's time, what batches may take: the rest is for those who ask and post. */
const shareOfTime = 0.1;
/** No eye and no screen is quicker: 60 frames a second. */
const shortestMs = 16;

/**
 * How long after a batch the next one may go out. A batch to few clients costs little, and the next fact goes out at once or nearly; what comes in while
 * many are told is gathered. Pure.
 *
 * @param costMs what the last batch took of the programme's time, milliseconds
 * @param longestMs the rest is never longer
 * @returns milliseconds from the beginning of one batch to the beginning of the next
 */
export const restMs = (costMs: number, longestMs: number): number =>
  Math.min(longestMs, Math.max(shortestMs, costMs / shareOfTime));
