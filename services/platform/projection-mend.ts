import type { Broker } from './broker.ts';
import { firstMessage } from './read-stream.ts';

/** Where the rows of a projection stand; `storedAt` null: when the broker stored the message there is not known. */
export interface Position {
  sequence: number;
  storedAt: string | null;
}

/** Why rows cannot be of the journal that there is. */
export interface Ahead {
  /** Last sequence of the journal when it was looked at. */
  journalEnds: number;
  /**
   * ended: the journal ends before the position. other-message: at the position it has another message, or none, than was applied. other-journal: the one that
   * the rows are from is gone, and another was opened under its name.
   */
  reason: 'ended' | 'other-message' | 'other-journal';
}

/** Rows that were ahead of their journal, and were written again. `position`: the sequence that they claimed to have. */
export interface MendedRows extends Ahead {
  projection: string;
  district: string;
  position: number;
}

/** How long the message at the position is waited for: it is there, or there is none. */
const patienceMs = 2500;

/**
 * Compares a projection's position with its journal. A position of 0, or without the time of its message (rows of an earlier version), can only be compared with
 * the journal's end.
 *
 * @returns undefined when the rows fit the journal
 */
export async function whyAhead(
  broker: Broker,
  stream: string,
  filter: string,
  { sequence, storedAt }: Position,
): Promise<Ahead | undefined> {
  if (sequence === 0) return undefined;
  const { state } = await broker.manager.streams.info(stream);
  if (state.last_seq < sequence) return { journalEnds: state.last_seq, reason: 'ended' };
  if (storedAt === null) return undefined;
  const at = { stream, at: sequence, filter };
  // Rows are not thrown away because a broker was slow once.
  const there = (await firstMessage(broker, at, patienceMs)) ?? (await firstMessage(broker, at, patienceMs));
  if (there?.sequence === sequence && there.storedAt === storedAt) return undefined;
  return { journalEnds: state.last_seq, reason: 'other-message' };
}
