import { type ConsumerMessages, DeliverPolicy, type JsMsg } from '@nats-io/jetstream';
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

/**
 * Messages in the order of the journal, and then those that come. The caller ends it by breaking off or by `stop()`. An ordered pull consumer: it
 * is made again by itself after a gap, and the broker forgets it when nobody reads.
 *
 * @throws when the broker does not answer or there is no such stream
 * @see https://docs.nats.io/nats-concepts/jetstream/consumers (nats-server 2.9 takes one filter a consumer)
 */
export async function readStream(
  broker: Broker,
  { stream, after, filter, ahead }: StreamPart,
): Promise<ConsumerMessages> {
  const consumer = await broker.jetStream.consumers.get(stream, {
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: after + 1,
    ...(filter === undefined ? {} : { filter_subjects: filter }),
  });
  return consumer.consume({ max_messages: ahead });
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
  const consumer = await broker.jetStream.consumers.get(stream, {
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: at,
    filter_subjects: filter,
  });
  try {
    const message = await consumer.next({ expires: patienceMs });
    return message ? storedAt(message) : undefined;
  } finally {
    await consumer.delete().catch(() => false);
  }
}
