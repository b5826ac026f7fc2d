import { Gauge, type Registry } from 'prom-client';
import type { Broker } from '#platform/broker.ts';
import type { DistrictStream } from '#platform/journal.ts';
import type { Log } from '#platform/log.ts';
import type { Running } from '#platform/run.ts';
import { sampled } from '#platform/sampled.ts';
import { newestOfFeeds } from './feeds-api.ts';

/** When the journal of a district last took a fact of a feed. */
export interface FeedHeard {
  district: string;
  exercise: boolean;
  feed: string;
  storedAt: Date;
}

/** Gauges of the front door; `heard` takes all that is known of feeds now. */
export function liveMetrics(
  registry: Registry,
  clientCount: () => number,
): { heard: (feeds: readonly FeedHeard[]) => void } {
  const registers = [registry];
  new Gauge({
    name: 'vx_stream_clients',
    help: 'Browsers and programmes that listen to the stream',
    registers,
    collect() {
      this.set(clientCount());
    },
  });
  const newest = new Gauge({
    name: 'vx_feed_newest_timestamp_seconds',
    help: 'When the journal last took a fact of a feed; how long it has been silent is time() less this',
    labelNames: ['district', 'feed', 'exercise'],
    registers,
  });
  return {
    heard: (feeds) => {
      newest.reset();
      for (const { district, exercise, feed, storedAt } of feeds)
        newest.set({ district, feed, exercise: String(exercise) }, storedAt.getTime() / 1000);
    },
  };
}

/** A feed that is silent for a minute is no news. Milliseconds. */
const everyMs = 60_000;

/** Asks the journals now and then when each feed was last heard. Recorded history of elsewhere is silent for good, and left out. */
export const measureFeeds = (
  broker: Broker,
  districts: () => readonly DistrictStream[],
  { heard }: ReturnType<typeof liveMetrics>,
  log: Pick<Log, 'warn'>,
): Running =>
  sampled(
    'the feeds',
    async () => {
      const found: FeedHeard[] = [];
      for (const { district, clock, exercise } of districts())
        if (exercise || clock === 'live')
          for (const { feed, storedAt } of await newestOfFeeds(broker, district))
            found.push({ district, exercise, feed, storedAt });
      heard(found);
    },
    log,
    everyMs,
  );
