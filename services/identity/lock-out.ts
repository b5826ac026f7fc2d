/** How many failed tries lock, within which time, and for how long after the last of them. */
export interface LockOut {
  tries: number;
  withinMs: number;
  lockedMs: number;
}

const minute = 60_000;
/** Of one account. */
export const accountLock: LockOut = { tries: 5, withinMs: 15 * minute, lockedMs: 15 * minute };
/** Of one address of the network, whatever accounts it tries. */
export const addressLock: LockOut = { tries: 30, withinMs: 10 * minute, lockedMs: 10 * minute };

/**
 * Until when no try is taken; undefined: one is taken now. Pure.
 *
 * @param failures moments of failed tries, milliseconds since 1970, in any order @param now the same
 */
export function lockedUntil(
  failures: readonly number[],
  { tries, withinMs, lockedMs }: LockOut,
  now: number,
): number | undefined {
  const recent = failures.filter((at) => at > now - withinMs - lockedMs).sort((a, b) => a - b);
  // A group of tries within the time locks from its last one on.
  for (let last = recent.length - 1; last >= tries - 1; last--) {
    const until = recent[last]! + lockedMs;
    if (until <= now) return undefined;
    if (recent[last]! - recent[last - tries + 1]! < withinMs) return until;
  }
  return undefined;
}
