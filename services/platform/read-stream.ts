import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AckPolicy, type Consumer, type ConsumerInfo, DeliverPolicy, type JsMsg } from '@nats-io/jetstream';
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

/** A reading that nobody stopped is over: what comes after the last message is not known. Whoever reads begins anew after it. */
export class ReadingEnded extends Error {
  readonly reason: string;

  constructor(stream: string, reason: string) {
    super(`the reading of ${stream} ended: ${reason}`);
    this.reason = reason;
  }
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
/** A consumer whose reader died without a word is kept for so long after its last question, nanoseconds. */
const keptUnasked = 5 * 60 * 1_000_000_000;

/**
 * Messages in the order of the journal, and then those that come. The caller ends it by breaking off or by `stop()`. The broker keeps a consumer for five minutes after its
 * last question, with messages that it holds ready; so each is deleted when its reading ends, by whatever way. It has one consumer of one name, which is never made again:
 * the client's ordered consumer makes itself again at a gap, and two such at once left one that nobody knew of (2026-11-30, a busy machine).
 *
 * @throws when the broker does not answer or there is no such stream; while it is gone through, `ReadingEnded` when the broker falls silent, the consumer is gone, or a
 * message was lost on its way
 * @see https://docs.nats.io/nats-concepts/jetstream/consumers (nats-server 2.9 takes one filter a consumer)
 */
export async function readStream(broker: Broker, { ahead, ...part }: StreamPart): Promise<Reading> {
  const consumer = await openConsumer(broker, part);
  const messages = await consumer.consume({ max_messages: ahead, ...patience });
  let told = false;
  let ended: string | undefined;
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
      ended = type;
      messages.stop();
    }
  })();
  return {
    async *[Symbol.asyncIterator]() {
      let sent = 0;
      for await (const message of messages) {
        // What the broker sent while the connection was away is sent once.
        if (message.info.deliverySequence !== ++sent) throw new ReadingEnded(part.stream, 'message_lost');
        yield message;
      }
      if (ended !== undefined) throw new ReadingEnded(part.stream, ended);
    },
    stop: () => {
      messages.stop();
      forget();
    },
    info: () => consumer.info(),
  };
}

/** Readings in a row that may end before one message came. */
const mostFruitless = 10;

/**
 * The same for whoever reads a part to its end and keeps nothing: what ended by itself is begun anew after the last message that was handed on.
 *
 * @throws when the broker does not answer, there is no such stream, or it fell silent ten times without a message
 */
export function readOn(broker: Broker, part: StreamPart): Pick<Reading, 'stop'> & AsyncIterable<JsMsg> {
  let reading: Reading | undefined;
  let stopped = false;
  return {
    async *[Symbol.asyncIterator]() {
      let after = part.after;
      for (let fruitless = 0; !stopped; fruitless += 1) {
        try {
          reading = await readStream(broker, { ...part, after });
          if (stopped) reading.stop();
          for await (const message of reading) {
            fruitless = 0;
            yield message;
            after = message.seq;
          }
          return;
        } catch (error) {
          if (!(error instanceof ReadingEnded) || fruitless >= mostFruitless) throw error;
        }
      }
    },
    stop: () => {
      stopped = true;
      reading?.stop();
    },
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

/** A consumer of one reader: it acknowledges nothing, and lies in the memory of one node. */
async function openConsumer(broker: Broker, { stream, after, filter }: Omit<StreamPart, 'ahead'>): Promise<Consumer> {
  const created = await broker.manager.consumers.add(stream, {
    name: randomUUID(),
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: after + 1,
    ack_policy: AckPolicy.None,
    max_deliver: 1,
    inactive_threshold: keptUnasked,
    mem_storage: true,
    num_replicas: 1,
    ...(filter === undefined ? {} : { filter_subject: filter }),
  });
  return broker.jetStream.consumers.getConsumerFromInfo(created);
}

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
  const consumer = await openConsumer(broker, { stream, after: at - 1, filter });
  try {
    const message = await consumer.next({ expires: patienceMs });
    return message ? storedAt(message) : undefined;
  } finally {
    forgetConsumer(consumer);
  }
}
