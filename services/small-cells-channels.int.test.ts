// Somebody who may see no rows of persons listens to the stream of a live district, and reads its tiles, OGC collections, places and feeds, once with cases and once without
// any. What he is told is the same, so no arithmetic over it tells of a case; what he is told of counts is the matter of epidemic/released/attack.int.test.ts.
import { randomUUID } from 'node:crypto';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import './services.ts';
import type { Principal } from '#contracts/access/principal.ts';
import { callerOf } from '#contracts/access/product-permit.ts';
import { type Role, roles } from '#contracts/access/roles.ts';
import { addDays } from '#contracts/days.ts';
import type { LiveBatch } from '#contracts/live.ts';
import { newEvent } from '#contracts/new-event.ts';
import { type App, createApp } from '#platform/app.ts';
import { Appender } from '#platform/append.ts';
import type { Broker } from '#platform/broker.ts';
import { type Database, migrate } from '#platform/database.ts';
import { createMetrics } from '#platform/metrics.ts';
import { type FollowedProjection, followDistricts } from '#platform/projections.ts';
import type { Running } from '#platform/run.ts';
import { exactAreasOf } from '#platform/small-cells.ts';
import { silentLog, temporaryDatabase, temporaryDistrict, testBroker } from '#platform/testing/servers.ts';
import { liveAccess } from './contracts/access/live.ts';
import { registerPack } from './geography/district-pack/register-pack.ts';
import { loadDistrict7Pack } from './geography/district7/pack.ts';
import { addFeedsRoute } from './live/feeds-api.ts';
import { dataClassOf, parseFilter, permittedFilter } from './live/filter.ts';
import { DistrictHub } from './live/hub.ts';
import { loadDefinition } from './load-definition.ts';
import { schemas } from './migrations.ts';
import { services } from './services.ts';
import { smallCellsOf } from './small-cells.ts';

/** Roles that may see no rows of persons, as the table of permissions has it. */
const withoutRows = ['analyst', 'urban-order-inspector', 'hotline-operator', 'ward-leader', 'district-leader'] as const;
const withCases = temporaryDistrict();
const without = temporaryDistrict();
const today = new Date().toISOString().slice(0, 10);
const whoIs = (role: Role): Principal => ({
  actor: { authtype: 'user', authid: role },
  known: true,
  // Leaders are told exact counts once they have said for what; these have not.
  purpose: null,
  grants: [{ role, districts: 'all', areas: 'all' }],
});

let broker: Broker;
let appender: Appender;
let database: Database;
let drop: () => Promise<void>;
let who = whoIs('analyst');
const apps: App[] = [];
const running: (FollowedProjection | Running)[] = [];
const followed: { projection: FollowedProjection; filter: (district: string) => string }[] = [];
const heard = new Map<string, string[]>();

beforeAll(async () => {
  broker = await testBroker();
  appender = new Appender(broker);
  let url: string;
  ({ database, url, drop } = await temporaryDatabase());
  for (const { schema, folder } of schemas) await migrate(url, schema, folder);
  const metrics = createMetrics('channels');
  const permit = () => callerOf(who, Date.now);
  const smallCells = smallCellsOf(database);
  const now = () => new Date();
  const parts = { database, broker, appender, log: silentLog, metrics, now, newId: randomUUID, acts: () => false };
  for (const service of services.filter(({ name }) => ['geography', 'epidemic', 'urban-order'].includes(name))) {
    const definition = await loadDefinition(service);
    const composed = definition.compose(parts);
    const own: FollowedProjection[] = [];
    for (const projection of composed.projections) {
      own.push(await followDistricts({ ...projection, restWhileMoreWaits: 0 }, { database, broker, log: silentLog }));
      followed.push({ projection: own.at(-1)!, filter: projection.filter });
    }
    const { name, access } = definition;
    const app = createApp({ name, log: silentLog, metrics, access, permit, smallCells });
    const extra = await composed.build(app, own);
    running.push(...own, ...(extra ? [extra] : []));
    apps.push(app);
  }
  const live = createApp({ name: 'live', log: silentLog, metrics, access: liveAccess, permit, smallCells });
  addFeedsRoute(live, broker, () => true);
  apps.push(live);
  for (const district of [withCases, without]) {
    const placement = { district, clock: 'live' as const, exercise: false, recordedTime: '2021-01-01T00:00:00.000Z' };
    await registerPack(appender, broker, loadDistrict7Pack(), placement);
    await written(district);
    for (const role of withoutRows) await listen(district, role);
    await say(district, district === withCases);
    await written(district);
  }
}, 180_000);
afterAll(async () => {
  for (const one of running.toReversed()) await one.stop();
  appender.close();
  for (const district of [withCases, without]) await broker.manager.streams.delete(`VX_${district}`).catch(() => false);
  await broker.close();
  await drop();
});

async function written(district: string): Promise<void> {
  for (const { projection, filter } of followed) {
    const subject = { last_by_subj: filter(district) };
    const last = await broker.manager.streams.getMessage(`VX_${district}`, subject).catch(() => null);
    expect(await projection.reached(district, last?.seq ?? 0, 90_000), projection.name).toBe(true);
  }
}

/** Beds and building violations, which everybody hears of, and between them cases by position and by ward, one more on each day, corrected and ended. */
async function say(district: string, cases: boolean): Promise<void> {
  const fact = (id: string) => ({
    ...{ district, source: 'channels', id, exercise: false },
    ...{ time: `${today}T00:00:00.000Z`, recordedTime: new Date().toISOString() },
  });
  const common = (number: number) => [
    newEvent({
      ...{ type: 'violation-reported', ...fact(`v${number}`) },
      data: {
        violationId: `v${number}`,
        kind: 'without-permit',
        location: { lon: 106.72, lat: 10.73 },
        occurredAt: `${today}T00:00:00.000Z`,
      },
    }).message,
    newEvent({
      ...{ type: 'capacity-reported', ...fact(`b${number}`) },
      data: {
        facilityId: 'f1',
        name: 'Bệnh viện',
        kind: 'hospital',
        bedsTotal: 100,
        bedsOccupied: 20 + number,
        areaId: 'q7-tan-phu',
      },
    }).message,
  ];
  const hidden = (number: number) => [
    ...Array.from({ length: number + 1 }, (_, index) => {
      const place =
        index % 2 === 0 ? { areaId: 'q7-tan-phu' } : { location: { lon: 106.72 + index / 1000, lat: 10.73 } };
      const caseId = `c${number}-${index}`;
      const confirmedDate = addDays(today, -number);
      return newEvent({
        ...{ type: 'case-confirmed', ...fact(caseId) },
        data: { caseId, confirmedDate, ageYears: 40, sex: 'female', ...place },
      }).message;
    }),
    newEvent({
      ...{ type: 'case-status-changed', ...fact(`s${number}`) },
      data: { caseId: `c${number}-0`, status: 'hospitalised' },
    }).message,
  ];
  for (let number = 0; number < 4; number++) {
    const messages = [...common(number), ...(cases ? hidden(number) : [])];
    for (const result of await appender.appendAll(messages)) if (!result.ok) throw new Error(result.detail);
    await written(district);
  }
}

/** Two listeners of a role: one who is there from now on, and one who comes back from the beginning of the journal. */
async function listen(district: string, role: Role): Promise<void> {
  const hub = new DistrictHub(district, { broker, log: silentLog, now: () => new Date(), batchMs: 20 });
  running.push({ name: 'hub', stop: () => hub.stop() });
  const caller = callerOf(whoIs(role), Date.now);
  const reach = (dataClass: Parameters<typeof caller.reach>[1]) => caller.reach('stream.read', dataClass, district);
  const filter = permittedFilter(parseFilter({}), reach, await exactAreasOf(caller, smallCellsOf(database), district));
  for (const layer of filter.layers!) expect([role, layer, dataClassOf(layer)]).not.toEqual([role, layer, 'person']);
  for (const from of [undefined, 0]) {
    const texts: string[] = [];
    heard.set(`${district} ${role} ${from ?? 'now'}`, texts);
    const sink = { write: (text: string) => void texts.push(text), bufferedBytes: () => 0, close: () => {} };
    await hub.join(filter, sink, from);
  }
}

/** What was told, without the district's name and without what orders and dates it: sequences, ids and moments of the journal. */
const comparable = (text: string, district: string) =>
  text
    .replaceAll(district, 'DISTRICT')
    .replaceAll(/^id: \d+$/gm, 'id')
    .replaceAll(/"(throughSequence|sequence|firstSequence|version)":\d+/g, '"$1":0')
    .replaceAll(/"(sentAt|recordedTime|knownAt|timeStamp|timestamp|asOf|updated|lastAt|at)":"[^"]*"/g, '"$1":"T"')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/g, 'T');

/** What was told, once each: items whole, of figures the last number of each area and formula. Batches fold numbers in between, as time has it. */
function toldOf(texts: readonly string[], district: string) {
  const items = new Set<string>();
  const figures = new Map<string, unknown>();
  for (const text of texts) {
    if (!text.includes('event: batch')) continue;
    const batch = JSON.parse(/^data: (.*)$/m.exec(comparable(text, district))![1]!) as LiveBatch;
    for (const item of batch.items)
      if (/^[bv]\d|^c\d/.test(item.id) || item.layer === 'cases') items.add(JSON.stringify(item));
    // That there is no number is told once after a start, of every area.
    for (const { areaId, formula, value } of batch.figures)
      if (value !== null || figures.has(`${areaId} ${formula}`)) figures.set(`${areaId} ${formula}`, value);
  }
  return { items: [...items].toSorted(), figures: Object.fromEntries([...figures].toSorted()) };
}

async function answerOf(path: string): Promise<Response> {
  for (const app of apps) {
    const answer = await app.request(path);
    if (answer.status !== 404 || !(await answer.clone().text()).includes('No such address')) return answer;
  }
  throw new Error(`nobody answers ${path}`);
}

test.each(withoutRows)('%s: the stream tells the same with cases and without', async (role) => {
  expect(roles).toContain(role);
  for (const from of ['now', '0']) {
    const told = (district: string) => toldOf(heard.get(`${district} ${role} ${from}`)!, district);
    // All that everybody hears has come.
    for (const district of [without, withCases])
      await expect
        .poll(() => told(district))
        .toMatchObject({ items: { length: 8 }, figures: { 'q7 beds-free': 77, 'q7 violations-open': 4 } });
    expect(told(withCases)).toEqual(told(without));
  }
});

/** Features of a tile as text, without the number that orders them. */
const featuresOf = (bytes: Buffer): string =>
  bytes.length === 0
    ? ''
    : JSON.stringify(
        Object.values(new VectorTile(new PbfReader(bytes)).layers).map((layer) =>
          Array.from({ length: layer.length }, (_, index) => {
            const feature = layer.feature(index);
            return [layer.name, feature.properties, feature.loadGeometry()];
          }),
        ),
      );

const zooms = [10, 12, 14];
/** The tile that a point near the middle of the cases is in. */
function tileAt(zoom: number): string {
  const [lon, lat] = [106.721, 10.73];
  const x = Math.floor(((lon + 180) / 360) * 2 ** zoom);
  const radians = (lat * Math.PI) / 180;
  const y = Math.floor(((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * 2 ** zoom);
  return `${zoom}/${x}/${y}.mvt`;
}

test.each(withoutRows)(
  '%s: tiles, OGC collections, places and feeds are the same with cases and without',
  async (role) => {
    who = whoIs(role);
    const layers = ['areas', 'violations', 'businesses', 'incidents', 'facilities', 'features', 'cases'];
    const pathsOf = (district: string) => [
      ...layers.flatMap((layer) => [
        `/api/tiles/${layer}?district=${district}`,
        ...zooms.map((zoom) => `/api/tiles/${layer}/${tileAt(zoom)}?district=${district}`),
      ]),
      '/api/ogc/collections',
      ...['district', 'ward', 'neighbourhood', 'violations', 'businesses', 'incidents', 'cases', 'features'].flatMap(
        (name) => [
          `/api/ogc/collections/${district}.${name}`,
          `/api/ogc/collections/${district}.${name}/items?limit=1000`,
          `/api/ogc/collections/${district}.${name}/items?limit=1000&bbox=106.72,10.729,106.73,10.731`,
        ],
      ),
      `/api/geography/areas?district=${district}`,
      `/api/geography/search?district=${district}&q=c0-0`,
      `/api/geography/locate?district=${district}&lon=106.721&lat=10.73`,
    ];
    const told = async (district: string) => {
      const answers: string[] = [];
      for (const path of pathsOf(district)) {
        const answer = await answerOf(path);
        const bytes = Buffer.from(await answer.arrayBuffer());
        const text = path.includes('.mvt') && answer.status === 200 ? featuresOf(bytes) : bytes.toString();
        const where = `${path.replaceAll(district, 'DISTRICT')} ${answer.status}`;
        // How a tile of cases is asked for is no secret.
        if (/cases(\/|$|\?limit)/.test(path)) expect([where, answer.status >= 400]).toEqual([where, true]);
        answers.push(answer.status >= 400 ? where : `${where} ${comparable(text, district)}`);
      }
      return answers;
    };
    const [one, other] = [await told(withCases), await told(without)];
    // Nothing is compared with nothing.
    expect(one.filter((answer) => / 200 ./.test(answer)).length).toBeGreaterThan(10);
    for (const [index, answer] of one.entries()) {
      if (answer.startsWith('/api/ogc/collections 200')) continue;
      expect(answer).toBe(other[index]);
    }
  },
);
