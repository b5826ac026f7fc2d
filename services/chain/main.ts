import { z } from '@hono/zod-openapi';
import { chainAccess } from '#contracts/access/chain.ts';
import { frontDoor, productPermit } from '#contracts/access/product-permit.ts';
import { assertAccessDeclared } from '#platform/app.ts';
import { keepBooks } from '#platform/audit.ts';
import { openBroker } from '#platform/broker.ts';
import { doorNames, gateSecret, readConfig, serviceEnvironment } from '#platform/config.ts';
import { openDatabase } from '#platform/database.ts';
import { insideEdge } from '#platform/edge.ts';
import { lastBackup } from '#platform/last-backup.ts';
import { ledgerOver } from '#platform/ledger-over.ts';
import { createLog } from '#platform/log.ts';
import { measureService } from '#platform/measures.ts';
import { createMetrics } from '#platform/metrics.ts';
import { listenForMetrics } from '#platform/metrics-listener.ts';
import { runUntilStopped } from '#platform/run.ts';
import { vouchedFor } from '#platform/sealed-caller.ts';
import { listen } from '#platform/serve.ts';
import { createChain } from './app.ts';
import { chainFolder } from './chain-file.ts';
import { chainMetrics, measureStandbys } from './chain-metrics.ts';
import { sealJournals } from './sealers.ts';

const config = readConfig(
  {
    ...serviceEnvironment,
    VX_GATE_SECRET: gateSecret,
    VX_HOSTS: doorNames,
    VX_DATA: z.string().min(1).default('.data'),
    /** JSON object: service name → base URL. */
    VX_SERVICES: z
      .string()
      .default('{}')
      .transform((text) => JSON.parse(text) as Record<string, string>),
  },
  process.env,
);
const log = createLog('chain', config.LOG_LEVEL);
// Its schema is made by the start: who may alter a table could take rows out of it.
const database = openDatabase(config.DATABASE_URL, { max: 2, statementTimeoutMs: 10_000 });
const broker = await openBroker(config.NATS_URL, 'chain', log, { replicas: config.NATS_REPLICAS });
const sealers = await sealJournals({
  broker,
  database,
  folder: chainFolder(config.VX_DATA),
  log,
  now: () => new Date(),
});
// What the start finds is said at the start: journals are compared with their chains before the door opens.
await sealers.checked(10_000);
const backupAt = () => lastBackup(config.VX_DATA)?.at;
const metrics = createMetrics('chain');
const told = chainMetrics(metrics.registry, {
  damage: () => sealers.damage().length,
  backupAt,
});
const books = keepBooks(ledgerOver(config.VX_SERVICES.identity, config.VX_GATE_SECRET, JSON.stringify(frontDoor)), {
  log,
});
const app = createChain({
  edge: insideEdge(config.VX_SERVICES.chain, config.VX_HOSTS),
  books,
  sealers,
  broker,
  log,
  metrics,
  backupAt,
  permit: productPermit(vouchedFor(config.VX_GATE_SECRET)),
});
assertAccessDeclared(app, chainAccess);
const http = await listen(app, config.PORT, config.HOST);
const gathered =
  config.VX_METRICS_PORT === undefined ? [] : [await listenForMetrics(metrics, config.VX_METRICS_PORT, config.HOST)];
runUntilStopped(
  [
    { name: 'ledger', stop: books.stop },
    { name: 'database', stop: () => database.end() },
    { name: 'broker', stop: () => broker.close() },
    { name: 'sealers', stop: () => sealers.stop() },
    measureService(broker, [], metrics, log),
    measureStandbys(database, told, log),
    http,
    ...gathered,
  ],
  log,
);
