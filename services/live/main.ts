import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { z } from '@hono/zod-openapi';
import { liveAccess } from '#contracts/access/live.ts';
import { personParameter, personsIn } from '#contracts/access/persons.ts';
import { callerOf, frontDoor } from '#contracts/access/product-permit.ts';
import { smallCellPolicy } from '#contracts/access/small-cells.ts';
import { sealingBy } from '#contracts/seal-event.ts';
import { prefixesOf, subsystems } from '#contracts/subsystem.ts';
import { assertAccessDeclared, createApp } from '#platform/app.ts';
import { keepBooks } from '#platform/audit.ts';
import { openBroker } from '#platform/broker.ts';
import { plainAddress } from '#platform/client-address.ts';
import { doorNames, gateSecret, readConfig, serviceEnvironment, servicesOfEnvironment } from '#platform/config.ts';
import { diskMetrics } from '#platform/disk-metrics.ts';
import { spaceOf } from '#platform/disk-space.ts';
import { type DistrictStream, watchDistricts } from '#platform/journal.ts';
import { ledgerOver } from '#platform/ledger-over.ts';
import { createLog } from '#platform/log.ts';
import { measureService } from '#platform/measures.ts';
import { createMetrics } from '#platform/metrics.ts';
import { listenForMetrics } from '#platform/metrics-listener.ts';
import type { Permit } from '#platform/permission.ts';
import { keysOfEnvironment, personKeysIn, stateOfKeys } from '#platform/person-keys.ts';
import { runUntilStopped } from '#platform/run.ts';
import { listen } from '#platform/serve.ts';
import { openTracer } from '#platform/tracing.ts';
import { compressAnswers } from './compressed.ts';
import { addFeedsRoute } from './feeds-api.ts';
import { addGateway } from './gateway.ts';
import { Hubs } from './hubs.ts';
import { feelPulse } from './journal-pulse.ts';
import { liveMetrics, measureFeeds } from './live-metrics.ts';
import type { OpenApi } from './openapi.ts';
import { askOver, recognise, vouchFor, whoAsks } from './recognise.ts';
import { referenceScript } from './reference-page.ts';
import { addStreamRoute } from './stream-api.ts';

const {
  NATS_URL,
  NATS_REPLICAS,
  PORT,
  HOST,
  VX_DISK,
  LOG_LEVEL,
  VX_METRICS_PORT,
  OTEL_EXPORTER_OTLP_ENDPOINT,
  OTEL_TRACES_SAMPLER_ARG,
} = serviceEnvironment;
const config = readConfig(
  {
    NATS_URL,
    NATS_REPLICAS,
    PORT,
    HOST,
    VX_DISK,
    LOG_LEVEL,
    VX_METRICS_PORT,
    OTEL_EXPORTER_OTLP_ENDPOINT,
    OTEL_TRACES_SAMPLER_ARG,
    VX_GATE_SECRET: gateSecret,
    VX_HOSTS: doorNames,
    ...keysOfEnvironment,
    /** JSON object: service name → base URL. */
    VX_SERVICES: servicesOfEnvironment,
    /** Seconds of acknowledged facts that a power cut may cost; left out: nobody knows. */
    VX_POWER_CUT_SECONDS: z.coerce.number().min(0).optional(),
    /** PEM of the certificate and of its key; left out: without TLS. */
    VX_TLS_CERT: z.string().min(1).optional(),
    VX_TLS_KEY_SECRET: z.string().min(1).optional(),
    /** Port without TLS on loopback, for the commands of this machine, where the other is by TLS. */
    VX_LOOPBACK_PORT: z.coerce.number().int().min(1).max(65535).optional(),
    /** JSON: addresses of proxies whose word of who asks is taken. */
    VX_TRUSTED_PROXIES: z
      .string()
      .default('[]')
      .transform((text) => z.array(z.string()).parse(JSON.parse(text)).map(plainAddress)),
    /** Where VX_METRICS_PORT listens: not where everybody may ask. */
    VX_METRICS_HOST: z.string().default('127.0.0.1'),
    /** Folder of the built web app. */
    VX_WEB: z.string().default(fileURLToPath(new URL('../../web/dist/', import.meta.url))),
  },
  process.env,
);
const log = createLog('live', config.LOG_LEVEL);
const metrics = createMetrics('live');
const broker = await openBroker(config.NATS_URL, 'live', log, { replicas: config.NATS_REPLICAS });
const keys = personKeysIn(config);
if (keys.fault) log.error({ reason: keys.fault }, 'the keys of persons cannot be used');
const tracer = await openTracer('live', config, log);
const hubs = new Hubs({ broker, log, now: () => new Date(), open: sealingBy(keys).open, tracer });
const forgetPulse = feelPulse({
  ask: () => broker.connection.flush(),
  now: () => new Date(),
  changed: (silentSince) => {
    log.warn({ silentSince }, silentSince ? 'the broker does not answer' : 'the broker answers again');
    hubs.journal(silentSince);
  },
});
const districts = new Map<string, DistrictStream>();
const unwatch = await watchDistricts(broker, {
  added: (stream) => districts.set(stream.district, stream),
  removed: (district) => {
    districts.delete(district);
    hubs.drop(district);
  },
});

const space = spaceOf(config.VX_DISK);
diskMetrics(metrics.registry, space);
const exercises = () => [...districts.values()].flatMap(({ district, exercise }) => (exercise ? [district] : []));
const { known, forget } = recognise(askOver(config.VX_SERVICES.identity, config.VX_GATE_SECRET), Date.now);
const who = whoAsks(known, exercises);
const permit: Permit = async (context) => callerOf(await who(context), Date.now);

const books = keepBooks(ledgerOver(config.VX_SERVICES.identity, config.VX_GATE_SECRET, JSON.stringify(frontDoor)), {
  log,
});
const app = createApp({
  name: 'live',
  edge: { names: config.VX_HOSTS, inlineScripts: { '/api/reference': referenceScript } },
  audit: { books, now: () => new Date(), personsIn, personParameter },
  log,
  metrics,
  tracer,
  access: liveAccess,
  permit,
  bodyLimitBytes: 64 * 1024 * 1024,
  ready: () => broker.connection.flush(),
  sealed: () => stateOfKeys(keys),
});
app.use('/api/*', compressAnswers);
addStreamRoute(app, hubs, (district) => districts.has(district), {
  permit,
  smallCells: {
    exactAction: smallCellPolicy.exactAction,
    holdsIn: async (district) => !(districts.get(district)?.exercise && smallCellPolicy.exercises === 'exact'),
  },
});
addFeedsRoute(app, broker, (district) => districts.has(district));
addGateway(app, {
  services: config.VX_SERVICES,
  prefixes: Object.fromEntries(subsystems().flatMap((one) => prefixesOf(one).map((prefix) => [prefix, one.name]))),
  log,
  journal: () => ({
    server: broker.connection.info?.version,
    powerCutSeconds: config.VX_POWER_CUT_SECONDS ?? null,
  }),
  rightsChanged: forget,
  trustedProxies: config.VX_TRUSTED_PROXIES,
  space,
  sealed: () => stateOfKeys(keys),
  vouch: async (context, request) => vouchFor(await who(context), config.VX_GATE_SECRET, request),
  own: () => app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'live', version: '1' } }) as OpenApi,
});
const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
app.use(
  '/api/reference/*',
  serveStatic({ root: swagger, rewriteRequestPath: (path) => path.replace('/api/reference', '') }),
);
if (existsSync(config.VX_WEB)) {
  // Hashed files never change; the page that names them is asked for each time.
  app.use(
    '/*',
    serveStatic({
      root: config.VX_WEB,
      precompressed: true,
      onFound: (path, context) =>
        context.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
    }),
  );
} else log.warn({ folder: config.VX_WEB }, 'the web app is not built: only the API is served');
assertAccessDeclared(app, liveAccess);
const { VX_TLS_CERT: cert, VX_TLS_KEY_SECRET: key } = config;
const http = await listen(app, config.PORT, config.HOST, undefined, { tls: cert && key ? { cert, key } : undefined });
const further: { host: string; port: number }[] = [
  ...(config.HOST === '127.0.0.1' ? [{ host: '::1', port: http.port }] : []),
  ...(config.VX_LOOPBACK_PORT === undefined ? [] : [{ host: '127.0.0.1', port: config.VX_LOOPBACK_PORT }]),
];
const others = await Promise.all(
  further.map(({ host, port }) =>
    listen(app, port, host, undefined, { tells: false }).catch((error: Error) => {
      log.warn({ host, port, reason: error.message }, 'not reached by this address');
    }),
  ),
);
const told = liveMetrics(metrics.registry, () => hubs.clientCount);
// The door of everybody tells /metrics to who has the right; who gathers them asks another port, on the inside.
const gathered =
  config.VX_METRICS_PORT === undefined
    ? []
    : [await listenForMetrics(metrics, config.VX_METRICS_PORT, config.VX_METRICS_HOST)];
runUntilStopped(
  [
    { name: 'traces', stop: () => tracer?.stop() },
    { name: 'pulse', stop: async () => forgetPulse() },
    { name: 'broker', stop: () => broker.close() },
    { name: 'ledger', stop: books.stop },
    { name: 'districts', stop: unwatch },
    measureService(broker, [], metrics, log),
    measureFeeds(broker, () => [...districts.values()], told, log),
    http,
    ...gathered,
    ...others.filter((one) => one !== undefined),
    { name: 'hubs', stop: () => hubs.stop() },
    { name: 'keys', stop: keys.close },
  ],
  log,
);
