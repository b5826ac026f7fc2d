import type { JsMsg } from '@nats-io/jetstream';
import type { StoredMessage } from './block.ts';

/** A message as it is hashed. */
export const storedMessage = (message: JsMsg): StoredMessage => ({
  sequence: message.seq,
  storedAt: String(message.timestampNanos),
  subject: message.subject,
  headers: message.headers ? [...message.headers] : [],
  payload: message.data,
});
