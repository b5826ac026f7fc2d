import { randomUUID } from 'node:crypto';
import { type App, assertAccessDeclared, createApp } from '../app.ts';
import { Appender } from '../append.ts';
import { migrate } from '../database.ts';
import { lastMessage } from '../journal.ts';
import { createMetrics } from '../metrics.ts';
import { everybodyMay, type Permit } from '../permission.ts';
import type { Projection } from '../projection.ts';
import { type FollowedProjection, followDistricts } from '../projections.ts';
import type { RecogniseSender } from '../senders.ts';
import { heardThrough, type ServiceDefinition, type ServiceParts } from '../service.ts';
import type { SmallCells } from '../small-cells.ts';
import type { Tracer } from '../tracing.ts';
import { silentLog, temporaryDatabase, testBroker } from './servers.ts';

export interface ServiceUnderTest {
  app: App;
  parts: ServiceParts;
  projections: FollowedProjection[];
  /** Deletes what the projections wrote of a district and writes it again from the journal; `lastFirst`: the last of them is written before the others. */
  rebuild: (district: string, batchEntries?: number, lastFirst?: boolean) => Promise<void>;
  stop: () => Promise<void>;
}

/** A whole service on the run's real servers, with a database of its own, answering `app.request` without a port. `others`: schemas it reads. */
export async function startServiceUnderTest(
  definition: ServiceDefinition,
  options: {
    others?: { schema: string; migrations: URL }[];
    now?: () => Date;
    batchEntries?: number;
    senders?: RecogniseSender;
    /** Left out: everybody may do everything. */
    permit?: Permit;
    tracer?: Tracer;
    /** Districts in which it may say something of itself; left out: none. */
    acts?: (district: string) => boolean;
    /** Left out: who may be told counts is told the exact ones. */
    smallCellsBy?: (database: ServiceParts['database']) => SmallCells;
  } = {},
): Promise<ServiceUnderTest> {
  const broker = await testBroker();
  const { tracer } = options;
  const appender = new Appender(broker, { tracer });
  const { url, database, drop } = await temporaryDatabase();
  for (const other of options.others ?? []) await migrate(url, other.schema, other.migrations);
  await migrate(url, definition.schema, definition.migrations);
  const now = options.now ?? (() => new Date());
  const metrics = createMetrics(definition.name);
  const acts = options.acts ?? (() => false);
  const parts: ServiceParts = { database, broker, appender, log: silentLog, metrics, now, newId: randomUUID, acts };
  const { name, access, bodyLimitBytes } = definition;
  const composed = definition.compose(parts);
  const { waiting } = composed;
  const projections: FollowedProjection[] = [];
  const heard = heardThrough(composed, projections);
  const { permit = everybodyMay } = options;
  const app = createApp({
    name,
    log: silentLog,
    metrics,
    tracer,
    access,
    bodyLimitBytes,
    senders: options.senders,
    waiting,
    heard,
    areaOf: composed.areaOf,
    permit,
    smallCells: options.smallCellsBy?.(database),
  });
  const follow = (projection: Projection) =>
    followDistricts(projection, { database, broker, log: silentLog, tracer, batchEntries: options.batchEntries });
  projections.push(...(await Promise.all(composed.projections.map(follow))));
  const extra = await composed.build(app, projections);
  assertAccessDeclared(app, access);
  return {
    app,
    parts,
    projections,
    rebuild: async (district, batchEntries = 7, lastFirst = false) => {
      for (const projection of lastFirst ? composed.projections.toReversed() : composed.projections) {
        const client = await database.connect();
        try {
          await client.query('BEGIN');
          await client.query(`SELECT pg_advisory_xact_lock(hashtext('projection:' || $1))`, [projection.name]);
          await projection.forget(client, district);
          await client.query(`DELETE FROM "${projection.schema}".positions WHERE projection = $1 AND district = $2`, [
            projection.name,
            district,
          ]);
          await client.query('COMMIT');
        } finally {
          client.release();
        }
        const again = await followDistricts(projection, { database, broker, log: silentLog, batchEntries });
        // One whose subjects are empty reaches nothing.
        const last = await lastMessage(broker, `VX_${district}`, projection.filter(district));
        const reached = !last || (await again.reached(district, last.sequence, 20_000));
        await again.stop();
        if (!reached) throw new Error(`rebuild of ${district} did not reach ${last.sequence}`);
      }
    },
    stop: async () => {
      await extra?.stop();
      for (const projection of projections) await projection.stop();
      appender.close();
      await broker.close();
      await drop();
    },
  };
}
