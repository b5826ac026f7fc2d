import { type ConsumerMessages, DeliverPolicy } from '@nats-io/jetstream';
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
