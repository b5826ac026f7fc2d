import type { Appended, Message } from './append.ts';

/** One call of `appendAll`, until every message of it has its result. */
export interface Call {
  results: Appended[];
  open: number;
  finish: () => void;
}

/** A message that has no result yet. */
export interface Waiting {
  message: Message;
  call: Call;
  /** Place of the result in the call. */
  index: number;
  /** When it was taken, in milliseconds since 1970. */
  since: number;
  settled: boolean;
  /** Messages with the same id that came after it: they are not sent, because its result says theirs. */
  twins?: Waiting[];
  whenSettled?: () => void;
}

export interface BatchLimits {
  messages: number;
  /** Characters of all payloads; one message may have more. */
  characters: number;
}

/**
 * Takes the next atomic batch from the front of a queue, in its order. What cannot be judged together with what stands before it begins the next one, so
 * that every message has the result that it would have if each were published after the one before:
 *
 * - an expected sequence is compared with what the journal had before the batch, so nothing of the batch may be on that subject;
 * - of two messages with one id the second has the first one's sequence; if the first may still be refused for its sequence, nobody knows which is stored.
 */
export function takeBatch(queue: Waiting[], limits: BatchLimits): Waiting[] {
  const batch: Waiting[] = [];
  const byId = new Map<string, Waiting>();
  const subjects = new Set<string>();
  let characters = 0;
  let taken = 0;
  for (; taken < queue.length; taken++) {
    const waiting = queue[taken]!;
    if (waiting.settled) continue;
    const { id, subject, payload, expectedSubjectSequence } = waiting.message;
    const first = byId.get(id);
    if (first) {
      if (first.message.expectedSubjectSequence !== undefined) break;
      first.twins ??= [];
      first.twins.push(waiting);
      continue;
    }
    if (expectedSubjectSequence !== undefined && subjects.has(subject)) break;
    const full = batch.length === limits.messages || characters + payload.length > limits.characters;
    if (full && batch.length > 0) break;
    batch.push(waiting);
    byId.set(id, waiting);
    subjects.add(subject);
    characters += payload.length;
  }
  queue.splice(0, taken);
  return batch;
}

/** `vx.<district>`: messages of one lane are stored in one stream. Undefined: another subject, which goes by itself. */
export function laneOf(subject: string): string | undefined {
  if (!subject.startsWith('vx.')) return undefined;
  const end = subject.indexOf('.', 3);
  return end < 0 ? undefined : subject.slice(0, end);
}
