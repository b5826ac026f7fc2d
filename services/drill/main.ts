import { join } from 'node:path';
import { z } from '@hono/zod-openapi';
import { drillAccess } from '#contracts/access/drill.ts';
import { frontDoor, productPermit } from '#contracts/access/product-permit.ts';
import { assertAccessDeclared } from '#platform/app.ts';
import { keepBooks } from '#platform/audit.ts';
import { doorNames, gateSecret, readConfig, serviceEnvironment } from '#platform/config.ts';
import { insideEdge } from '#platform/edge.ts';
import { Gateway } from '#platform/gateway.ts';
import { ledgerOver } from '#platform/ledger-over.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import { listenForMetrics } from '#platform/metrics-listener.ts';
import { runUntilStopped } from '#platform/run.ts';
import { vouchedFor } from '#platform/sealed-caller.ts';
import { listen } from '#platform/serve.ts';
import { createDrill } from './app.ts';
import { district7Wave } from './district7-wave.ts';
import { Player } from './player.ts';
import { progressFile } from './progress-file.ts';

const { PORT, HOST, LOG_LEVEL, VX_METRICS_PORT } = serviceEnvironment;
const config = readConfig(
  {
    PORT,
    HOST,
    LOG_LEVEL,
    VX_METRICS_PORT,
    /** The running product, whose door the exercise uses like everybody else. */
    GATEWAY_URL: z.url().default('http://localhost:8080'),
    /** Beside the services: their own addresses, JSON { intake, geography, … }. The door is the same. */
    VX_SERVICES: z
      .string()
      .default('{}')
      .transform((text) => JSON.parse(text) as Record<string, string>),
    VX_DATA: z.string().min(1).default('.data'),
    /** Secret by which the drill proves itself to the door; left out: it is any feed, and may not say what feeds may not. */
    VX_SECRET: z.string().optional(),
    VX_GATE_SECRET: gateSecret,
    VX_HOSTS: doorNames,
    DRILL_SEED: z.coerce.number().int().min(0).default(2021),
    /** auto: starts by itself the first time. manual: waits for POST /api/drill. */
    DRILL_START: z.enum(['auto', 'manual']).default('auto'),
  },
  process.env,
);
const log = createLog('drill', config.LOG_LEVEL);
const { VX_SERVICES: services, GATEWAY_URL: gatewayUrl } = config;
const doorOf = (path: string) => (path.startsWith('/api/events') ? services.intake : services.geography) ?? gatewayUrl;
const file = progressFile(join(config.VX_DATA, 'drill', `progress-${config.DRILL_SEED}.json`));
const firstTime = file.read() === undefined;
const player = new Player({
  exercise: district7Wave(config.DRILL_SEED),
  gateway: (signal, onRetry) => new Gateway(doorOf, { signal, onRetry, secret: config.VX_SECRET }),
  file,
  log,
  elapsedMs: () => performance.now(),
});
const books = keepBooks(ledgerOver(services.identity, config.VX_GATE_SECRET, JSON.stringify(frontDoor)), { log });
const metrics = createMetrics('drill');
const app = createDrill({
  edge: insideEdge(services.drill, config.VX_HOSTS),
  books,
  player,
  log,
  metrics,
  permit: productPermit(vouchedFor(config.VX_GATE_SECRET)),
});
assertAccessDeclared(app, drillAccess);
const http = await listen(app, config.PORT, config.HOST);
const gathered =
  config.VX_METRICS_PORT === undefined ? [] : [await listenForMetrics(metrics, config.VX_METRICS_PORT, config.HOST)];
if (firstTime && config.DRILL_START === 'auto') player.start();
else player.wake();
runUntilStopped(
  [{ name: 'ledger', stop: books.stop }, { name: 'player', stop: () => player.rest() }, http, ...gathered],
  log,
);
