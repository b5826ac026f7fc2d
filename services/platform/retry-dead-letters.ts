import type { Broker } from './broker.ts';
import { type Database, inTransaction, type Transaction } from './database.ts';
import { type DeadLetter, listDeadLetters, removeDeadLetter } from './dead-letters.ts';
import { readSubject, streamOf } from './journal.ts';
import type { Log } from './log.ts';
import { type Entry, exclusiveTransactionLockSql, type Open, type Projection, readBy } from './projection.ts';

/**
 * Writes parked events of a projection again, oldest first; those that still fail stay parked. What hangs together with an event is written again with
 * it in the order of the journal, so that the rows are those of a rebuild. Returns the numbers that went through.
 */
export async function retryDeadLetters<Event>(
  projection: Projection<Event>,
  { database, broker, log, open }: { database: Database; broker: Broker; log: Log; open?: Open | undefined },
): Promise<number[]> {
  const through: number[] = [];
  const letters = await listDeadLetters(broker, projection.name);
  for (const own of Map.groupBy(letters, ({ district, subject }) => `${district} ${subject}`).values()) {
    let failed: ReadonlySet<number>;
    try {
      failed = await inTransaction(database, (transaction) =>
        writeAgain(transaction, projection, broker, own, letters, open),
      );
    } catch (error) {
      log.warn({ reason: (error as Error).message, subject: own[0]!.subject }, 'dead letters still fail');
      continue;
    }
    for (const { number, sequence } of own) {
      if (failed.has(sequence)) {
        log.warn({ number }, 'dead letter still fails');
        continue;
      }
      await removeDeadLetter(broker, number);
      through.push(number);
    }
  }
  return through;
}

/** Returns the sequences of parked events that still cannot be written. @throws when an event fails that is not parked */
async function writeAgain<Event>(
  transaction: Transaction,
  projection: Projection<Event>,
  broker: Broker,
  own: readonly DeadLetter[],
  letters: readonly DeadLetter[],
  open: Open | undefined,
): Promise<Set<number>> {
  const { district, subject } = own[0]!;
  const stream = streamOf(district);
  const parked = new Set(letters.filter((letter) => letter.district === district).map(({ sequence }) => sequence));
  await transaction.query(exclusiveTransactionLockSql, [projection.name]);
  let subjects = await projection.forgetSubject?.(transaction, district, subject);
  if (!subjects) {
    // What could not be read was parked as the text that stood in the journal.
    const texts = own.map(({ event, ...place }) => ({
      ...place,
      text: typeof event === 'string' ? event : JSON.stringify(event),
    }));
    return apply(transaction, projection, district, texts, parked, open);
  }
  const { rows } = await transaction.query<{ sequence: number }>(
    `SELECT sequence FROM "${projection.schema}".positions WHERE projection = $1 AND stream = $2`,
    [projection.name, stream],
  );
  for (;;) {
    const texts: Journalled[] = [];
    for (const one of subjects) texts.push(...(await readSubject(broker, stream, one, rows[0]?.sequence ?? 0)));
    const failed = await apply(transaction, projection, district, texts, parked, open);
    // Now that the event is in the rows it may name others that hang together with it.
    const together: string[] = (await projection.forgetSubject!(transaction, district, subject)) ?? [];
    const isWhole = together.every((one) => subjects!.includes(one));
    subjects = together;
    if (isWhole) {
      await apply(transaction, projection, district, texts, parked, open);
      return failed;
    }
  }
}

interface Journalled {
  sequence: number;
  subject: string;
  text: string;
}

/** Writes entries one by one in the order of the journal; of those that are parked some may still fail. */
async function apply<Event>(
  transaction: Transaction,
  projection: Projection<Event>,
  district: string,
  journalled: readonly Journalled[],
  parked: ReadonlySet<number>,
  open: Open | undefined,
): Promise<Set<number>> {
  const failed = new Set<number>();
  for (const { sequence, subject, text } of journalled.toSorted((a, b) => a.sequence - b.sequence)) {
    await transaction.query('SAVEPOINT one');
    try {
      const entry: Entry<Event> = { sequence, subject, ...readBy(projection, () => JSON.parse(text), subject, open) };
      await projection.apply(transaction, district, [entry]);
      await transaction.query('RELEASE SAVEPOINT one');
    } catch (error) {
      if (!parked.has(sequence)) throw error;
      failed.add(sequence);
      await transaction.query('ROLLBACK TO SAVEPOINT one');
    }
  }
  return failed;
}
