import { randomUUID } from 'node:crypto';
import { AckPolicy, DeliverPolicy } from '@nats-io/jetstream';
import type { Broker } from './broker.ts';
import { streamOf } from './journal.ts';
import type { StreamState } from './journal-metrics.ts';
import type { Metrics } from './metrics.ts';
import type { FollowedProjection } from './projections.ts';

/** What of a part of a stream stands after a position. */
export interface Lag {
  events: number;
  /** How long the oldest of them has stood there, in seconds; 0 when there is none. */
  seconds: number;
}

const none: Lag = { events: 0, seconds: 0 };

/**
 * Asks the journal itself what stands after a position: the reader that should have brought it may be the one that stands still.
 *
 * @param now milliseconds since 1970
 */
export async function lagOf(
  broker: Broker,
  { stream, after, filter }: { stream: string; after: number; filter: string },
  now: number,
): Promise<Lag> {
  // Its own, for this one question: the broker counts what it would send, and keeps it no longer than the answer needs.
  const { name, num_pending: events } = await broker.manager.consumers.add(stream, {
    name: `lag-${randomUUID()}`,
    filter_subject: filter,
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: after + 1,
    ack_policy: AckPolicy.None,
    mem_storage: true,
    num_replicas: 1,
    inactive_threshold: 5_000_000_000,
  });
  try {
    if (events === 0) return none;
    const consumer = await broker.jetStream.consumers.get(stream, name);
    const oldest = await consumer.next({ expires: 1000 });
    return { events, seconds: oldest ? Math.max(0, now - oldest.time.getTime()) / 1000 : 0 };
  } finally {
    void broker.manager.consumers.delete(stream, name).catch(() => false);
  }
}

/** Rows that are behind their journal, as a person is told. */
export interface Late {
  projection: string;
  district: string;
  events: number;
  /** When the journal took the oldest event that no row has, RFC 3339. */
  since: string;
}

/** From when on somebody is told that rows are late, seconds: what is in a batch now is none of it. */
const lateSeconds = 10;

/** What is measured of a projection. */
export type Measured = Pick<FollowedProjection, 'name' | 'districts' | 'position'> & {
  filter: (district: string) => string;
};

/**
 * Measures how far each projection is behind each journal. A journal that has nothing new since a projection was whole is not asked again.
 *
 * @returns the measure, which takes what the broker said of its streams last; and what was late then
 */
export function measureLag(
  broker: Broker,
  projections: readonly Measured[],
  { projectionLagEvents, projectionLagSeconds }: Pick<Metrics, 'projectionLagEvents' | 'projectionLagSeconds'>,
  now: () => number,
): { measure: (states: readonly StreamState[]) => Promise<void>; late: () => Late[] } {
  /** By projection and stream: the journal's end when nothing was behind. */
  const whole = new Map<string, number>();
  const told = new Map<string, { projection: string; stream: string }>();
  const late = new Map<string, Late>();
  const measure = async (states: readonly StreamState[]) => {
    const ends = new Map(states.map(({ stream, lastSequence }) => [stream, lastSequence]));
    for (const { name, districts, position, filter } of projections) {
      const followed = districts();
      for (const district of followed) {
        const stream = streamOf(district);
        const end = ends.get(stream);
        if (end === undefined) continue;
        const key = `${name} ${stream}`;
        const at = await position(district);
        const isWhole = whole.get(key) === end || at >= end;
        const askedAt = now();
        const lag = isWhole ? none : await lagOf(broker, { stream, after: at, filter: filter(district) }, askedAt);
        const since = new Date(askedAt - lag.seconds * 1000).toISOString();
        if (lag.seconds >= lateSeconds) late.set(key, { projection: name, district, events: lag.events, since });
        else late.delete(key);
        if (lag.events === 0) whole.set(key, end);
        else whole.delete(key);
        const labels = { projection: name, stream };
        told.set(key, labels);
        projectionLagEvents.set(labels, lag.events);
        projectionLagSeconds.set(labels, lag.seconds);
      }
      // A district that was thrown away is told of no more.
      const streams = new Set(followed.map(streamOf));
      for (const [key, labels] of told) {
        if (labels.projection !== name || streams.has(labels.stream)) continue;
        told.delete(key);
        whole.delete(key);
        late.delete(key);
        projectionLagEvents.remove(labels);
        projectionLagSeconds.remove(labels);
      }
    }
  };
  return { measure, late: () => [...late.values()] };
}
