import { setTimeout as sleep } from 'node:timers/promises';
import type { JsMsg } from '@nats-io/jetstream';
import type { Broker } from './broker.ts';
import { type Database, inTransaction, type Transaction } from './database.ts';
import { park } from './dead-letters.ts';
import type { DistrictStream } from './journal.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { isNewerEvent } from './newer-event.ts';
import { Pauses } from './pauses.ts';
import { type MendedRows, type Position, whyAhead } from './projection-mend.ts';
import { type Reading, ReadingEnded, readStream, type StoredAt, storedAt } from './read-stream.ts';
import { sayDone, type Tracer, tracesOf } from './tracing.ts';
import { writeInParts } from './write-in-parts.ts';

/** One journal entry: the decoded event and where it stands. `sequence` is the position in the district's stream. */
export interface Entry<Event = unknown> {
  sequence: number;
  subject: string;
  event: Event;
  /** Reads it again as it stands in the journal: what is sealed there is not open in it. */
  journalled?: () => unknown;
}

/** Names of what was changed, such as areas: for whoever has to be told after the commit. */
export type Touched = Iterable<string>;

/**
 * Is told after commits. `touched`: all that `apply` returned for what is committed, also when a batch was written entry by entry.
 * `throughSequence` is now in PostGIS. `entries`: how many were written; those that were parked do not count.
 */
export type CommitListener = (
  district: string,
  touched: ReadonlySet<string>,
  throughSequence: number,
  entries: number,
) => void;

/**
 * What a projection does with the journal. It must have the same effect whenever it is given the same entries in the same order.
 * `Event` is what its subjects carry: the journal is read as it, unchecked, so a list of projections is a `Projection[]` whatever each reads.
 */
export interface Projection<Event = unknown> {
  /** Names the position row, the lock and the metrics. */
  name: string;
  /** PostgreSQL schema that this projection alone writes; `migrate` gives it the positions table. */
  schema: string;
  /** One subject filter for a district, such as `vx.q7.SERVICE.>`. */
  filter: (district: string) => string;
  /** Makes the event of what stands on a subject of the journal, an older version of it too; left out: as it stands. What it throws on is parked. */
  read?: (journalled: unknown, subject?: string) => unknown;
  /** Writes the rows of a batch of one district, in journal order; returns what it touched. Throwing undoes the batch. */
  apply(transaction: Transaction, district: string, entries: Entry<Event>[]): Promise<Touched | undefined>;
  /** Deletes every row of a district. */
  forget: (transaction: Transaction, district: string) => Promise<void>;
  /**
   * Deletes what it wrote of the facts on a subject, and of those that hang together with them; returns the subjects of all, so that they are written
   * again in the order of the journal, with a fact among them that could not be written before. Undefined, or left out: a fact stands for itself.
   */
  forgetSubject?: (transaction: Transaction, district: string, subject: string) => Promise<string[] | undefined>;
  /** Others read its rows while they write theirs: a rebuild writes it before them. */
  rebuiltFirst?: boolean;
  /** Rest between batches while more is waiting, as a multiple of the time in which a batch is read and written: rows that can be late leave the machine to those that cannot. */
  restWhileMoreWaits?: number;
  /** After the commit: tell the bus. */
  committed?: CommitListener;
}

/** A place in the stream; without `storedAt` it is not looked for again. */
type Place = Pick<StoredAt, 'sequence'> & Partial<StoredAt>;

/** What is committed of a batch. */
interface Written {
  touched: Set<string>;
  entries: number;
}

export interface FollowOptions {
  database: Database;
  broker: Broker;
  log: Log;
  metrics?: Metrics;
  /** Says what was written of a trace; left out: nothing is traced. */
  tracer?: Tracer | undefined;
  /** Most entries of one transaction. */
  batchEntries?: number;
  /** Stop by itself when this sequence is committed (rebuild). */
  untilSequence?: number;
  /** Opens what stands sealed in the journal; left out: nothing is sealed. */
  open?: Open | undefined;
  /**
   * Is told when an event is of a newer version than this programme knows; the projection waits before it, so that a newer copy of the service can go on from there, or
   * this one after its upgrade. Left out: such an event is parked, and the rest goes on.
   */
  standsBack?: ((sequence: number, reason: string) => void) | undefined;
  /** False for the one who holds the projection's lock alone (rebuild). */
  sharesLock?: boolean;
}

/** The same for one transaction. */
export const exclusiveTransactionLockSql = `SELECT pg_advisory_xact_lock(hashtext('projection:' || $1))`;
/** Holds a projection still: taken by a session that rebuilds it, until that session unlocks or ends. */
export const exclusiveLockSql = `SELECT pg_advisory_lock(hashtext('projection:' || $1))`;
/** The same lock, shared, for one transaction of a follower. */
const lockSql = `SELECT pg_advisory_xact_lock_shared(hashtext('projection:' || $1))`;

/** Opens an event as it stands in the journal; what has nothing sealed comes back as it is. What it is given may be changed: it belongs to the caller no more. */
export type Open = (journalled: unknown) => unknown;

/**
 * What stands in the journal as the projection reads it.
 *
 * @param journalled reads it; each time an object of its own
 */
export function readBy<Event>(
  { read }: Pick<Projection<Event>, 'read'>,
  journalled: () => unknown,
  subject: string,
  open: Open = (one) => one,
): { event: Event; journalled: () => unknown } {
  const opened = open(journalled());
  return { event: (read ? read(opened, subject) : opened) as Event, journalled };
}

/**
 * Errors of the server or the way to it, not of the event: classes 08, 53, 55, 57, 40, tables that a rebuild has taken away for now, and a right
 * that this service does not have (42501).
 */
function isInfrastructure(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  if (/^(08|53|55|57|40|58)/.test(code) || ['42P01', '3F000', '42501', 'PROJECTION_MOVED'].includes(code)) return true;
  return (
    !/^[0-9A-Z]{5}$/.test(code) && (code.startsWith('E') || /terminat|timeout|connect/i.test((error as Error).message))
  );
}

/** The next event is of a newer version. */
class Ahead extends Error {
  readonly sequence: number;

  constructor(message: string, sequence: number) {
    super(message);
    this.sequence = sequence;
  }
}

/** How long a projection waits before it looks again at an event of a newer version, milliseconds. */
const standBackMs = 5000;

class PositionMoved extends Error {
  readonly code = 'PROJECTION_MOVED';
}

/** How long a trace is followed after its event was journalled, milliseconds. */
const tracedMs = 600_000;

/** How long no message has to come before what was read is written, although the broker says that there is more. */
const quietMs = 25;

/**
 * Follows one district's stream into PostGIS: batches, one transaction each, the position in the same transaction, so that the effect
 * of each event is exactly once whatever dies in between. The stream is read by an ordered pull consumer from the position in the
 * database: a slow database slows the reading, and at most `batchEntries * 2` entries are in memory.
 */
export class Follower<Event> {
  private readonly projection: Projection<Event>;
  private readonly stream: DistrictStream;
  private readonly options: FollowOptions;
  private messages: Reading | undefined;
  private stopped = false;
  private position = 0;
  private rowsMended: MendedRows | undefined;
  private waiters: { sequence: number; resolve: (reached: boolean) => void }[] = [];
  private readonly pauses = new Pauses();
  private readonly forgetReconnect: () => void;
  readonly done: Promise<void>;

  constructor(projection: Projection<Event>, stream: DistrictStream, options: FollowOptions) {
    this.projection = projection;
    this.stream = stream;
    this.options = options;
    // A consumer that outlived its broker delivers what was asked for before, and may then be silent for half a minute: a new one is opened.
    this.forgetReconnect = options.broker.onReconnect(() => this.messages?.stop());
    this.done = this.run();
  }

  /** Sequence of the last entry whose rows are committed. */
  get committedSequence(): number {
    return this.position;
  }

  /** What was found and done when the rows were ahead of the journal; undefined: they were not. */
  get mended(): MendedRows | undefined {
    return this.rowsMended;
  }

  /** True once `sequence` is committed, false after `timeoutMs`. */
  reached(sequence: number, timeoutMs: number): Promise<boolean> {
    if (this.position >= sequence) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), timeoutMs);
      this.waiters.push({
        sequence,
        resolve: (reached) => {
          clearTimeout(timer);
          resolve(reached);
        },
      });
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.forgetReconnect();
    this.messages?.stop();
    this.pauses.stop();
    await this.done;
    for (const waiter of this.waiters.splice(0)) waiter.resolve(false);
  }

  private async run(): Promise<void> {
    let backOffMs = 200;
    while (!this.stopped) {
      try {
        const position = await this.readPosition();
        this.moveTo(position.sequence);
        await this.mendWhenAhead(position);
        if (this.finished()) return;
        await this.read();
        backOffMs = 200;
        if (this.finished()) return;
      } catch (error) {
        if (this.stopped) return;
        const { log, standsBack } = this.options;
        if (standsBack && error instanceof Ahead) {
          standsBack(error.sequence, error.message);
          await this.pauses.pause(standBackMs);
          continue;
        }
        if (error instanceof ReadingEnded) {
          log.warn(
            {
              reason: error.reason,
              projection: this.projection.name,
              stream: this.stream.stream,
              position: this.position,
            },
            'the broker fell silent: the journal is read anew',
          );
          continue;
        }
        log.warn(
          { err: error, projection: this.projection.name, stream: this.stream.stream },
          'projection waits and tries again',
        );
        // Whoever stops it, because the lead is lost with the database, waits for its end before he begins anew.
        await this.pauses.pause(backOffMs);
        backOffMs = Math.min(backOffMs * 2, 5000);
      }
    }
  }

  private finished(): boolean {
    return this.options.untilSequence !== undefined && this.position >= this.options.untilSequence;
  }

  /**
   * A journal that lost its end to a power cut, or was restored from a copy, goes on with other facts under the sequences that the rows have already: the rows are
   * written again from what it has.
   */
  private async mendWhenAhead(position: Position): Promise<void> {
    const { broker, database } = this.options;
    const { name, schema } = this.projection;
    const { district, stream } = this.stream;
    const ahead = await whyAhead(broker, stream, this.projection.filter(district), position);
    if (!ahead) return;
    this.sayMended({ projection: name, district, position: position.sequence, ...ahead });
    await inTransaction(database, async (transaction) => {
      await transaction.query(exclusiveTransactionLockSql, [name]);
      const { rowCount } = await transaction.query(
        `UPDATE "${schema}".positions SET sequence = 0, stored_at = NULL, updated_at = now()
         WHERE projection = $1 AND stream = $2 AND sequence = $3 AND stream_created = $4`,
        [name, stream, position.sequence, this.stream.created],
      );
      if (rowCount !== 1) throw new PositionMoved(`position of ${name} on ${stream} is no longer ${position.sequence}`);
      await this.projection.forget(transaction, district);
    });
    this.moveTo(0);
  }

  private sayMended(found: MendedRows): void {
    this.rowsMended = found;
    this.options.log.error(found, 'the rows are ahead of the journal: they are written again from it');
  }

  private async readPosition(): Promise<Position> {
    const { database } = this.options;
    const { schema, name } = this.projection;
    return inTransaction(database, async (transaction) => {
      if (this.options.sharesLock !== false) await transaction.query(lockSql, [name]);
      const { rows } = await transaction.query<{ sequence: number; stream_created: string; stored_at: string | null }>(
        `SELECT sequence, stream_created, stored_at FROM "${schema}".positions WHERE projection = $1 AND stream = $2`,
        [name, this.stream.stream],
      );
      const row = rows[0];
      if (row && row.stream_created === this.stream.created) return { sequence: row.sequence, storedAt: row.stored_at };
      // Another journal under the same name: an exercise that was thrown away, or a real one that a power cut took whole and the start made anew.
      if (row) {
        const { district, exercise, clock, lastSequence } = this.stream;
        if (!exercise && clock === 'live' && row.sequence > 0)
          this.sayMended({
            projection: name,
            district,
            position: row.sequence,
            journalEnds: lastSequence,
            reason: 'other-journal',
          });
        await this.projection.forget(transaction, this.stream.district);
      }
      await transaction.query(
        `INSERT INTO "${schema}".positions (projection, stream, district, stream_created, disposable, sequence) VALUES ($1, $2, $3, $4, $5, 0)
         ON CONFLICT (projection, stream) DO UPDATE SET stream_created = excluded.stream_created, sequence = 0, stored_at = NULL`,
        [
          name,
          this.stream.stream,
          this.stream.district,
          this.stream.created,
          this.stream.exercise || this.stream.clock === 'recorded',
        ],
      );
      return { sequence: 0, storedAt: null };
    });
  }

  private async read(): Promise<void> {
    const batchEntries = this.options.batchEntries ?? 2000;
    const messages = await readStream(this.options.broker, {
      stream: this.stream.stream,
      after: this.position,
      filter: this.projection.filter(this.stream.district),
      ahead: batchEntries * 2,
    });
    if (this.stopped) {
      messages.stop();
      return;
    }
    this.messages = messages;
    this.options.log.debug(
      { projection: this.projection.name, stream: this.stream.stream, position: this.position },
      'the journal is read',
    );
    let writing: Promise<void> = Promise.resolve();
    let failure: unknown;
    let batch: Entry<Event>[] = [];
    let readingMs = 0;
    let busy = false;
    let flushed = this.position;
    const flush = (at: StoredAt, pending: number) => {
      const { sequence: through } = at;
      if (through === flushed) return;
      const entries = batch;
      batch = [];
      const spentMs = readingMs;
      readingMs = 0;
      flushed = through;
      busy = true;
      writing = this.write(entries, at, { pending, readingMs: spentMs })
        .catch((error) => {
          failure = error;
          messages.stop();
        })
        .finally(() => {
          busy = false;
          // What came while this batch was written is the next one: entries that arrive one by one are not written one by one.
          if (failure) return;
          if (last?.pending === 0) flush(storedAt(last.message), 0);
          else if (batch.length) flushWhenQuiet();
        });
    };
    let last: { message: JsMsg; at: number; pending: number } | undefined;
    // The broker's count of what is pending behind a filter can be too high (seen with 2.9.10): then no message is ever "the last", and a
    // batch would wait for the next 2,000. What has waited for a quiet moment is written.
    let quiet: NodeJS.Timeout | undefined;
    const flushWhenQuiet = () => {
      quiet ??= setTimeout(() => {
        quiet = undefined;
        if (busy || failure || !last) return;
        if (performance.now() - last.at >= quietMs) flush(storedAt(last.message), 0);
        else flushWhenQuiet();
      }, quietMs);
    };
    try {
      for await (const message of messages) {
        const begun = performance.now();
        let entry: Entry<Event> | undefined;
        try {
          entry = await this.decode(message);
        } catch (error) {
          // What stands before it is written first.
          while (busy) await writing;
          if (!failure && last && batch.length > 0) flush(storedAt(last.message), 0);
          while (busy) await writing;
          throw failure ?? error;
        }
        readingMs += performance.now() - begun;
        if (entry) batch.push(entry);
        const pending = message.info.pending;
        last = { message, at: performance.now(), pending };
        const { untilSequence } = this.options;
        const final = untilSequence !== undefined && message.seq >= untilSequence;
        if (batch.length < batchEntries && !final && (pending > 0 || busy)) {
          flushWhenQuiet();
          continue;
        }
        // While PostgreSQL writes one batch, the next is read and decoded; never more than one waits.
        while (busy) await writing;
        if (failure) throw failure;
        flush(storedAt(message), pending);
        if (final) break;
      }
    } finally {
      clearTimeout(quiet);
      messages.stop();
      while (busy) await writing;
    }
    if (failure) throw failure;
  }

  private async decode(message: JsMsg): Promise<Entry<Event> | undefined> {
    try {
      const { seq: sequence, subject } = message;
      return { sequence, subject, ...readBy(this.projection, () => message.json(), subject, this.options.open) };
    } catch (error) {
      if (this.options.standsBack && isNewerEvent(error)) throw new Ahead((error as Error).message, message.seq);
      await this.park({ sequence: message.seq, subject: message.subject, event: message.string() as Event }, error);
      return undefined;
    }
  }

  private async write(
    entries: Entry<Event>[],
    at: StoredAt,
    { pending, readingMs }: { pending: number; readingMs: number },
  ): Promise<void> {
    const { sequence: through } = at;
    const { metrics } = this.options;
    const { name } = this.projection;
    const end = metrics?.projectionBatchSeconds.startTimer({ projection: name });
    const start = performance.now();
    const written: Written = { touched: new Set(), entries: 0 };
    try {
      try {
        await this.commit(entries, at, written);
      } catch (error) {
        if (isInfrastructure(error)) throw error;
        await this.writeWhatCanBe(entries, at, written);
      }
    } catch (error) {
      // Part by part, until the server went away: what is committed will not be applied again, so it is told now.
      if (written.entries) this.tell(written, this.position);
      throw error;
    }
    end?.();
    this.sayWritten(entries, at, start);
    const { restWhileMoreWaits } = this.projection;
    if (restWhileMoreWaits && pending > 0 && !this.stopped)
      await sleep((performance.now() - start + readingMs) * restWhileMoreWaits);
    metrics?.projectedEvents.inc({ projection: name, stream: this.stream.stream }, written.entries);
    this.tell(written, through);
  }

  /** What was journalled long ago is written again by a rebuild: nobody follows its trace. */
  private sayWritten(entries: readonly Entry<Event>[], { storedAt: stored }: StoredAt, start: number): void {
    const { tracer } = this.options;
    const now = Date.now();
    if (!tracer || now - Number(stored) / 1e6 > tracedMs) return;
    const traces = tracesOf(entries.map(({ event }) => event as { traceparent?: unknown }));
    const attributes = { 'messaging.destination.name': this.stream.stream };
    const startedAt = now - (performance.now() - start);
    sayDone(tracer, `rows of ${this.projection.name}`, traces, { kind: 'consumer', startedAt, attributes });
  }

  private tell(written: Written, through: number): void {
    this.moveTo(through);
    this.projection.committed?.(this.stream.district, written.touched, through, written.entries);
  }

  private moveTo(sequence: number): void {
    this.position = sequence;
    this.waiters = this.waiters.filter((waiter) => {
      if (waiter.sequence > sequence) return true;
      waiter.resolve(true);
      return false;
    });
  }

  /** The rows and the position, or neither. What is committed is added to `written`. */
  private async commit(entries: Entry<Event>[], at: Place, written: Written): Promise<void> {
    const touched = await inTransaction(this.options.database, async (transaction) => {
      // Losing the last moments of a projection to a power cut costs nothing: the position is lost with the rows, and the journal has both.
      await transaction.query('SET LOCAL synchronous_commit = off');
      if (this.options.sharesLock !== false) await transaction.query(lockSql, [this.projection.name]);
      const names = entries.length
        ? await this.projection.apply(transaction, this.stream.district, entries)
        : undefined;
      const { rowCount } = await transaction.query(
        `UPDATE "${this.projection.schema}".positions SET sequence = $3, stored_at = $6, updated_at = now()
         WHERE projection = $1 AND stream = $2 AND sequence = $4 AND stream_created = $5`,
        [
          this.projection.name,
          this.stream.stream,
          at.sequence,
          this.position,
          this.stream.created,
          at.storedAt ?? null,
        ],
      );
      if (rowCount !== 1)
        throw new PositionMoved(
          `position of ${this.projection.name} on ${this.stream.stream} is no longer ${this.position}`,
        );
      return names;
    });
    for (const name of touched ?? []) written.touched.add(name);
    written.entries += entries.length;
  }

  /** A batch with a poisonous event: what can be written, each part in a transaction of its own; what cannot be written is parked with its reason, and the rest goes on. */
  private async writeWhatCanBe(entries: Entry<Event>[], at: StoredAt, written: Written): Promise<void> {
    const write = async (part: Entry<Event>[]) => {
      const { sequence } = part.at(-1)!;
      try {
        await this.commit(part, { sequence }, written);
      } catch (error) {
        if (isInfrastructure(error)) throw error;
        return { error };
      }
      this.position = sequence;
      return undefined;
    };
    await writeInParts(entries, write, (entry, { error }) => this.park(entry, error));
    await this.commit([], at, written);
  }

  private async park(entry: Entry<Event>, error: unknown): Promise<void> {
    const { broker, log, metrics } = this.options;
    await park(broker, {
      projection: this.projection.name,
      district: this.stream.district,
      // As it stands in the journal: what is sealed there is not open here.
      entry: { sequence: entry.sequence, subject: entry.subject, event: entry.journalled?.() ?? entry.event },
      reason: (error as Error).message,
    });
    metrics?.parkedEvents.inc({ projection: this.projection.name });
    log.error(
      {
        err: error,
        projection: this.projection.name,
        sequence: entry.sequence,
        subject: entry.subject,
        // The request from which it came: the log of the door has it too.
        requestId: (entry.event as { correlationid?: unknown } | null)?.correlationid,
      },
      'event parked',
    );
  }
}
