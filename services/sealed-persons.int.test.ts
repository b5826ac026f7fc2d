import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Retention, RetentionClass } from '#contracts/access/retention.ts';
import { vaccinatedPerson } from '#contracts/events/epidemic/dose-administered.ts';
import type { Attribution } from '#contracts/new-event.ts';
import { sealingBy } from '#contracts/seal-event.ts';
import { type App, createApp } from '#platform/app.ts';
import { Appender } from '#platform/append.ts';
import type { Broker } from '#platform/broker.ts';
import { type Database, migrate } from '#platform/database.ts';
import { listDeadLetters } from '#platform/dead-letters.ts';
import { lastMessage, streamOf } from '#platform/journal.ts';
import { createMetrics } from '#platform/metrics.ts';
import { everybodyMay } from '#platform/permission.ts';
import { type PersonKeys, personKeysIn, rotateMaster } from '#platform/person-keys.ts';
import { type FollowedProjection, followDistricts } from '#platform/projections.ts';
import { readOn } from '#platform/read-stream.ts';
import { forgetSamples, rewriteNow } from '#platform/rewrite-tables.ts';
import { silentLog, temporaryDatabase, temporaryDistrict, testBroker } from '#platform/testing/servers.ts';
import { keepRetention, lastDayOver } from './district/keep-retention.ts';
import { stamp } from './district/stamp.ts';
import epidemic from './epidemic/app.ts';
import { retentionDuties } from './epidemic/removal/retention.ts';
import geography from './geography/app.ts';
import { registerPack } from './geography/district-pack/register-pack.ts';
import { loadDistrict7Pack } from './geography/district7/pack.ts';
import { stepsOf } from './geography/points/z-order.ts';
import { createIntake } from './intake/app.ts';
import { knownDistricts } from './intake/districts.ts';
import { toLiveItem } from './live/items.ts';
import { schemas } from './migrations.ts';
import { rebuild } from './rebuild.ts';

/** A real district, and an exercise with the same facts: of the first the persons are sealed. */
const real = temporaryDistrict();
const exercise = temporaryDistrict();
const folder = mkdtempSync(join(tmpdir(), 'sealed-persons-'));
const environment = { VX_DATA: folder, VX_MASTER_KEY: undefined };
const now = () => new Date('2026-11-30T05:00:00.000Z');
const recordedTime = '2026-11-01T00:00:00.000Z';

let broker: Broker;
let database: Database;
let url: string;
let drop: () => Promise<void>;
let keys: PersonKeys;
let appender: Appender;
let door: App;
let stopDistricts: () => void;
const apps: Record<string, App> = {};
const running: FollowedProjection[] = [];
const filters = new Map<string, (district: string) => string>();
const endings: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  broker = await testBroker();
  ({ database, url, drop } = await temporaryDatabase());
  for (const { schema, folder: migrations } of schemas) await migrate(url, schema, migrations);
  keys = personKeysIn(environment);
  const sealing = sealingBy(keys);
  appender = new Appender(broker, { seal: sealing.seal });
  const pack = loadDistrict7Pack();
  await registerPack(appender, broker, pack, { district: real, clock: 'live', exercise: false, recordedTime });
  await registerPack(appender, broker, pack, { district: exercise, clock: 'live', exercise: true, recordedTime });
  const metrics = createMetrics('sealed');
  const parts = {
    database,
    broker,
    appender,
    log: silentLog,
    metrics,
    now,
    newId: randomUUID,
    keys,
    acts: () => false,
  };
  for (const definition of [geography(), epidemic()]) {
    const composed = definition.compose(parts);
    const followed: FollowedProjection[] = [];
    for (const projection of composed.projections) {
      const quick = { ...projection, restWhileMoreWaits: 0 };
      filters.set(projection.name, projection.filter);
      followed.push(await followDistricts(quick, { database, broker, log: silentLog, open: sealing.open }));
      if (definition.name === 'geography') await settled(followed.at(-1)!);
    }
    running.push(...followed);
    const { name, access } = definition;
    const app = createApp({ name, log: silentLog, metrics, access, permit: everybodyMay });
    const extra = await composed.build(app, followed);
    if (extra) endings.push(extra.stop);
    apps[name] = app;
  }
  const districts = await knownDistricts(broker);
  stopDistricts = districts.stop;
  await districts.placesRead([real, exercise]);
  door = createIntake({ appender, ...districts, now, log: silentLog, metrics, ready: async () => {} });
});
afterAll(async () => {
  stopDistricts();
  for (const end of endings) await end();
  for (const projection of running) await projection.stop();
  appender.close();
  for (const district of [real, exercise]) await broker.manager.streams.delete(streamOf(district));
  await broker.close();
  await drop();
  keys.close();
  rmSync(folder, { recursive: true });
});

/** Waits until the rows have all that stands in the journals. */
async function settled(...projections: FollowedProjection[]): Promise<void> {
  for (const district of [real, exercise])
    for (const projection of projections) {
      const last = await lastMessage(broker, streamOf(district), filters.get(projection.name)!(district));
      expect(await projection.reached(district, last?.sequence ?? 0, 90_000)).toBe(true);
    }
}

/** Six cases in two wards of District 7: without an area, with one, with a text in which a name may stand. */
const cases = [
  { caseId: 'c1', location: { lon: 106.7281237, lat: 10.7341239 }, ageYears: 31, sex: 'female' },
  { caseId: 'c2', location: { lon: 106.7285671, lat: 10.7345673 }, reporter: 'Bà Lê Thị Kín' },
  { caseId: 'c3', location: { lon: 106.7121117, lat: 10.7421119 }, areaId: 'q7-tan-phu' },
  { caseId: 'c4', areaId: 'q7-tan-phu', ageYears: 77 },
  { caseId: 'c5', location: { lon: 106.7289017, lat: 10.7349019 } },
  { caseId: 'c6', location: { lon: 106.7128887, lat: 10.7428889 } },
];
const confirmedDate = '2026-11-28';
const eventOf = (district: string, type: string, id: string, data: object) => ({
  specversion: '1.0',
  id,
  source: '/laboratory',
  type,
  time: '2026-11-29T01:00:00Z',
  district,
  data,
});
async function post(events: object[]): Promise<void> {
  const answer = await door.request('/api/events', {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents-batch+json' },
    body: JSON.stringify(events),
  });
  expect(await answer.json()).toMatchObject({ accepted: events.length, rejected: [] });
  await settled(...running);
}
const postCases = () =>
  post(
    [real, exercise].flatMap((district) =>
      cases.map((one) => eventOf(district, 'case-confirmed', one.caseId, { ...one, confirmedDate })),
    ),
  );

/** Events of ours that no row has; the broker is everybody's. */
const parked = async () =>
  (await listDeadLetters(broker)).filter(({ district }) => [real, exercise].includes(district));

/** All that stands in the journal of a district, as text. */
async function journalOf(district: string): Promise<string> {
  const { state } = await broker.manager.streams.info(streamOf(district));
  const texts: string[] = [];
  for await (const message of readOn(broker, { stream: streamOf(district), after: 0, ahead: 1000 })) {
    texts.push(message.string());
    if (message.seq >= state.last_seq) break;
  }
  return texts.join('\n');
}
const get = async <Answer = Record<string, never>>(service: string, path: string): Promise<Answer> => {
  const answer = await apps[service]!.request(path);
  expect(answer.status, path).toBe(200);
  return (await answer.json()) as Answer;
};
interface CaseRow {
  caseId: string;
  areaId: string | null;
  lon: number | null;
  lat: number | null;
  ageYears: number | null;
  removed?: boolean;
}
const listOf = async (district: string) =>
  (await get<{ items: CaseRow[] }>('epidemic', `/api/epidemic/cases?district=${district}&limit=100`)).items
    .map(({ caseId, areaId, lon, lat, ageYears, removed }) => ({ caseId, areaId, lon, lat, ageYears, removed }))
    .sort((a, b) => (a.caseId < b.caseId ? -1 : 1));
/** Cases by area and day, as anybody counts them; `asOf` too. */
async function countsOf(district: string): Promise<unknown> {
  const { rows } = await database.query(
    `SELECT area_id, event_date, status, count(*) FROM epidemic.case_versions WHERE district = $1 AND known_until = 'infinity' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    [district],
  );
  return rows;
}
/** Places of cases as a map tile shows them. */
async function tileOf(district: string): Promise<number> {
  const { x, y } = stepsOf(106.7281237, 10.7341239);
  const [z, tileX, tileY] = [17, Math.floor(x / 2 ** 14), Math.floor(y / 2 ** 14)];
  const answer = await apps.geography!.request(`/api/tiles/cases/${z}/${tileX}/${tileY}.mvt?district=${district}`);
  expect([200, 204]).toContain(answer.status);
  const tile = new VectorTile(new PbfReader(new Uint8Array(await answer.arrayBuffer())));
  return Object.values(tile.layers).reduce((sum, layer) => sum + layer.length, 0);
}
/** Coordinates and texts that nobody may find where they should not be. */
const plain = ['106.7281237', '10.7341239', '106.7121117', 'Lê Thị Kín'];

describe('persons of a real district', () => {
  test('the journal has no position and no text, the exercise beside it has', async () => {
    await postCases();
    const [ofReal, ofExercise] = [await journalOf(real), await journalOf(exercise)];
    for (const text of plain) {
      expect(ofReal).not.toContain(text);
      expect(ofExercise).toContain(text);
    }
    expect(ofReal).toContain('"c1"');
    expect(ofReal).not.toMatch(/"(ageYears|sex)":/);
    expect(await parked()).toEqual([]);
  });

  test('who may see rows of persons sees places, and counts are those of the same facts unsealed', async () => {
    expect(await listOf(real)).toEqual(await listOf(exercise));
    expect((await listOf(real))[0]).toMatchObject({ caseId: 'c1', lon: 106.7281237, lat: 10.7341239, ageYears: 31 });
    expect(await countsOf(real)).toEqual(await countsOf(exercise));
    expect(new Set((await listOf(real)).map(({ areaId }) => areaId)).size).toBeGreaterThan(1);
    expect(await tileOf(real)).toBe(await tileOf(exercise));
    expect(await tileOf(real)).toBeGreaterThan(0);
  });

  test('a correction is sealed as well, by the door and by the command of a screen', async () => {
    const moved = { lon: 106.7277771, lat: 10.7347773 };
    await post(
      [real, exercise].map((district) => eventOf(district, 'case-corrected', 'm5', { caseId: 'c5', location: moved })),
    );
    for (const district of [real, exercise]) {
      const answer = await apps.epidemic!.request(`/api/epidemic/cases/c6/correction?district=${district}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ location: { lon: 106.7277778, lat: 10.7347779 }, reason: 'Bà Trần Thị Mật dọn nhà' }),
      });
      expect(answer.status, await answer.text()).toBe(201);
    }
    await settled(...running);
    expect(await listOf(real)).toEqual(await listOf(exercise));
    expect((await listOf(real))[4]).toMatchObject({ caseId: 'c5', ...moved });
    const journal = await journalOf(real);
    for (const text of ['106.727777', '10.734777', 'Trần Thị Mật']) expect(journal).not.toContain(text);
  });

  test('the stream tells the place to who may hear it', async () => {
    const { open } = sealingBy(keys);
    const journal = (await journalOf(real)).split('\n').map((text) => JSON.parse(text));
    const [one] = journal.filter(({ type, data }) => type === 'case-confirmed' && data.caseId === 'c1');
    expect(toLiveItem(one, 1)?.at).toBeUndefined();
    expect(toLiveItem(open(one) as typeof one, 1)?.at).toEqual([106.7281237, 10.7341239]);
  });

  test('keys are wrapped anew while everything runs', async () => {
    rotateMaster(environment);
    await post([
      eventOf(real, 'case-confirmed', 'c7', {
        caseId: 'c7',
        confirmedDate,
        location: { lon: 106.7281111, lat: 10.7341113 },
      }),
    ]);
    expect((await listOf(real)).at(-1)).toMatchObject({ caseId: 'c7', lon: 106.7281111 });
  });

  test('what a feed says of sealing is a claim, and opens nothing', async () => {
    await post([
      {
        ...eventOf(real, 'case-confirmed', 'c8', { caseId: 'c8', confirmedDate, areaId: 'q7-tan-phu' }),
        sealed: 'mine',
        unreadable: 'lost',
      },
    ]);
    expect((await listOf(real)).at(-1)).toMatchObject({ caseId: 'c8', areaId: 'q7-tan-phu' });
    expect(await journalOf(real)).toContain('"claimedsealed":"mine"');
    expect(keys.status().unreadable).toBe(0);
  });
});

const rowsOf = async (district: string) => {
  const { rows } = await database.query<{ row: string }>(
    `SELECT to_jsonb(v)::text AS row FROM epidemic.case_versions v WHERE district = $1
     UNION ALL SELECT to_jsonb(p)::text FROM geography.points p WHERE district = $1
     UNION ALL SELECT to_jsonb(c)::text FROM geography.point_cells c WHERE district = $1 ORDER BY 1`,
    [district],
  );
  return rows.map(({ row }) => row);
};
async function rebuildWith(open: ((journalled: unknown) => unknown) | undefined): Promise<void> {
  await rebuild({ databaseUrl: url, broker, log: silentLog, districts: [real, exercise], open });
  await settled(...running);
}

describe('a rebuild', () => {
  test('with the keys makes the same rows', async () => {
    const before = await rowsOf(real);
    await rebuildWith(sealingBy(keys).open);
    expect(await rowsOf(real)).toEqual(before);
  });

  test('with keys that are not these loses the places, and no case; areas that were stated stay', async () => {
    const other = personKeysIn({ VX_DATA: join(folder, 'other'), VX_MASTER_KEY: undefined });
    const before = await listOf(real);
    await rebuildWith(sealingBy(other).open);
    const after = await listOf(real);
    expect(after.map(({ caseId }) => caseId)).toEqual(before.map(({ caseId }) => caseId));
    expect(after.every(({ lon }) => lon === null)).toBe(true);
    expect(after.find(({ caseId }) => caseId === 'c3')!.areaId).toBe('q7-tan-phu');
    expect(other.status().unreadable).toBeGreaterThan(0);
    expect(await parked()).toEqual([]);
    other.close();
    await rebuildWith(sealingBy(keys).open);
    expect(await listOf(real)).toEqual(before);
  });
});

/** All files of the private PostgreSQL below its data folder that hold one of the texts. */
async function filesWith(texts: readonly (string | Buffer)[]): Promise<string[]> {
  const { rows } = await database.query<{ folder: string; oid: string }>(
    `SELECT current_setting('data_directory') AS folder, oid FROM pg_database WHERE datname = current_database()`,
  );
  const { folder: cluster, oid } = rows[0]!;
  const found: string[] = [];
  for (const below of [join(cluster, 'base', String(oid)), join(cluster, 'pg_wal')])
    for (const name of readdirSync(below)) {
      const path = join(below, name);
      // PostgreSQL takes files of its own away meanwhile.
      if (!statSync(path, { throwIfNoEntry: false })?.isFile()) continue;
      const bytes = readFileSync(path);
      for (const text of texts) if (bytes.includes(text)) found.push(`${name} has ${text.toString('hex')}`);
    }
  return found;
}
/** A place as PostgreSQL has it: both numbers as doubles, one after the other. */
const asPoint = ({ lon, lat }: { lon: number; lat: number }) => {
  const bytes = Buffer.alloc(16);
  bytes.writeDoubleLE(lon, 0);
  bytes.writeDoubleLE(lat, 8);
  return bytes;
};

/** The same in the points of the map: steps of Web Mercator, one after the other. */
const asSteps = ({ lon, lat }: { lon: number; lat: number }) => {
  const { x, y } = stepsOf(lon, lat);
  const bytes = Buffer.alloc(8);
  bytes.writeInt32LE(x, 0);
  bytes.writeInt32LE(y, 4);
  return bytes;
};

const removal = async (caseId: string, district = real) => {
  const answer = await apps.epidemic!.request(`/api/epidemic/cases/${caseId}/removal?district=${district}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reason: 'Ông Nguyễn Văn Mận yêu cầu' }),
  });
  return { status: answer.status, body: (await answer.json()) as { sequence: number | null; keys: number } };
};
const figuresOf = async (district: string, asOf = '') =>
  (
    await get<{ areas: { areaId: string; figures: Record<string, { value: number | null }> }[] }>(
      'epidemic',
      `/api/epidemic/figures?district=${district}&onDay=2026-11-30${asOf}`,
    )
  ).areas.map(({ areaId, figures }) => [areaId, figures['cases-14d']?.value]);

describe('a person who is known by doses alone', () => {
  const dose = (personKey: string, doseNumber: number, ageYears: number, more: object = {}) =>
    eventOf(real, 'dose-administered', `${personKey}-${doseNumber}`, {
      ...{ doseId: `${personKey}-${doseNumber}`, personKey, doseNumber, ageYears, areaId: 'q7-tan-phu' },
      ...{ administeredDate: '2026-11-20', product: 'VẮC-XIN-CỦA-ÔNG-BẢY', ...more },
    });
  /** People by area and the ages of coverage, with how many have a first dose and all of them. */
  const coverageOf = async () =>
    (await get<{ items: object[] }>('epidemic', `/api/epidemic/vaccination?district=${real}`)).items;
  const remove = async (personKey: string) => {
    const answer = await apps.epidemic!.request(`/api/epidemic/vaccinated/${personKey}/removal?district=${real}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'Ông Bảy yêu cầu' }),
    });
    return { status: answer.status, body: (await answer.json()) as { sequence: number | null; keys: number } };
  };
  const agesOf = async (personKey: string) =>
    (
      await database.query<{ age: number | null; product: string | null; removed: boolean }>(
        'SELECT age_years AS age, product, removed FROM epidemic.doses WHERE district = $1 AND person_key = $2 ORDER BY dose_number',
        [real, personKey],
      )
    ).rows;

  test('his age and product are sealed; counts are of all ages', async () => {
    // One has the pseudonym of a case: another person, with a key of his own.
    await post([dose('v1', 1, 67), dose('v1', 2, 67), dose('v2', 1, 49), dose('c2', 1, 18), dose('v3', 1, 17)]);
    const text = await journalOf(real);
    expect(text).toContain('"v1"');
    expect(text).not.toMatch(/"ageYears":|VẮC-XIN-CỦA-ÔNG-BẢY/);
    const ofWard = (await coverageOf()).filter((row) => (row as { areaId: string }).areaId === 'q7-tan-phu');
    expect(ofWard).toMatchObject([
      { ageGroup: 'all', peopleAtLeastOneDose: 4, peopleFullCourse: 1 },
      { ageGroup: '18+', peopleAtLeastOneDose: 3, peopleFullCourse: 1 },
      { ageGroup: '50+', peopleAtLeastOneDose: 1, peopleFullCourse: 1 },
      { ageGroup: '65+', peopleAtLeastOneDose: 1, peopleFullCourse: 1 },
    ]);
  });

  test('removed he is counted where and in the age he was, and his age opens nowhere; after a rebuild too', async () => {
    const before = await coverageOf();
    expect(await remove('v1')).toMatchObject({ status: 201, body: { keys: 1 } });
    expect(await remove('c2')).toMatchObject({ status: 201, body: { keys: 1 } });
    await settled(...running);
    const left = [
      { age: 65, product: null, removed: true },
      { age: 65, product: null, removed: true },
    ];
    expect(await agesOf('v1')).toEqual(left);
    expect(await agesOf('v2')).toMatchObject([{ age: 49, removed: false }]);
    expect(await coverageOf()).toEqual(before);
    const { open } = sealingBy(keys);
    const opened = (await journalOf(real)).split('\n').map((text) => open(JSON.parse(text)) as { data: object });
    const of = (personKey: string) =>
      JSON.stringify(opened.filter(({ data }) => (data as { personKey?: string }).personKey === personKey));
    expect(of('v1')).not.toContain('ageYears');
    expect(of('v2')).toContain('"ageYears":49');
    // The case of the same pseudonym is another's.
    expect(JSON.stringify(opened)).toContain('Lê Thị Kín');
    expect(await remove('v1')).toMatchObject({ status: 201, body: { sequence: null, keys: 0 } });
    expect((await remove('nobody')).status).toBe(404);
    await rebuildWith(open);
    expect(await agesOf('v1')).toEqual(left);
    expect(await coverageOf()).toEqual(before);
  });

  test('what is said of him later is counted, and brings nothing back', async () => {
    const [before] = (await coverageOf()) as [object];
    await post([dose('v1', 3, 67, { administeredDate: '2026-11-25' })]);
    expect((await agesOf('v1')).at(-1)).toEqual({ age: null, product: null, removed: false });
    expect((await journalOf(real)).split('\n').filter((text) => text.includes('"v1-3"'))[0]).not.toMatch(
      /sealed|VẮC-XIN/,
    );
    expect((await coverageOf())[0]).toEqual(before);
    expect(await remove('v1')).toMatchObject({ status: 201, body: { keys: 0 } });
    expect((await agesOf('v1')).at(-1)).toEqual({ age: 0, product: null, removed: true });
    expect(await parked()).toEqual([]);
  });
});

describe('a person who is removed', () => {
  // In places of which the exercise knows nothing: what is found of them is his. He was told of twice, in two wards, and both were known.
  const places = [
    { lon: 106.7283411, lat: 10.7343419 },
    { lon: 106.7123413, lat: 10.7423417 },
  ];
  const [first, second] = places;
  const traces = places.flatMap((place) => [asPoint(place), asSteps(place), String(place.lon), String(place.lat)]);

  test('is read nowhere any more, and is counted where he was', async () => {
    await post([
      eventOf(real, 'case-confirmed', 'r1', {
        caseId: 'r1',
        confirmedDate,
        location: first,
        ageYears: 44,
        sex: 'male',
      }),
    ]);
    await post([
      eventOf(real, 'case-corrected', 'r1-2', { caseId: 'r1', location: second, reason: 'Ông Đỗ Văn Mơ ở nhà khác' }),
    ]);
    await database.query('ANALYZE');
    await database.query('CHECKPOINT');
    expect((await filesWith(traces)).length).toBeGreaterThan(3);
    const before = { list: await listOf(real), counts: await countsOf(real), figures: await figuresOf(real) };
    const historyOf = () => get<{ versions: CaseRow[] }>('epidemic', `/api/epidemic/cases/r1?district=${real}`);
    const areas = (await historyOf()).versions.map(({ areaId }) => areaId);
    expect(new Set(areas).size).toBe(2);
    const tile = await tileOf(real);
    expect(await removal('c1')).toMatchObject({ status: 201, body: { keys: 1 } });
    expect(await removal('r1')).toMatchObject({ status: 201, body: { keys: 1 } });
    await settled(...running);

    const list = await listOf(real);
    const placed = (rows: CaseRow[]) => rows.map(({ caseId, areaId }) => [caseId, areaId]);
    expect(placed(list)).toEqual(placed(before.list));
    for (const caseId of ['c1', 'r1'])
      expect(list.find((one) => one.caseId === caseId)).toEqual({
        caseId,
        areaId: before.list.find((one) => one.caseId === caseId)!.areaId,
        lon: null,
        lat: null,
        ageYears: null,
        removed: true,
      });
    expect(list.filter(({ removed }) => removed).length).toBe(2);
    expect(list.filter(({ removed }) => !removed)).toEqual(
      before.list.filter(({ caseId }) => !['c1', 'r1'].includes(caseId)),
    );
    expect(await countsOf(real)).toEqual(before.counts);
    expect(await figuresOf(real)).toEqual(before.figures);
    expect(await tileOf(real)).toBe(tile - 1);
    // Each version of him stays in the ward in which it was counted then.
    const { versions } = await historyOf();
    expect(versions.map(({ areaId }) => areaId)).toEqual([...areas, areas.at(-1)]);
    expect(versions.every(({ lon, ageYears }) => lon === null && ageYears === null)).toBe(true);
  });

  test('a second request finds nothing left, an unknown case is 404', async () => {
    expect(await removal('c1')).toMatchObject({ status: 201, body: { sequence: null, keys: 0 } });
    expect((await removal('c99')).status).toBe(404);
  });

  test('is in no file of the database, and his texts are in no message of the journal that opens', async () => {
    const tables = ['epidemic.case_versions', 'epidemic.case_waiting', 'geography.points'];
    await forgetSamples(url, tables);
    await rewriteNow(url, tables);
    for (const step of ['CHECKPOINT', 'SELECT pg_switch_wal()', 'CHECKPOINT']) await database.query(step);
    expect(await filesWith([...traces, 'Đỗ Văn Mơ'])).toEqual([]);
    const { open } = sealingBy(keys);
    const opened = (await journalOf(real)).split('\n').map((text) => open(JSON.parse(text)));
    const ofRemoved = opened.filter((event) =>
      ['c1', 'r1'].includes((event as { data: { caseId?: string } }).data.caseId ?? ''),
    );
    expect(ofRemoved.length).toBe(5);
    expect(JSON.stringify(ofRemoved)).not.toMatch(/"(location|ageYears|sex)":/);
    expect(JSON.stringify(opened)).toContain('106.7285671');
  });

  test('stays so after a rebuild, with the same counts and figures', async () => {
    const before = {
      list: await listOf(real),
      counts: await countsOf(real),
      figures: await figuresOf(real),
      points: await tileOf(real),
    };
    await rebuildWith(sealingBy(keys).open);
    expect(await listOf(real)).toEqual(before.list);
    expect(await countsOf(real)).toEqual(before.counts);
    expect(await figuresOf(real)).toEqual(before.figures);
    expect(await tileOf(real)).toBe(before.points);
  });

  test('what is said of him later changes his course, and brings nothing of him back', async () => {
    const back = { lon: 106.7281239, lat: 10.7341237 };
    await post([
      eventOf(real, 'case-confirmed', 'again', { ...cases[0], location: back, confirmedDate }),
      eventOf(real, 'case-corrected', 'again-2', { caseId: 'c1', location: back, ageYears: 32 }),
      eventOf(real, 'case-status-changed', 'again-3', {
        caseId: 'c1',
        status: 'recovered',
        since: '2026-11-29T02:00:00Z',
      }),
    ]);
    const [one] = await listOf(real);
    expect(one).toMatchObject({ caseId: 'c1', lon: null, ageYears: null, removed: true });
    expect(one!.areaId).not.toBeNull();
    const rows = (await rowsOf(real)).filter((row) => row.includes('"c1"'));
    expect(rows.filter((row) => /106\.72812|"age_years": 3|"location"/.test(row))).toEqual([]);
    const before = { list: await listOf(real), counts: await countsOf(real) };
    // Nothing of it is in the journal, not even sealed.
    const journal = (await journalOf(real)).split('\n').map((text) => JSON.parse(text));
    const since = journal.filter(({ id }) => ['again', 'again-2'].includes(id));
    expect(since.map(({ data, sealed }) => [data.location, data.ageYears, sealed])).toEqual(
      [[], []].map(() => [undefined, undefined, undefined]),
    );
    expect(await removal('c1')).toMatchObject({ body: { sequence: null, keys: 0 } });
    await rebuildWith(sealingBy(keys).open);
    expect(await listOf(real)).toEqual(before.list);
    expect(await countsOf(real)).toEqual(before.counts);
  });
});

describe('retention', () => {
  const rule = (of: RetentionClass, periodDays: number | null): Retention => ({
    ...{ class: of, periodDays, from: null, until: null, verified: false },
    source: { vi: 'thử', en: 'a test' },
  });
  /** A service that was started anew at an instant, as far as it keeps periods. */
  const startedAt = (clock: () => Date, policy: readonly Retention[]) => {
    const epidemicRows = running.find(({ name }) => name === 'epidemic')!;
    const parts = {
      ...{ database, broker, appender, keys, log: silentLog, policy, now: clock, service: 'epidemic' },
      projected: (district: string, sequence: number) => epidemicRows.reached(district, sequence, 90_000),
      stampOf: (district: string, by: Attribution) =>
        stamp({ database, broker, now, newId: randomUUID }, district, by, async () => now()),
    };
    const leads = (district: string) => [real, exercise].includes(district);
    const keeping = keepRetention({ ...parts, leads, duties: retentionDuties(parts) });
    endings.push(keeping.stop);
    return keeping;
  };
  const lookAt = async (at: string, policy: readonly Retention[], copies = 1) => {
    const started = Array.from({ length: copies }, () => startedAt(() => new Date(at), policy));
    await Promise.all(started.map(({ look }) => look()));
    await settled(...running);
  };
  const casesLeft = async () => (await listOf(real)).filter(({ removed }) => !removed).map(({ caseId }) => caseId);
  const removalsOf = async (type: string) =>
    (await journalOf(real))
      .split('\n')
      .map((text) => JSON.parse(text))
      .filter((event) => event.type === type && event.data.basis === 'retention');
  // All was said on 30 November in Vietnam, which is seven hours ahead: 30 whole days are over when 31 December begins.
  const bound = Date.parse('2026-12-30T17:00:00.000Z');
  const before = new Date(bound - 1).toISOString();
  const at = new Date(bound).toISOString();

  test('whose time is over is removed as on request, once, with the first instant after the last day of it, and is counted as before', async () => {
    const period = [rule('case-identity', 30)];
    const counts = await countsOf(real);
    const left = await casesLeft();
    expect(left.length).toBeGreaterThan(3);
    await lookAt(at, [rule('case-identity', null)]);
    await lookAt(before, period);
    expect(await casesLeft()).toEqual(left);
    // Two copies that both take themselves for the leader.
    await lookAt(at, period, 2);
    await lookAt(at, period);
    expect(await casesLeft()).toEqual([]);
    const said = await removalsOf('person-removed');
    expect(said.map(({ data }) => data.caseId).sort()).toEqual(left);
    expect(new Set(said.map(({ authid }) => authid)).size).toBe(1);
    expect(await countsOf(real)).toEqual(counts);
    expect((await listOf(real)).every(({ lon }) => lon === null)).toBe(true);
    // Nobody of the exercise.
    expect((await listOf(exercise)).some(({ lon }) => lon !== null)).toBe(true);
  });

  test('of a person known by doses the last dose counts; a removal that was broken off is finished after a restart', async () => {
    const doses = (district: string) =>
      [1, 2].map((doseNumber) =>
        eventOf(district, 'dose-administered', `kept-${doseNumber}`, {
          ...{ doseId: `kept-${doseNumber}`, personKey: 'kept', doseNumber, courseDoses: 2, areaId: 'q7-tan-phu' },
          ...{ ageYears: 66, product: 'Vero Cell', administeredDate: `2026-11-2${doseNumber}` },
        }),
      );
    await post([real, exercise].flatMap(doses));
    const rows = async (district: string) =>
      (
        await database.query<{ age: number; product: string | null; removed: boolean }>(
          `SELECT age_years AS age, product, removed FROM epidemic.doses WHERE district = $1 AND person_key = 'kept' ORDER BY dose_number`,
          [district],
        )
      ).rows;
    const own = async () =>
      (await removalsOf('vaccinated-person-removed')).filter(({ data }) => data.personKey === 'kept');
    const period = [rule('vaccinated-identity', 30)];
    const known = Array.from({ length: 2 }, () => ({ age: 66, product: 'Vero Cell', removed: false }));
    await lookAt(before, period);
    expect([await rows(real), await own()]).toEqual([known, []]);
    const { destroy } = keys;
    keys.destroy = () => {
      throw new Error('the power went');
    };
    await lookAt(at, period);
    keys.destroy = destroy;
    const removed = known.map(() => ({ age: 65, product: null, removed: true }));
    expect([await rows(real), (await own()).length]).toEqual([removed, 1]);
    const person = `${real} ${vaccinatedPerson('kept')}`;
    expect(keys.isRemoved(person)).toBe(false);
    await lookAt(at, [rule('vaccinated-identity', null)]);
    expect([keys.isRemoved(person), (await own()).length]).toEqual([true, 1]);
    await rebuildWith(sealingBy(keys).open);
    await lookAt(at, period);
    expect([await rows(real), (await own()).length]).toEqual([removed, 1]);
    expect(await rows(exercise)).toEqual(known);
  });

  test('the day before which all has to be over follows from the period', () => {
    expect(lastDayOver({ periodDays: 30 }, '2026-12-31')).toBe('2026-11-30');
    expect(lastDayOver({ periodDays: 0 }, '2026-12-31')).toBe('2026-12-30');
    expect(lastDayOver({ periodDays: null }, '2026-12-31')).toBeUndefined();
    expect(lastDayOver(undefined, '2026-12-31')).toBeUndefined();
  });
});
