import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { intakeAccess } from '#contracts/access/intake.ts';
import { frontDoor, productPermit } from '#contracts/access/product-permit.ts';
import { sealingBy } from '#contracts/seal-event.ts';
import { assertAccessDeclared } from '#platform/app.ts';
import { Appender } from '#platform/append.ts';
import { keepBooks } from '#platform/audit.ts';
import { openBroker } from '#platform/broker.ts';
import { doorNames, gateSecret, readConfig, serviceEnvironment, servicesOfEnvironment } from '#platform/config.ts';
import { diskMetrics } from '#platform/disk-metrics.ts';
import { spaceOf } from '#platform/disk-space.ts';
import { insideEdge } from '#platform/edge.ts';
import { Gateway } from '#platform/gateway.ts';
import { assertWritable } from '#platform/journal.ts';
import { ledgerOver } from '#platform/ledger-over.ts';
import { createLog } from '#platform/log.ts';
import { measureService } from '#platform/measures.ts';
import { createMetrics } from '#platform/metrics.ts';
import { listenForMetrics } from '#platform/metrics-listener.ts';
import { keysOfEnvironment, personKeysIn, stateOfKeys } from '#platform/person-keys.ts';
import { runUntilStopped } from '#platform/run.ts';
import { vouchedFor } from '#platform/sealed-caller.ts';
import { recogniseSender, sendersOfEnvironment } from '#platform/senders.ts';
import { listen } from '#platform/serve.ts';
import { openTracer } from '#platform/tracing.ts';
import { districtTimeZone, heardByService, targetDistrict } from '../imports/target-district.ts';
import { createIntake } from './app.ts';
import { askEpidemic } from './case-judgement.ts';
import { knownDistricts } from './districts.ts';
import { askOwners } from './entity-areas.ts';

// The door needs the journal only: facts come in while PostgreSQL is away.
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
    /** Addresses of the other services, JSON: imports ask geography what a district's areas are called, and each what a file has said. */
    VX_SERVICES: servicesOfEnvironment,
    ...keysOfEnvironment,
    VX_SENDERS: sendersOfEnvironment,
    VX_GATE_SECRET: gateSecret,
    VX_HOSTS: doorNames,
  },
  process.env,
);
const log = createLog('intake', config.LOG_LEVEL);
const metrics = createMetrics('intake');
const broker = await openBroker(config.NATS_URL, 'intake', log, { replicas: config.NATS_REPLICAS });
const space = spaceOf(config.VX_DISK);
diskMetrics(metrics.registry, space);
const keys = personKeysIn(config);
if (keys.fault) log.error({ reason: keys.fault }, 'the keys of persons cannot be used');
const tracer = await openTracer('intake', config, log);
const appender = new Appender(broker, { space, seal: sealingBy(keys).seal, metrics, tracer });
// What the door asks of the other services it asks as the importer: files are its own business.
const asImporter = { patienceMs: 5000, secret: config.VX_SENDERS.import };
const geography = new Gateway(config.VX_SERVICES.geography ?? 'http://127.0.0.1:8080', asImporter);
const gateways = new Map(
  Object.entries(config.VX_SERVICES).map(([name, address]) => [name, new Gateway(address, asImporter)]),
);
const books = keepBooks(ledgerOver(config.VX_SERVICES.identity, config.VX_GATE_SECRET, JSON.stringify(frontDoor)), {
  log,
});
const districts = await knownDistricts(broker, (district) => districtTimeZone(geography, district));
const app = createIntake({
  edge: insideEdge(config.VX_SERVICES.intake, config.VX_HOSTS),
  appender,
  rules: districts.rules,
  placesRead: districts.placesRead,
  judgeChanges: askEpidemic(
    new Gateway(config.VX_SERVICES.epidemic ?? 'http://127.0.0.1:8080', { ...asImporter, patienceMs: 0 }),
  ),
  askArea: askOwners((service) => gateways.get(service)),
  now: () => new Date(),
  senders: recogniseSender(config.VX_SENDERS),
  permit: productPermit(vouchedFor(config.VX_GATE_SECRET)),
  books,
  log,
  metrics,
  tracer,
  ready: () => assertWritable(broker),
  sealed: () => stateOfKeys(keys),
  imports: {
    target: (district) => targetDistrict(geography, district),
    heard: (question) => heardByService((service) => gateways.get(service), question),
    folder: join(config.VX_DATA, 'imports'),
    space,
    newId: randomUUID,
  },
});
assertAccessDeclared(app, intakeAccess);
const http = await listen(app, config.PORT, config.HOST);
const told =
  config.VX_METRICS_PORT === undefined ? [] : [await listenForMetrics(metrics, config.VX_METRICS_PORT, config.HOST)];
runUntilStopped(
  [
    { name: 'traces', stop: () => tracer?.stop() },
    { name: 'broker', stop: () => broker.close() },
    { name: 'appender', stop: () => appender.close() },
    { name: 'keys', stop: keys.close },
    { name: 'ledger', stop: books.stop },
    { name: 'districts', stop: districts.stop },
    measureService(broker, [], metrics, log),
    http,
    ...told,
  ],
  log,
);
