// Whatever stands in an address or a body, the answer says what does not fit, is no fault of ours, and is one that the route's OpenAPI declares: every route of every
// service, each of its parameters and each field of its body, every nasty value.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import './services.ts';
import { schemaOf } from '#contracts/subsystem.ts';
import { type App, createApp } from '#platform/app.ts';
import { Appender } from '#platform/append.ts';
import type { Broker } from '#platform/broker.ts';
import { type Database, migrate, openDatabase } from '#platform/database.ts';
import { deleteDistrictStream } from '#platform/journal.ts';
import { createMetrics } from '#platform/metrics.ts';
import { type FollowedProjection, followDistricts } from '#platform/projections.ts';
import type { Running } from '#platform/run.ts';
import { recogniseSender } from '#platform/senders.ts';
import type { ServiceParts } from '#platform/service.ts';
import { type CheckAnswer, declaredAnswers } from '#platform/testing/declared-answers.ts';
import { silentLog, temporaryDatabase, temporaryDistrict, testBroker } from '#platform/testing/servers.ts';
import { createChain } from './chain/app.ts';
import { sealJournals } from './chain/sealers.ts';
import { liveAccess } from './contracts/access/live.ts';
import type { DrillState } from './contracts/http/drill.ts';
import { createDrill } from './drill/app.ts';
import { registerPack } from './geography/district-pack/register-pack.ts';
import { loadDistrict7Pack } from './geography/district7/pack.ts';
import { createIdentity } from './identity/app.ts';
import { ledgerSchema } from './identity/ledger-schema.ts';
import { hashOf } from './identity/secret-text.ts';
import { createSignIn } from './identity/sign-in.ts';
import { createIntake } from './intake/app.ts';
import { knownDistricts } from './intake/districts.ts';
import { bodySchemaOf, type Described, nastyBodies, soundBody } from './intake/testing/nasty-bodies.ts';
import { soundEvents } from './intake/testing/nasty-events.ts';
import { addressOf, nastyTexts, type Parameter, rawTexts, type Sound } from './intake/testing/nasty-parameters.ts';
import { addFeedsRoute } from './live/feeds-api.ts';
import { addStreamRoute } from './live/stream-api.ts';
import { loadDefinition } from './load-definition.ts';
import { schemas } from './migrations.ts';
import { services } from './services.ts';

const secrets = { drill: 'd'.repeat(43), import: 'i'.repeat(43), replay: 'r'.repeat(43) };
const district = temporaryDistrict();
let broker: Broker;
let appender: Appender;
let database: Database;
let drop: () => Promise<void>;
let stopDistricts: () => void;
const apps = new Map<string, App>();
const checks = new Map<string, CheckAnswer>();
const running: (FollowedProjection | Running)[] = [];
const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-nasty-'));

/** Every third value of each parameter, each time others; NASTY_REQUESTS=all tries all (three minutes). */
const every = process.env.NASTY_REQUESTS === 'all' ? 1 : 3;

/** Services that keep rows of the journal. */
const projecting = services.filter((one) => schemaOf(one) !== null && !one.keepsRows).map(({ name }) => name);
const tried = [...projecting, 'intake', 'identity', 'drill', 'chain', 'live'];

beforeAll(async () => {
  broker = await testBroker();
  appender = new Appender(broker);
  let url: string;
  ({ database, url, drop } = await temporaryDatabase());
  for (const { schema, folder } of [...schemas, ledgerSchema]) await migrate(url, schema, folder);
  const placement = { district, clock: 'live' as const, exercise: true, recordedTime: '2021-01-01T00:00:00.000Z' };
  await registerPack(appender, broker, loadDistrict7Pack(), placement);
  const metrics = createMetrics('nasty');
  const now = () => new Date();
  const parts: ServiceParts = {
    database,
    broker,
    appender,
    log: silentLog,
    metrics,
    now,
    newId: randomUUID,
    acts: () => false,
  };
  const rows: { followed: FollowedProjection; filter: string }[] = [];
  for (const service of services.filter(({ name }) => projecting.includes(name))) {
    const definition = await loadDefinition(service);
    const composed = definition.compose(parts);
    const followed: FollowedProjection[] = [];
    for (const projection of composed.projections) {
      followed.push(
        await followDistricts({ ...projection, restWhileMoreWaits: 0 }, { database, broker, log: silentLog }),
      );
      rows.push({ followed: followed.at(-1)!, filter: projection.filter(district) });
    }
    const { name, access } = definition;
    const app = createApp({ name, log: silentLog, metrics, access });
    const extra = await composed.build(app, followed);
    running.push(...followed, ...(extra ? [extra] : []));
    apps.set(service.name, app);
  }
  const districts = await knownDistricts(broker);
  stopDistricts = districts.stop;
  await districts.placesRead([district]);
  const senders = recogniseSender(secrets);
  const door = createIntake({ appender, ...districts, now, log: silentLog, metrics, ready: async () => {}, senders });
  apps.set('intake', door);
  apps.set('identity', identityApp(url));
  apps.set('drill', createDrill({ player: standingPlayer, log: silentLog, metrics }));
  const sealers = await sealJournals({ broker, database, folder, log: silentLog, now });
  running.push({ name: 'sealers', stop: sealers.stop });
  apps.set('chain', createChain({ sealers, broker, log: silentLog, metrics }));
  apps.set('live', liveApp());
  for (const [name, app] of apps) checks.set(name, declaredAnswers(app));
  await sendSound(door);
  for (const { followed, filter } of rows) {
    const last = await broker.manager.streams.getMessage(`VX_${district}`, { last_by_subj: filter }).catch(() => null);
    expect(await followed.reached(district, last?.seq ?? 0, 90_000)).toBe(true);
  }
}, 120_000);
afterAll(async () => {
  stopDistricts();
  for (const one of running.toReversed()) await one.stop();
  appender.close();
  await deleteDistrictStream(broker, district);
  await broker.close();
  await drop();
  rmSync(folder, { recursive: true, force: true });
});

function identityApp(url: string): App {
  const ownRows = openDatabase(url, { schema: 'identity' });
  running.push({ name: 'identity', stop: () => ownRows.end() });
  const signIn = createSignIn(ownRows, { secret: 's'.repeat(43), publicUrl: 'http://localhost:8080' });
  const parts = { database: ownRows, signIn, now: () => new Date(), newId: randomUUID };
  const hashes = { operatorHash: hashOf('o'.repeat(43)), programmeHashes: { import: hashOf(secrets.import) } };
  return createIdentity({ ...parts, ...hashes, log: silentLog, metrics: createMetrics('identity') });
}

const standing: DrillState = {
  ...{ running: true, paused: false, finished: false, prefilling: false, speed: 21_600, sent: 0, district: 'drill' },
  ...{ clock: '2021-07-01T00:00:00.000Z', from: '2021-05-01', to: '2021-10-01' },
};
const standingPlayer = {
  state: () => standing,
  start: () => {},
  pause: () => {},
  resume: () => {},
  setSpeed: () => {},
  stop: async () => {},
};

/** The front door's own routes. Whoever is let in to the stream stays there, so no district is on the air. */
function liveApp(): App {
  const app = createApp({ name: 'live', log: silentLog, metrics: createMetrics('live'), access: liveAccess });
  const nobodyListens = { clientCount: 0, left: () => {}, hub: () => ({ join: async () => () => {} }) };
  addStreamRoute(app, nobodyListens, () => false);
  addFeedsRoute(app, broker, (asked) => asked === district);
  return app;
}

/** One event of each type, so that reads have something to read. */
async function sendSound(door: App): Promise<void> {
  for (const [programme, events] of Map.groupBy(soundEvents(), (one) => one.programme)) {
    const answer = await door.request('/api/events', {
      method: 'POST',
      headers: {
        'content-type': 'application/cloudevents-batch+json',
        ...(programme ? { authorization: `Bearer ${secrets[programme as keyof typeof secrets]}` } : {}),
      },
      body: JSON.stringify(
        events.map(({ definition: { type }, data }, index) => ({
          specversion: '1.0',
          ...{ id: `${programme}-${index}`, source: '/sound', type, district, data },
          ...{ time: '2026-06-01T00:00:00+07:00', recordedtime: '2026-06-01T00:00:00+07:00' },
        })),
      ),
    });
    if (answer.status >= 500) throw new Error(await answer.text());
  }
}

/** Parameters of which the OpenAPI of a service does not speak: OGC's own description has them. */
const queries = (...names: string[]): Parameter[] => names.map((name) => ({ name, in: 'query' }));
const beside: Readonly<Record<string, Parameter[]>> = {
  'GET /api/ogc/collections/:collectionId/items': queries('limit', 'offset', 'bbox', 'datetime', 'f'),
  'GET /api/ogc/collections/:collectionId/items/:featureId': queries('f'),
};

interface Operation {
  parameters?: Parameter[];
  requestBody?: unknown;
}
/** Every route of a service: those of its OpenAPI, and those that it answers beside. */
function routesOf(app: App): { method: string; path: string; parameters: Parameter[] }[] {
  const { paths = {} } = app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'x', version: '1' } });
  const told = new Map(
    Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations as Record<string, Operation>).map(([method, { parameters = [] }]) => [
        `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
        parameters,
      ]),
    ),
  );
  const answered = new Set(
    app.routes
      .filter(({ method, path }) => method !== 'ALL' && !path.endsWith('*'))
      .map(({ method, path }) => `${method} ${path}`),
  );
  return [...new Set([...told.keys(), ...answered])].map((route) => {
    const [method, path] = route.split(' ') as [string, string];
    const inPath = [...path.matchAll(/:(\w+)/g)].map(
      ([, name]): Parameter => ({ name: name!, in: 'path', required: true }),
    );
    const parameters = [...(told.get(route) ?? []), ...(beside[route] ?? [])];
    return {
      method,
      path,
      parameters: [...parameters, ...inPath.filter(({ name }) => !parameters.some((one) => one.name === name))],
    };
  });
}

const sound: Sound = {
  district,
  collectionId: `${district}.ward`,
  areaId: 'q7-tan-phu',
  caseId: 'c1',
  layer: 'cases',
  z: '12',
  x: '3262',
  tile: '1925.mvt',
  lon: '106.72',
  lat: '10.73',
  q: 'Tân Phú',
};

/** Of bodies, beside what stands in addresses. */
const soundFields: Sound = { level: 'ward', by: 'An', reason: 'đúng', ageYears: '40', confirmedDate: '2026-05-30' };

test.each(tried)(
  '%s',
  async (name) => {
    const app = apps.get(name)!;
    const wrong: string[] = [];
    let asked = 0;
    let parametersTried = 0;
    for (const { method, path, parameters } of routesOf(app)) {
      for (const { name: parameter, in: place } of parameters) {
        if (place !== 'query' && place !== 'path') continue;
        parametersTried++;
        for (const [index, encoded] of [...nastyTexts.map(encodeURIComponent), ...rawTexts].entries()) {
          if ((index + parametersTried) % every !== 0) continue;
          // An empty part of a path is another address.
          if (place === 'path' && (encoded === '' || encoded === '.' || encoded === '..')) continue;
          // Whose district it is, the whole walk needs.
          if (method === 'DELETE' && parameter === 'id' && encoded === district) continue;
          const address = addressOf(path, parameters, sound, { name: parameter, encoded });
          const answer = await app.request(address, {
            method,
            ...(method === 'GET' || method === 'DELETE'
              ? {}
              : { body: '{}', headers: { 'content-type': 'application/json' } }),
          });
          asked++;
          // The door answers with its receipt, whatever is wrong with the events.
          if (name === 'intake' && path === '/api/events' && answer.status === 422) continue;
          const shown = `${method} ${address.slice(0, 160)} → ${answer.status}`;
          const undeclared = await checks.get(name)!(method, path, answer.clone());
          if (undeclared) wrong.push(`${shown} ${undeclared}`);
          const text = await answer.text();
          if (answer.status >= 500) wrong.push(`${shown} ${text.slice(0, 80)}`);
          else if (
            answer.status >= 400 &&
            // Open311 has a shape of its own for what it refuses.
            !path.startsWith('/api/open311/') &&
            !answer.headers.get('content-type')?.startsWith('application/problem+json')
          )
            wrong.push(`${shown} ${answer.headers.get('content-type')}`);
          // The last resort (database-problem.ts) does not know which value it was.
          else if (text.includes('"field":"query"')) wrong.push(`${shown} does not name the field`);
        }
      }
    }
    process.stdout.write(`${name}: ${asked} requests, ${wrong.length} wrong\n`);
    expect(wrong).toEqual([]);
  },
  600_000,
);

test.each(tried)(
  'bodies of %s',
  async (name) => {
    const app = apps.get(name)!;
    const document = app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'x', version: '1' } }) as Described;
    const wrong: string[] = [];
    const statuses = new Map<number, number>();
    let triedBodies = 0;
    for (const { method, path, parameters } of routesOf(app)) {
      const schema = bodySchemaOf(document, method, path);
      if (!schema) continue;
      const address = addressOf(path, parameters, sound);
      const sounds = soundBody(schema, { ...sound, ...soundFields });
      for (const body of [JSON.stringify(sounds), ...nastyBodies(sounds)]) {
        triedBodies++;
        if (triedBodies % every !== 0 && body !== JSON.stringify(sounds)) continue;
        const answer = await app.request(address, { method, headers: { 'content-type': 'application/json' }, body });
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        const shown = `${method} ${address.slice(0, 100)} ${body.slice(0, 300)} → ${answer.status}`;
        const undeclared = await checks.get(name)!(method, path, answer.clone());
        if (answer.status >= 500) wrong.push(`${shown} ${(await answer.text()).slice(0, 120)}`);
        else if (undeclared) wrong.push(`${shown} ${undeclared}`);
      }
    }
    process.stdout.write(`bodies of ${name}: ${JSON.stringify([...statuses])}, ${wrong.length} wrong\n`);
    expect(wrong).toEqual([]);
  },
  600_000,
);
