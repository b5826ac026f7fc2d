/** Timers as an argument, so that tests own the time. */
export interface Timers {
  now: () => number;
  later: (milliseconds: number, run: () => void) => void;
}

/**
 * Gathers what comes in and hands it on at most once per interval: at once when it was quiet, else together at the interval's end.
 */
export function gather<T>(intervalMs: number, timers: Timers, hand: (gathered: T[]) => void): (value: T) => void {
  let waiting: T[] = [];
  let handedAt = Number.NEGATIVE_INFINITY;
  let scheduled = false;
  const flush = () => {
    scheduled = false;
    handedAt = timers.now();
    const gathered = waiting;
    waiting = [];
    hand(gathered);
  };
  return (value) => {
    waiting.push(value);
    if (scheduled) return;
    const wait = handedAt + intervalMs - timers.now();
    if (wait <= 0) flush();
    else {
      scheduled = true;
      timers.later(wait, flush);
    }
  };
}
