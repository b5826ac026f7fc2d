import { headers, type Msg, type MsgHdrs } from '@nats-io/transport-node';
import type { Message } from './append.ts';

/** What JetStream answered to a publish, or to the end of a batch. */
export interface Answer {
  /** Sequence of the message; of the last one of a batch. */
  sequence: number;
  duplicate: boolean;
  /** Nobody listens to the subject. */
  noStream: boolean;
  error?: { code: number; description: string } | undefined;
}

/** Error codes of JetStream that are not the fault of every message of a batch. */
export const errorCodes = {
  /** The subject's last sequence is another. */
  wrongSequence: 10071,
  /** The same, with a write to the subject on its way. */
  wrongSequenceMeanwhile: 10164,
  /** The stream was not opened for atomic batches. */
  batchesDisabled: 10174,
  /** A message of the batch is in the journal, or twice in the batch. */
  duplicateInBatch: 10201,
};

export const isWrongSequence = (code: number | undefined) =>
  code === errorCodes.wrongSequence || code === errorCodes.wrongSequenceMeanwhile;

/**
 * The broker had no room for it: a write that failed, its own limit, or what it answers ever after a write that failed.
 * Source: nats-server, server/errors.json: 10023 insufficient resources, 10047 insufficient storage resources, 10077 the store failed (with the system's words).
 */
export const isNoSpace = ({ code, description }: { code: number; description: string }): boolean =>
  code === 10023 || code === 10047 || /no space left|disk quota/i.test(description);

/** The journal was closed: it takes nothing more, and loses nothing (deploy/move). What is sent is to be sent again later, or elsewhere. */
export const isClosed = ({ description }: { description: string }): boolean =>
  /maximum messages exceeded/.test(description);

/** Reads an acknowledgement; 503 in the headers is the broker's own word that nobody listens. */
export function readAnswer(message: Msg): Answer {
  if (message.headers?.code === 503) return { sequence: 0, duplicate: false, noStream: true };
  const answer = message.json<{
    seq?: number;
    duplicate?: boolean;
    error?: { err_code?: number; description?: string };
  }>();
  return {
    sequence: answer.seq ?? 0,
    duplicate: answer.duplicate === true,
    noStream: false,
    error: answer.error && {
      code: answer.error.err_code ?? 0,
      description: answer.error.description ?? 'refused',
    },
  };
}

/** The longest header that we write, with room to spare. */
const headerBytes = 1024;

/**
 * Why the broker could never take the message, or undefined. A line break would begin another line of the protocol.
 *
 * @param mostBytes of a message and its header that the broker takes (`max_payload`)
 */
export function unsendable({ id, subject, payload }: Message, mostBytes: number): string | undefined {
  if (/[\r\n]/.test(id)) return 'the id holds a line break';
  // A character is at most three bytes: short payloads need not be measured.
  if (payload.length * 3 + headerBytes > mostBytes) {
    const bytes = Buffer.byteLength(payload) + headerBytes;
    if (bytes > mostBytes) return `${bytes} bytes with its header; the journal takes at most ${mostBytes} a message`;
  }
  // Subjects are printable words with dots between them.
  if (!/^[^\s.]+(\.[^\s.]+)*$/.test(subject)) return 'the subject is not one that the broker knows';
  return undefined;
}

/** Place of a message in an atomic batch: `Nats-Batch-…` (NATS ADR-50). `number` counts from 1. */
export interface BatchPlace {
  batch: string;
  number: number;
  commit: boolean;
}

/** Header of a message on its way to the journal. */
export function journalHeader({ id, expectedSubjectSequence }: Message, place?: BatchPlace): string {
  let text = `NATS/1.0\r\nNats-Msg-Id: ${id.trim()}\r\n`;
  if (expectedSubjectSequence !== undefined)
    text += `Nats-Expected-Last-Subject-Sequence: ${expectedSubjectSequence}\r\n`;
  if (place) {
    text += `Nats-Batch-Id: ${place.batch}\r\nNats-Batch-Sequence: ${place.number}\r\n`;
    if (place.commit) text += 'Nats-Batch-Commit: 1\r\n';
  }
  return `${text}\r\n`;
}

/**
 * Header of a question: would the journal take this message? It is never stored, because it asks for a last message that there is not. What is answered:
 * `duplicate` with the sequence when the id is in the journal; wrong sequence; else that the last message is another one.
 *
 * @param withSequence false: asks of the id alone. nats-server 2.15 looks at the sequence before it looks at the id, 2.9 after it
 */
export function questionHeader(message: Message, impossibleId: string, withSequence: boolean): string {
  const asked = withSequence ? message : { ...message, expectedSubjectSequence: undefined };
  return `${journalHeader(asked).slice(0, -2)}Nats-Expected-Last-Msg-Id: ${impossibleId}\r\n\r\n`;
}

/**
 * One header object for all publishes: the client asks it for its bytes when it writes a message. Its own kind keeps a list for each name and checks each
 * value, which costs more than everything else that is done to send a message.
 */
export function headerCarrier(): MsgHdrs & { text: string; encode: () => Uint8Array } {
  const encoder = new TextEncoder();
  const carrier = Object.assign(headers(), { text: '', encode: () => encoder.encode(carrier.text) });
  return carrier;
}
