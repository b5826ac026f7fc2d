import { setTimeout as sleep } from 'node:timers/promises';
import type { Broker } from './broker.ts';
import { type Database, inTransaction } from './database.ts';
import { type DeadLetter, listDeadLetters } from './dead-letters.ts';
import { type DistrictStream, listDistrictStreams, streamOf, watchDistricts } from './journal.ts';
import type { Leadership, Led } from './leadership.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { StandsBack } from './newer-event.ts';
import { Follower, type Open, type Projection } from './projection.ts';
import type { MendedRows } from './projection-mend.ts';
import { retryDeadLetters } from './retry-dead-letters.ts';
import type { Tracer } from './tracing.ts';

/** A projection over every district there is, and every one that comes later. */
export interface FollowedProjection {
  name: string;
  /** Those that are followed now. */
  districts: () => string[];
  /** This process writes the rows of the district, and no other copy of it. */
  leads: (district: string) => boolean;
  /** Is told each district whose rows this process begins to write, those of now too. */
  onLead: (listener: (district: string) => void) => void;
  /** Committed sequence of a district, or 0; where another copy writes the rows, as it was seen last. */
  committedSequence: (district: string) => number;
  /** The same, asked of the rows where another copy writes them; as it was seen last while they cannot be asked. */
  position: (district: string) => Promise<number>;
  /** True once the sequence is in PostGIS, false after the time. */
  reached: (district: string, sequence: number, timeoutMs: number) => Promise<boolean>;
  /** Districts in which it waits before an event of a newer version than this programme knows. */
  standsBack: () => StandsBack[];
  /** Rows that were ahead of their journal since the start, and are written again. */
  mended: () => MendedRows[];
  deadLetters: () => Promise<DeadLetter[]>;
  /** Applies parked events again; those that still fail stay parked. Returns the numbers that went through. */
  retryDeadLetters: () => Promise<number[]>;
  stop: () => Promise<void>;
}

/** How long a copy that stood back leaves the lead to others, milliseconds. They ask for it four times a second. */
const standBackMs = 5000;

/** Between two looks at a position that another copy moves, milliseconds. */
const lookAgainMs = 20;

/**
 * Writes the rows of a projection for every district.
 *
 * @param options leadership: one of several copies writes the rows of a district, and the others look at how far it is; left out: there is one
 */
export async function followDistricts<Event>(
  projection: Projection<Event>,
  options: {
    database: Database;
    broker: Broker;
    log: Log;
    metrics?: Metrics;
    tracer?: Tracer | undefined;
    batchEntries?: number;
    open?: Open | undefined;
    leadership?: Leadership | undefined;
  },
): Promise<FollowedProjection> {
  const { leadership, database } = options;
  const followers = new Map<string, Follower<Event>>();
  /** What is led or waited for, by district. */
  const led = new Map<string, Led>();
  let stopped = false;
  /** Positions that other copies moved, as they were seen last. */
  const seen = new Map<string, number>();
  const listeners = new Set<(district: string) => void>();
  /** Events of newer versions before which it waits, by district. */
  const waitsBefore = new Map<string, StandsBack>();
  const gauge = (district: string) => ({ projection: projection.name, stream: streamOf(district) });
  /** Waits before an event of a newer version, and leaves the lead to a copy of the service that may know it. */
  const standBack = (stream: DistrictStream, sequence: number, reason: string) => {
    const { district } = stream;
    if (waitsBefore.get(district)?.sequence !== sequence) {
      const found = { projection: projection.name, district, sequence, reason, since: new Date().toISOString() };
      waitsBefore.set(district, found);
      options.log.error(
        found,
        'an event of a newer version: the projection waits before it until this service is upgraded',
      );
      options.metrics?.projectionStandsBack.set(gauge(district), 1);
    }
    const leading = led.get(district);
    if (!leadership || !leading || stopped) return;
    // In its place stands the wait for another try: long enough for another copy to take the lead.
    const again = setTimeout(() => {
      if (led.get(district) === waiting) lead(stream);
    }, standBackMs);
    const given = leading
      .stop()
      .catch((error) => options.log.error({ err: error, district }, 'the lead was not given up'));
    const waiting: Led = {
      stop: async () => {
        clearTimeout(again);
        await given;
      },
    };
    led.set(district, waiting);
  };
  /** A newer event that another copy has written, or this one, is waited for no more. */
  const goesOn = (district: string, position: number) => {
    const before = waitsBefore.get(district);
    if (!before || position < before.sequence) return;
    waitsBefore.delete(district);
    options.metrics?.projectionStandsBack.set(gauge(district), 0);
    options.log.info({ projection: projection.name, district }, 'the projection goes on');
  };
  const begin = (stream: DistrictStream): Led => {
    const { district } = stream;
    const standsBack = leadership && ((sequence: number, reason: string) => standBack(stream, sequence, reason));
    const follower = new Follower(projection, stream, { ...options, standsBack });
    followers.set(district, follower);
    for (const listener of listeners) listener(district);
    return {
      stop: async () => {
        if (followers.get(district) === follower) followers.delete(district);
        await follower.stop();
        // One that never came to read its position knows of none.
        if (follower.committedSequence > 0) seen.set(district, follower.committedSequence);
      },
    };
  };
  const workOf = (district: string) => `${projection.schema}.${projection.name} ${district}`;
  const positionOf = async (district: string): Promise<number> => {
    const { rows } = await database.query<{ sequence: number }>(
      `SELECT sequence FROM "${projection.schema}".positions WHERE projection = $1 AND stream = $2`,
      [projection.name, streamOf(district)],
    );
    const sequence = rows[0]?.sequence ?? 0;
    seen.set(district, sequence);
    goesOn(district, sequence);
    return sequence;
  };
  const reached = async (district: string, sequence: number, timeoutMs: number): Promise<boolean> => {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const leftMs = deadline - performance.now();
      const follower = followers.get(district);
      // It may be stopped while it is waited for, because another copy leads now.
      if (follower && (await follower.reached(sequence, Math.max(0, leftMs)))) return true;
      if (stopped || leftMs <= 0) return false;
      // A district that has only just been opened: its stream is told of, and followed in a moment.
      if (led.has(district) && !followers.has(district) && (await positionOf(district)) >= sequence) return true;
      await sleep(lookAgainMs);
    }
  };
  const forget = async (district: string) => {
    await inTransaction(options.database, async (transaction) => {
      await projection.forget(transaction, district);
      await transaction.query(`DELETE FROM "${projection.schema}".positions WHERE projection = $1 AND district = $2`, [
        projection.name,
        district,
      ]);
    });
  };
  const followed = (await listDistrictStreams(options.broker)).map((stream) => stream.district);
  // Exercises that were thrown away while this service was down.
  const { rows: orphans } = await options.database.query<{ district: string }>(
    `SELECT district FROM "${projection.schema}".positions WHERE projection = $1 AND disposable AND district <> ALL($2::text[])`,
    [projection.name, followed],
  );
  for (const { district } of orphans) await forget(district);
  // A district that goes and comes back at once: its old rows are gone before the new follower starts.
  const leaving = new Map<string, Promise<void>>();
  const lead = (stream: DistrictStream) => {
    led.set(stream.district, leadership?.lead(workOf(stream.district), () => begin(stream)) ?? begin(stream));
  };
  const unwatch = await watchDistricts(options.broker, {
    added: (stream: DistrictStream) => {
      const start = () => {
        if (!stopped) lead(stream);
      };
      const left = leaving.get(stream.district);
      if (left) void left.then(start);
      else start();
    },
    removed: (district) => {
      const leading = led.get(district);
      led.delete(district);
      seen.delete(district);
      waitsBefore.delete(district);
      const left = (async () => {
        await leading?.stop();
        await forget(district);
      })()
        .catch((error) => options.log.error({ err: error, district }, 'district not forgotten'))
        .finally(() => leaving.delete(district));
      leaving.set(district, left);
    },
  });
  return {
    name: projection.name,
    districts: () => [...led.keys()],
    leads: (district) => followers.has(district),
    onLead: (listener) => {
      listeners.add(listener);
      for (const district of followers.keys()) listener(district);
    },
    committedSequence: (district) => followers.get(district)?.committedSequence ?? seen.get(district) ?? 0,
    position: async (district) =>
      // 0: it has not read it yet.
      followers.get(district)?.committedSequence || (await positionOf(district).catch(() => seen.get(district) ?? 0)),
    reached,
    standsBack: () => [...waitsBefore.values()],
    mended: () => [...followers.values()].map(({ mended }) => mended).filter((rows) => rows !== undefined),
    deadLetters: () => listDeadLetters(options.broker, projection.name),
    retryDeadLetters: () => retryDeadLetters(projection, options),
    stop: async () => {
      stopped = true;
      unwatch();
      await Promise.all(leaving.values());
      await Promise.all([...led.values()].map((one) => one.stop()));
    },
  };
}
