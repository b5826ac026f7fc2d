import type { Broker } from './broker.ts';
import { type Database, inTransaction } from './database.ts';
import { type DeadLetter, listDeadLetters } from './dead-letters.ts';
import { type DistrictStream, listDistrictStreams, watchDistricts } from './journal.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { Follower, type Open, type Projection } from './projection.ts';
import type { MendedRows } from './projection-mend.ts';
import { retryDeadLetters } from './retry-dead-letters.ts';

/** A projection over every district there is, and every one that comes later. */
export interface FollowedProjection {
  name: string;
  /** Those that are followed now. */
  districts: () => string[];
  /** Committed sequence of a district, or 0. */
  committedSequence: (district: string) => number;
  /** True once the sequence is in PostGIS, false after the time. */
  reached: (district: string, sequence: number, timeoutMs: number) => Promise<boolean>;
  /** Rows that were ahead of their journal since the start, and are written again. */
  mended: () => MendedRows[];
  deadLetters: () => Promise<DeadLetter[]>;
  /** Applies parked events again; those that still fail stay parked. Returns the numbers that went through. */
  retryDeadLetters: () => Promise<number[]>;
  stop: () => Promise<void>;
}

export async function followDistricts<Event>(
  projection: Projection<Event>,
  options: {
    database: Database;
    broker: Broker;
    log: Log;
    metrics?: Metrics;
    batchEntries?: number;
    open?: Open | undefined;
  },
): Promise<FollowedProjection> {
  const followers = new Map<string, Follower<Event>>();
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
  let stopped = false;
  const unwatch = await watchDistricts(options.broker, {
    added: (stream: DistrictStream) => {
      const start = () => {
        if (!stopped) followers.set(stream.district, new Follower(projection, stream, options));
      };
      const left = leaving.get(stream.district);
      if (left) void left.then(start);
      else start();
    },
    removed: (district) => {
      const follower = followers.get(district);
      followers.delete(district);
      const left = (async () => {
        await follower?.stop();
        await forget(district);
      })()
        .catch((error) => options.log.error({ err: error, district }, 'district not forgotten'))
        .finally(() => leaving.delete(district));
      leaving.set(district, left);
    },
  });
  return {
    name: projection.name,
    districts: () => [...followers.keys()],
    committedSequence: (district) => followers.get(district)?.committedSequence ?? 0,
    reached: async (district, sequence, timeoutMs) =>
      (await followers.get(district)?.reached(sequence, timeoutMs)) ?? false,
    mended: () => [...followers.values()].map(({ mended }) => mended).filter((rows) => rows !== undefined),
    deadLetters: () => listDeadLetters(options.broker, projection.name),
    retryDeadLetters: () => retryDeadLetters(projection, options),
    stop: async () => {
      stopped = true;
      unwatch();
      await Promise.all(leaving.values());
      await Promise.all([...followers.values()].map((follower) => follower.stop()));
    },
  };
}
