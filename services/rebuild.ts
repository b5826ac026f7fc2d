import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { Appender } from '#platform/append.ts';
import type { Broker } from '#platform/broker.ts';
import { migrate, openDatabase } from '#platform/database.ts';
import { lastMessage, listDistrictStreams } from '#platform/journal.ts';
import type { Log } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import { exclusiveLockSql, Follower, type Open, type Projection } from '#platform/projection.ts';
import { schemas as allSchemas } from './migrations.ts';
import { allProjections, rebuildStages } from './projections.ts';

/** What a rebuild drops and makes again. */
const schemas = allSchemas.filter(({ kept }) => !kept);

export interface RebuildProgress {
  projection: string;
  district: string;
  events: number;
  seconds: number;
}

/**
 * Drops every projected schema, makes it again, and replays all journals into it. Services may go on running: they wait for the locks, answer
 * 503 meanwhile, and go on from the new positions. Nothing is lost if this is interrupted: the journal is untouched, run it again.
 */
export async function rebuild(options: {
  databaseUrl: string;
  broker: Broker;
  log: Log;
  progress?: (step: RebuildProgress) => void;
  /** Districts to replay; left out: all there are. */
  districts?: string[];
  /** Opens what stands sealed in the journals; left out: nothing sealed is read. */
  open?: Open | undefined;
}): Promise<RebuildProgress[]> {
  const { databaseUrl, broker, log } = options;
  const holder = new pg.Client({ connectionString: databaseUrl });
  await holder.connect();
  const database = openDatabase(databaseUrl, { max: 6 });
  const appender = new Appender(broker);
  const done: RebuildProgress[] = [];
  try {
    const parts = {
      database,
      broker,
      appender,
      log,
      metrics: createMetrics('rebuild'),
      now: () => new Date(),
      newId: randomUUID,
    };
    const projections = rebuildStages(await allProjections(parts));
    for (const projection of projections.flat()) await holder.query(exclusiveLockSql, [projection.name]);
    // Made again for the role that it belonged to.
    const { rows: owned } = await holder.query<{ schema: string; owner: string }>(
      'SELECT nspname AS schema, rolname AS owner FROM pg_namespace JOIN pg_roles ON pg_roles.oid = nspowner WHERE nspname = ANY($1)',
      [schemas.map(({ schema }) => schema)],
    );
    for (const { schema } of schemas.toReversed()) await holder.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
    for (const { schema, owner } of owned)
      await holder.query(`CREATE SCHEMA "${schema}" AUTHORIZATION ${pg.escapeIdentifier(owner)}`);
    for (const { schema, folder } of schemas) await migrate(databaseUrl, schema, folder);
    const streams = (await listDistrictStreams(broker)).filter(
      ({ district }) => options.districts?.includes(district) ?? true,
    );
    for (const stage of projections) {
      // Two cores: the projections of a stage go side by side, each through its districts one after another.
      await Promise.all(
        stage.map(async (projection) => {
          for (const stream of streams) {
            const last = await lastMessage(broker, stream.stream, projection.filter(stream.district));
            if (!last) continue;
            const start = performance.now();
            let events = 0;
            const counted: Projection = {
              ...projection,
              restWhileMoreWaits: 0,
              committed: (_district, _touched, _throughSequence, entries) => {
                events += entries;
              },
            };
            const follower = new Follower(counted, stream, {
              database,
              broker,
              log,
              untilSequence: last.sequence,
              sharesLock: false,
              open: options.open,
              batchEntries: 5000,
            });
            await follower.done;
            const step = {
              projection: projection.name,
              district: stream.district,
              events,
              seconds: (performance.now() - start) / 1000,
            };
            done.push(step);
            options.progress?.(step);
          }
        }),
      );
    }
    for (const { schema } of schemas) await analyse(holder, schema);
    return done;
  } finally {
    appender.close();
    await database.end();
    // Ending the session lets the services go on.
    await holder.end();
  }
}

/** Fresh statistics, so that the first reads after a rebuild are planned on what is there. */
async function analyse(client: pg.Client, schema: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = $1`,
    [schema],
  );
  for (const { name } of rows) await client.query(`ANALYZE "${schema}"."${name}"`);
}
