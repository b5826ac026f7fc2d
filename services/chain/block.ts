import { createHash } from 'node:crypto';

/** A message as the broker stored it. */
export interface StoredMessage {
  sequence: number;
  /** When it was stored, nanoseconds since 1970. */
  storedAt: string;
  subject: string;
  /** Names and values in their order. */
  headers: readonly (readonly [string, readonly string[]])[];
  payload: Uint8Array;
}

/** A stream, and when it was opened: a district that was thrown away and opened again is another journal. */
export interface Journal {
  stream: string;
  created: string;
}

/** First and last sequence of a piece of a journal. */
export type Range = readonly [from: number, through: number];

/** One link of the chain: a piece of the journal that will not change. */
export interface Block {
  /** Counts from 0. */
  number: number;
  first: number;
  last: number;
  /** Sequences that the journal did not have when the block was sealed. */
  missing: readonly Range[];
  /** Hash of the block before; of the first one: `noBlock`. */
  previous: string;
  /** SHA-256, hexadecimal. */
  hash: string;
  /** ISO 8601; no part of the hash. */
  sealedAt: string;
  /** SHA-256 of each message that is not missing, one after another: 32 bytes each. */
  digests: Buffer;
}

/** What stands for the hash before the first block. */
export const noBlock = '0'.repeat(64);
export const digestBytes = 32;

/** SHA-256 of everything that a message is: its place, when it was stored, subject, headers and payload. No two messages make the same text. */
export function digestOf({ sequence, storedAt, subject, headers, payload }: StoredMessage): Buffer {
  let text = `${sequence}\n${storedAt}\n${subject}\n`;
  for (const [name, values] of headers) for (const value of values) text += `${name}: ${value}\n`;
  return createHash('sha256').update(`${text}\n`).update(payload).digest();
}

/** SHA-256 of a block: of its journal, place and gaps, of the hash of the block before, and of the digests of its messages. */
export function hashOf(
  { stream, created }: Journal,
  { number, first, last, missing, previous, digests }: Omit<Block, 'hash' | 'sealedAt'>,
): string {
  const head = JSON.stringify({ stream, created, number, first, last, missing, previous });
  return createHash('sha256').update(`${head}\n`).update(digests).digest('hex');
}

/** The last block, as far as the next one needs it. */
export type Head = Pick<Block, 'number' | 'last' | 'hash'>;

/** Before the first block. */
export const noHead: Head = { number: -1, last: 0, hash: noBlock };

/**
 * The block after `head`: from the sequence after its last one to that of the last message. What is missing between is said in it.
 *
 * @param messages one or more, in the order of the journal
 */
export function sealBlock(
  journal: Journal,
  head: Head,
  messages: readonly { sequence: number; digest: Buffer }[],
  sealedAt: string,
): Block {
  const missing: Range[] = [];
  let next = head.last + 1;
  for (const { sequence } of messages) {
    if (sequence > next) missing.push([next, sequence - 1]);
    next = sequence + 1;
  }
  const block = {
    number: head.number + 1,
    first: head.last + 1,
    last: next - 1,
    missing,
    previous: head.hash,
    digests: Buffer.concat(messages.map(({ digest }) => digest)),
  };
  return { ...block, hash: hashOf(journal, block), sealedAt };
}

export const sizeOf = ([from, through]: Range): number => through - from + 1;
/** Messages of a block. */
export const eventsOf = ({ digests }: Pick<Block, 'digests'>): number => digests.length / digestBytes;
