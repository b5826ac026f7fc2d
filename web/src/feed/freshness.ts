import type { FeedRow } from '../api/answers.ts';
import type { World } from './world.ts';

/** A feed that has been silent longer is marked as stale. */
export const staleAfterMs = 3_600_000;
/** An exercise that runs fast passes an hour between two batches: its feeds have at least this long in front of the screen. */
const leastWaitMs = 10_000;

/** How long a feed may be silent on a clock that runs `speed` times as fast as ours. */
export const silenceAllowedMs = (speed: number) => Math.max(staleAfterMs, leastWaitMs * speed);

export interface Freshness {
  feed: string;
  /** Since the last thing was known, on the district's clock; null when nothing ever was. */
  ageMs: number | null;
  stale: boolean;
}

const newest = (...instants: (string | null | undefined)[]) =>
  Math.max(Number.NEGATIVE_INFINITY, ...instants.flatMap((instant) => (instant ? [Date.parse(instant)] : [])));

/** How fresh each feed is: what the rows know, or what the stream told since. Recorded districts have no freshness to be late for. */
export function freshness(
  rows: FeedRow[],
  world: Pick<World, 'feeds'>,
  nowMs: number,
  allowedMs = staleAfterMs,
): Freshness[] {
  const feeds = [...new Set([...rows.map((row) => row.feed), ...Object.keys(world.feeds)])];
  return feeds.map((feed) => {
    const at = newest(rows.find((row) => row.feed === feed)?.lastRecordedAt, world.feeds[feed]?.lastRecordedAt);
    if (!Number.isFinite(at)) return { feed, ageMs: null, stale: true };
    const ageMs = Math.max(0, nowMs - at);
    return { feed, ageMs, stale: ageMs > allowedMs };
  });
}
