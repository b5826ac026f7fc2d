import { setTimeout as sleep } from 'node:timers/promises';
import type { FollowedProjection } from '#platform/projections.ts';

/** True once a district's rows hold the sequence; also for a district so new that its journal is only about to be followed. */
export async function reached(
  followed: FollowedProjection,
  district: string,
  sequence: number,
  timeoutMs = 5000,
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const left = deadline - performance.now();
    if (left <= 0) return false;
    // An unknown district answers false at once: it is not followed yet.
    if (await followed.reached(district, sequence, left)) return true;
    await sleep(Math.min(20, left));
  }
}
