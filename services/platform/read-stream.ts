import { setTimeout as sleep } from 'node:timers/promises';
import { type Consumer, type ConsumerInfo, DeliverPolicy, type JsMsg } from '@nats-io/jetstream';
import type { Broker } from './broker.ts';

/** Which messages of a stream are read. */
export interface StreamPart {
  stream: string;
  /** The first message is the one after this sequence; 0: from the beginning. */
  after: number;
  /** One subject filter; left out: every subject. */
  filter?: string;
  /** Most messages that the broker sends ahead of the reader. */
  ahead: number;
}

/** Messages on their way to one reader, read once. However the reading ends, the broker is told that it has ended. */
export interface Reading extends AsyncIterable<JsMsg> {
  /** No more are asked for; those that came before are still handed on. May be called again. */
  stop: () => void;
  /** What the broker says of the reading: the last sequence that it sent, and how many are still to come. */
  info: () => Promise<ConsumerInfo>;
}

/**
 * A reader whose broker's node dies is told of nothing by its own connection, when that goes to another node: only the silence tells. What has nothing to say says so
 * every second; after two that were missed the reading ends, and whoever reads begins anew. The client's own 15 s, and its way of asking again, left projections
 * without a fact for 149 s on a cluster of three (measured 2026-11-29).
 */
const patience = { expires: 6000, idle_heartbeat: 1000 };
/** What the client says of a reading that will not go on by itself. */
const endings: ReadonlySet<string> = new Set([
  'heartbeats_missed',
  'consumer_deleted',
  'consumer_not_found',
  'stream_not_found',
  'no_responders',
]);

/**
 * Messages in the order of the journal, and then those that come. The caller ends it by breaking off or by `stop()`. An ordered pull consumer: it
 * is made again by itself after a gap. It ends by itself when the broker falls silent. The broker keeps a consumer for five minutes after its last question, with messages that it holds ready; so each is
 * deleted when its reading ends, by whatever way.
 *
 * @param silent is told why the broker's silence ended it
 * @throws when the broker does not answer or there is no such stream
 * @see https://docs.nats.io/nats-concepts/jetstream/consumers (nats-server 2.9 takes one filter a consumer)
 */
export async function readStream(
  broker: Broker,
  { ahead, ...part }: StreamPart,
  silent: (reason: string) => void = () => {},
): Promise<Reading> {
  const consumer = await orderedConsumer(broker, part);
  const messages = await consumer.consume({ max_messages: ahead, ...patience });
  let told = false;
  const forget = () => {
    if (told) return;
    told = true;
    forgetConsumer(consumer);
  };
  // Broken off, thrown out of, or ended by the broker. A reading that nobody began to go through ends by `stop` alone.
  void messages.closed().then(forget);
  void (async () => {
    for await (const { type } of messages.status()) {
      if (!endings.has(type) || told) continue;
      silent(type);
      messages.stop();
    }
  })();
  return {
    [Symbol.asyncIterator]: () => messages[Symbol.asyncIterator](),
    stop: () => {
      messages.stop();
      forget();
    },
    info: () => consumer.info(),
  };
}

/** Nobody waits for it: a broker that is away has forgotten the consumer when it is back. */
function forgetConsumer(consumer: Consumer): void {
  void consumer.delete().catch(() => false);
}

/** Messages of a part of a stream, those that come too, until it is stopped. */
export interface Following {
  /** True once everything that stands in the stream now was handled; false when the broker does not say so in time. */
  settled: (patienceMs: number) => Promise<boolean>;
  stop: () => void;
}

/** Hands every message of a part of a stream to `handle`, one after another, and goes on after the broker was away. Nothing is thrown. */
export function followStream(broker: Broker, part: StreamPart, handle: (message: JsMsg) => void): Following {
  let handled = part.after;
  let messages: Reading | undefined;
  let stopped = false;
  const read = async () => {
    messages = await readStream(broker, { ...part, after: handled });
    if (stopped) messages.stop();
    for await (const message of messages) {
      handle(message);
      handled = message.seq;
    }
  };
  void (async () => {
    while (!stopped) {
      await read().catch(() => {});
      if (!stopped) await sleep(200, undefined, { ref: false });
    }
  })();
  // A consumer that outlived its broker may be silent: a new one is opened.
  const forgetReconnect = broker.onReconnect(() => messages?.stop());
  return {
    settled: async (patienceMs) => {
      const deadline = performance.now() + patienceMs;
      for (;;) {
        const info = await messages?.info().catch(() => undefined);
        if (info && info.num_pending === 0 && handled >= info.delivered.stream_seq) return true;
        if (stopped || performance.now() > deadline) return false;
        await sleep(5, undefined, { ref: false });
      }
    },
    stop: () => {
      stopped = true;
      forgetReconnect();
      messages?.stop();
    },
  };
}

const orderedConsumer = (broker: Broker, { stream, after, filter }: Omit<StreamPart, 'ahead'>): Promise<Consumer> =>
  broker.jetStream.consumers.get(stream, {
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: after + 1,
    ...(filter === undefined ? {} : { filter_subjects: filter }),
  });

/** Where a message stands, and when the broker stored it, in nanoseconds since 1970: together they name it, also when a sequence was given twice. */
export interface StoredAt {
  sequence: number;
  storedAt: string;
}

export const storedAt = (message: JsMsg): StoredAt => ({
  sequence: message.seq,
  storedAt: String(message.timestampNanos),
});

/**
 * The first message at a sequence or after it.
 *
 * @returns undefined when none came within `patienceMs`: there is none, or the broker is slow
 */
export async function firstMessage(
  broker: Broker,
  { stream, at, filter }: { stream: string; at: number; filter: string },
  patienceMs: number,
): Promise<StoredAt | undefined> {
  const consumer = await broker.jetStream.consumers.get(stream, {
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: at,
    filter_subjects: filter,
  });
  try {
    const message = await consumer.next({ expires: patienceMs });
    return message ? storedAt(message) : undefined;
  } finally {
    forgetConsumer(consumer);
  }
}
