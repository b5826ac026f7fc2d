import type { Broker } from './broker.ts';
import { deadLetterStream } from './journal.ts';
import { readOn } from './read-stream.ts';

/** An event that a projection could not write, with the reason. It stays in the journal too; this is the list of what to look at. */
export interface DeadLetter {
  /** Number in the dead-letter stream: names it for retry. */
  number: number;
  projection: string;
  district: string;
  sequence: number;
  subject: string;
  reason: string;
  parkedAt: string;
  event: unknown;
}

interface Parked {
  projection: string;
  district: string;
  entry: { sequence: number; subject: string; event: unknown };
  reason: string;
}

const known = new WeakSet<Broker>();

/** Makes the stream unless it is there. Where services are kept apart they may look for it and not make it: the start does that. */
export async function openDeadLetters(broker: Broker): Promise<void> {
  if (known.has(broker)) return;
  try {
    await broker.manager.streams.info(deadLetterStream);
  } catch (error) {
    if (!/stream not found/i.test((error as Error).message)) throw error;
    await broker.manager.streams.add({
      name: deadLetterStream,
      subjects: ['vxdead.>'],
      storage: 'file',
      allow_direct: true,
      num_replicas: broker.replicas,
    });
  }
  known.add(broker);
}

/** Parks once: a projection that dies between parking and moving on parks the same event again, and the message id folds the two. */
export async function park(broker: Broker, { projection, district, entry, reason }: Parked): Promise<void> {
  await openDeadLetters(broker);
  const letter = { projection, district, ...entry, reason, parkedAt: new Date().toISOString() };
  await broker.jetStream.publish(`vxdead.${projection}.${district}`, JSON.stringify(letter), {
    msgID: `${projection}:${district}:${entry.sequence}`,
  });
}

/** How many dead letters a projection has, or all have. */
export async function countDeadLetters(broker: Broker, projection = '*'): Promise<number> {
  const filter = `vxdead.${projection}.>`;
  const { state } = await broker.manager.streams.info(deadLetterStream, { subjects_filter: filter });
  return Object.values(state.subjects ?? {}).reduce((sum, count) => sum + count, 0);
}

/** Dead letters of a projection, or of all, oldest first. */
export async function listDeadLetters(broker: Broker, projection = '*', limit = 1000): Promise<DeadLetter[]> {
  await openDeadLetters(broker);
  const letters: DeadLetter[] = [];
  const filter = `vxdead.${projection}.>`;
  const wanted = Math.min(limit, await countDeadLetters(broker, projection));
  if (wanted === 0) return letters;
  for await (const message of readOn(broker, { stream: deadLetterStream, after: 0, filter, ahead: 500 })) {
    letters.push({ number: message.seq, ...message.json<Omit<DeadLetter, 'number'>>() });
    if (letters.length >= wanted) break;
  }
  return letters;
}

export async function removeDeadLetter(broker: Broker, number: number): Promise<void> {
  await broker.manager.streams.deleteMessage(deadLetterStream, number, false);
}
