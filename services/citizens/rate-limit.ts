/** How often something may be asked from one address of the network. */
export interface RateLimit {
  /** So often within the window. */
  most: number;
  windowMs: number;
}

/** What somebody without an account may do, by what it is. Many phones share one address (carrier-grade NAT), so the bounds are wide. */
export const publicLimits = {
  send: { most: 60, windowMs: 600_000 },
  photo: { most: 120, windowMs: 600_000 },
  /** What pictures weigh together: one network fills no disk. */
  photoMegabytes: { most: 300, windowMs: 600_000 },
  follow: { most: 300, windowMs: 600_000 },
} as const satisfies Record<string, RateLimit>;
export type PublicAction = keyof typeof publicLimits;

/** Counts by address in the memory of one process: two copies of the service let through twice as much. */
export interface RateCounter {
  /** Milliseconds until it may be asked again; 0: it may now, and is counted. @param times left out: once */
  take: (action: PublicAction, address: string, nowMs: number, times?: number) => number;
}

/** Addresses that are remembered at most; the oldest are forgotten first. */
const mostAddresses = 50_000;

/** A sliding window: what was asked longer ago than the window counts no more. */
export function countRates(limits: Readonly<Record<PublicAction, RateLimit>> = publicLimits): RateCounter {
  const asked = new Map<string, number[]>();
  return {
    take: (action, address, nowMs, times = 1) => {
      const { most, windowMs } = limits[action];
      const key = `${action} ${address}`;
      const recent = (asked.get(key) ?? []).filter((at) => at > nowMs - windowMs);
      asked.delete(key);
      asked.set(key, recent);
      if (asked.size > mostAddresses) asked.delete(asked.keys().next().value!);
      // More than a window holds is never let through.
      const over = recent.length + times - most;
      if (over > 0) return (recent[over - 1] ?? nowMs) + windowMs - nowMs;
      for (let time = 0; time < times; time++) recent.push(nowMs);
      return 0;
    },
  };
}
