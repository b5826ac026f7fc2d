import { randomUUID } from 'node:crypto';
import { type App, type AppOptions, assertAccessDeclared, createApp, type RouteAccess } from './app.ts';
import { Appender, type AppenderOptions } from './append.ts';
import { keepBooks } from './audit.ts';
import type { AuditOptions } from './audit-requests.ts';
import { type Broker, openBroker } from './broker.ts';
import { doorNames, gateSecret, readConfig, serviceEnvironment, servicesOfEnvironment } from './config.ts';
import { type Database, migrate, openDatabase, openReads } from './database.ts';
import { countDeadLetters } from './dead-letters.ts';
import { diskMetrics } from './disk-metrics.ts';
import { spaceOf } from './disk-space.ts';
import { insideEdge } from './edge.ts';
import { openLeadership } from './leadership.ts';
import { ledgerOver } from './ledger-over.ts';
import { createLog, type Log } from './log.ts';
import { measureService } from './measures.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { listenForMetrics } from './metrics-listener.ts';
import type { AreaOf, Permit } from './permission.ts';
import { keysOfEnvironment, type PersonKeys, personKeysIn, stateOfKeys } from './person-keys.ts';
import type { Open, Projection } from './projection.ts';
import { type FollowedProjection, followDistricts } from './projections.ts';
import { type Running, runUntilStopped } from './run.ts';
import { recogniseSender, sendersOfEnvironment } from './senders.ts';
import { listen } from './serve.ts';
import type { SmallCells } from './small-cells.ts';
import { openTracer } from './tracing.ts';

/** What a service is built from; tests make the same with their own servers, clock and ids. */
export interface ServiceParts {
  database: Database;
  broker: Broker;
  appender: Appender;
  log: Log;
  metrics: Metrics;
  now: () => Date;
  newId: () => string;
  /** The keys of persons; left out: the service has nothing to do with them. */
  keys?: PersonKeys;
  /** Whether a service may say something of itself in a district (what is due, what follows from a rule); left out: in all. Tests that share a broker keep to their own. */
  acts?: (district: string) => boolean;
}

export interface ServiceDefinition {
  name: string;
  schema: string;
  migrations: URL;
  access: Record<string, RouteAccess>;
  bodyLimitBytes?: number;
  /** Called once, when the servers are there. */
  compose: (parts: ServiceParts) => ComposedService;
}

/** A service with its parts: what it follows and what it answers. */
export interface ComposedService {
  /** The projections that write the schema. */
  projections: Projection[];
  /** By district, how many entities wait for the event that makes them known: only changes of them were heard. Left out: none ever does. */
  waiting?: () => Promise<Record<string, number>>;
  /** The area in which the entity of a path lies; undefined: nobody knows. Left out: no route is asked by it (`entity` of the access table). */
  areaOf?: AreaOf | undefined;
  /** Ids of the events of a source that the rows have of a district, in the order of the journal (heard.ts). Left out: nobody asks. */
  heard?: (district: string, source: string) => Promise<string[]>;
  /** Adds the routes, once the projections are followed; `followed` are in the order given. May return something to stop. */
  build: (app: App, followed: FollowedProjection[]) => Promise<Running | undefined> | Running | undefined;
}

/** Events that projections could not write. */
async function parkedBy(broker: Broker, followed: readonly Pick<FollowedProjection, 'name'>[]): Promise<number> {
  const counts = await Promise.all(followed.map(({ name }) => countDeadLetters(broker, name)));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** How long an asker waits for rows that are about to be written, milliseconds. */
const heardWaitMs = 10_000;

/** What the rows have heard, once they hold what stands in the journal up to a sequence. The first projection is the one that keeps what was heard. */
export const heardThrough = (
  { heard }: Pick<ComposedService, 'heard'>,
  followed: readonly Pick<FollowedProjection, 'reached'>[],
): AppOptions['heard'] =>
  heard &&
  (async (district, source, through) => {
    if (through > 0) await followed[0]?.reached(district, through, heardWaitMs);
    return heard(district, source);
  });

/**
 * Opens, migrates, follows, listens; stops in reverse order. The whole of a service's main.ts.
 *
 * @param gate who asks and what he may, by the secret with which the front door seals it; how a person stands in an answer; as who the ledger is written;
 * to whom counts of persons are told exactly
 */
export async function startService(
  definition: ServiceDefinition,
  gate: {
    permitBy: (gateSecret: string) => Permit;
    frontDoor: string;
    smallCellsOf: (database: Database) => SmallCells;
    /** What is sealed on its way into the journal, and opened on its way out; left out: the service has nothing to do with it. */
    sealingBy?: ((keys: PersonKeys) => { seal: AppenderOptions['seal']; open: Open }) | undefined;
  } & Pick<AuditOptions, 'personsIn' | 'personParameter'>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const config = readConfig(
    {
      ...serviceEnvironment,
      VX_SENDERS: sendersOfEnvironment,
      VX_GATE_SECRET: gateSecret,
      VX_SERVICES: servicesOfEnvironment,
      VX_HOSTS: doorNames,
      ...keysOfEnvironment,
    },
    env,
  );
  const log = createLog(definition.name, config.LOG_LEVEL);
  const metrics = createMetrics(definition.name);
  await migrate(config.DATABASE_URL, definition.schema, definition.migrations);
  const database = openReads(config.DATABASE_URL, undefined, (error) =>
    log.warn({ err: error }, 'questions may fill the disk with temporary files: this user may not limit them'),
  );
  const writing = openDatabase(config.DATABASE_URL);
  const broker = await openBroker(config.NATS_URL, definition.name, log, { replicas: config.NATS_REPLICAS });
  const keys = gate.sealingBy && personKeysIn(config);
  if (keys?.fault) log.error({ reason: keys.fault }, 'the keys of persons cannot be used');
  const sealing = keys && gate.sealingBy?.(keys);
  const space = spaceOf(config.VX_DISK);
  diskMetrics(metrics.registry, space);
  const tracer = await openTracer(definition.name, config, log);
  const appender = new Appender(broker, { space, seal: sealing?.seal, metrics, tracer });
  const parts: ServiceParts = {
    database,
    broker,
    appender,
    log,
    metrics,
    now: () => new Date(),
    newId: randomUUID,
    ...(keys ? { keys } : {}),
  };

  const { permitBy, frontDoor, personsIn, personParameter, smallCellsOf } = gate;
  const books = keepBooks(ledgerOver(config.VX_SERVICES.identity, config.VX_GATE_SECRET, frontDoor), { log });
  const running: Running[] = [
    { name: 'traces', stop: () => tracer?.stop() },
    { name: 'ledger', stop: books.stop },
    { name: 'database', stop: () => database.end() },
    { name: 'database of the projections', stop: () => writing.end() },
    { name: 'broker', stop: () => broker.close() },
    { name: 'appender', stop: () => appender.close() },
    { name: 'keys', stop: () => keys?.close() },
  ];
  const leadership = openLeadership(config.DATABASE_URL, log);
  running.push({ name: 'leadership', stop: leadership.stop });
  const followed: FollowedProjection[] = [];
  const composed = definition.compose(parts);
  for (const projection of composed.projections) {
    const following = await followDistricts(projection, {
      database: writing,
      broker,
      log,
      metrics,
      tracer,
      open: sealing?.open,
      leadership,
    });
    followed.push(following);
    running.push({ name: `projection ${projection.name}`, stop: following.stop });
  }
  const measured = followed.map((one, place) => ({ ...one, filter: composed.projections[place]!.filter }));
  const measuring = measureService(broker, measured, metrics, log);
  running.push(measuring);
  const app = createApp({
    name: definition.name,
    edge: insideEdge(config.VX_SERVICES[definition.name], config.VX_HOSTS),
    log,
    metrics,
    tracer,
    access: definition.access,
    bodyLimitBytes: definition.bodyLimitBytes,
    senders: recogniseSender(config.VX_SENDERS),
    permit: permitBy(config.VX_GATE_SECRET),
    audit: { books, now: parts.now, personsIn, personParameter },
    smallCells: smallCellsOf(database),
    areaOf: composed.areaOf,
    waiting: composed.waiting,
    heard: heardThrough(composed, followed),
    sealed: () => keys && stateOfKeys(keys),
    mended: () => followed.flatMap((one) => one.mended()),
    late: measuring.late,
    standsBack: () => followed.flatMap((one) => one.standsBack()),
    parked: () => parkedBy(broker, followed),
    ready: async () => {
      await database.query('SELECT 1');
      await broker.connection.flush();
    },
  });
  const extra = await composed.build(app, followed);
  if (extra) running.push(extra);
  assertAccessDeclared(app, definition.access);
  running.push(await listen(app, config.PORT, config.HOST));
  const { VX_METRICS_PORT: metricsPort } = config;
  if (metricsPort !== undefined) running.push(await listenForMetrics(metrics, metricsPort, config.HOST));
  log.info({ port: config.PORT }, 'listening');
  runUntilStopped(running, log);
}
