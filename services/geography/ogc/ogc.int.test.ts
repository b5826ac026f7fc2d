import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventData } from '#contracts/catalogue.ts';
import { newEvent } from '#contracts/new-event.ts';
import { deleteDistrictStream } from '#platform/journal.ts';
import type { Running } from '#platform/run.ts';
import { listen } from '#platform/serve.ts';
import { temporaryDistrict } from '#platform/testing/servers.ts';
import { registerPack } from '../district-pack/register-pack.ts';
import { loadDistrict7Pack } from '../district7/pack.ts';
import { type GeographyUnderTest, startGeography } from '../testing.ts';

const district = temporaryDistrict();
const pack = loadDistrict7Pack();
let geography: GeographyUnderTest;
let server: Running & { port: number };

beforeAll(async () => {
  geography = await startGeography();
  const { appender, broker } = geography;
  const placement = { district, clock: 'recorded', exercise: true, recordedTime: '2021-05-01T00:00:00Z' } as const;
  const { sequence } = await registerPack(appender, broker, pack, placement);
  await geography.places.reached(district, sequence, 20_000);
  const reports = Array.from({ length: 27 }, (_, i) => {
    const time = `2021-08-${String((i % 25) + 1).padStart(2, '0')}T05:00:00Z`;
    const data = {
      violationId: `v${i}`,
      kind: 'encroachment',
      occurredAt: time,
      location: { lon: 106.72 + i / 1000, lat: 10.73 },
    } as const;
    return newEvent({
      type: 'violation-reported',
      district,
      source: '/test',
      id: `v${i}`,
      time,
      recordedTime: time,
      data,
    }).message;
  });
  const step = (
    type: 'violation-merged' | 'violation-dismissed',
    violationId: string,
    more: { intoViolationId: string } | object,
  ) =>
    newEvent({
      type,
      district,
      source: '/test',
      id: `${violationId}-${type}`,
      time: '2021-08-20T05:00:00Z',
      recordedTime: '2021-08-20T05:00:00Z',
      data: { violationId, occurredAt: '2021-08-20T05:00:00Z', ...more } as EventData<typeof type>,
    }).message;
  reports.push(
    step('violation-merged', 'v25', { intoViolationId: 'v24' }),
    step('violation-dismissed', 'v26', { reason: 'nothing there' }),
  );
  const results = await appender.appendAll(reports);
  const last = results.at(-1)!;
  if (last.ok) await geography.points[1]!.reached(district, last.sequence, 10_000);
  server = await listen(geography.app, 0, '127.0.0.1');
});
afterAll(async () => {
  await server.stop();
  await deleteDistrictStream(geography.broker, district);
  await geography.stop();
});

const get = async (path: string) => {
  const response = await geography.app.request(path.startsWith('http') ? path : `http://map.example/api/ogc${path}`);
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: JSON.parse(await response.text()),
  };
};

describe('OGC API – Features', () => {
  test('every link of the landing page and of the collections answers with its type', async () => {
    const { body: landing } = await get('');
    const { body: all } = await get('/collections');
    const own = all.collections.filter(({ id }: { id: string }) => id.startsWith(`${district}.`));
    expect(own.map(({ id }: { id: string }) => id.split('.')[1])).toEqual([
      'district',
      'ward',
      'neighbourhood',
      'waterway',
      'road',
      'place',
      'planning-zone',
      'violation',
      'business',
    ]);
    for (const link of [...landing.links, ...own.flatMap(({ links }: { links: unknown[] }) => links)]) {
      const { status, type } = await get(link.href);
      expect([link.href, status, type]).toEqual([link.href, 200, link.type]);
    }
  });

  test('pages follow one another to every item, once', async () => {
    const seen: string[] = [];
    let next: string | undefined = `/collections/${district}.neighbourhood/items?limit=70`;
    while (next) {
      const {
        body,
      }: { body: { numberMatched: number; features: { id: string }[]; links: { rel: string; href: string }[] } } =
        await get(next);
      expect(body.numberMatched).toBe(300);
      seen.push(...body.features.map(({ id }) => id));
      next = body.links.find(({ rel }) => rel === 'next')?.href;
    }
    expect([seen.length, new Set(seen).size]).toEqual([300, 300]);
  });

  test('bbox and datetime choose, for points as for areas', async () => {
    const items = async (collection: string, query: string) =>
      (await get(`/collections/${district}.${collection}/items?${query}`)).body.features.map(
        ({ id }: { id: string }) => id,
      );
    expect(await items('violation', 'bbox=106.7195,10.7295,106.7225,10.7305')).toEqual(['v0', 'v1', 'v2']);
    expect(await items('violation', 'datetime=2021-08-24T00:00:00Z/..')).toEqual(['v23', 'v24']);
    expect(await items('violation', 'datetime=../2021-08-01T05:00:00Z')).toEqual(['v0']);
    // 12:00 in District 7 on the 20th; a day is the district's, and v25 and v26 of the 1st and 2nd turned out to be another and nothing.
    expect(await items('violation', 'datetime=2021-08-20')).toEqual(['v19']);
    expect(await items('violation', 'datetime=2021-08-01/2021-08-03')).toEqual(['v0', 'v1', 'v2']);
    expect(await items('ward', 'datetime=2021-08-01')).toHaveLength(10);
    expect(await items('ward', 'bbox=106.744,10.730,106.745,10.731')).toEqual(['q7-phu-thuan']);
    expect(await items('ward', 'datetime=1990-01-01T00:00:00Z')).toEqual([]);
    expect(await items('ward', 'bbox=0,0,1,1')).toEqual([]);
  });

  test('a single item is there; faults are 400 and 404 and name the parameter', async () => {
    const { body } = await get(`/collections/${district}.violation/items/v3`);
    expect(body).toMatchObject({ type: 'Feature', id: 'v3', properties: { kind: 'encroachment', status: 'reported' } });
    expect(body.geometry.coordinates[0]).toBeCloseTo(106.723, 6);
    const faults = ['limit=0', 'bbox=1,2,3', 'datetime=yesterday', 'colour=red', 'bbox=1,9,2,3'];
    for (const fault of faults) {
      const answer = await get(`/collections/${district}.ward/items?${fault}`);
      expect([answer.status, answer.body.errors[0].field]).toEqual([400, fault.split('=')[0]]);
    }
    expect((await get(`/collections/${district}.nothing/items`)).status).toBe(404);
    expect((await get(`/collections/${district}.ward/items/nobody`)).status).toBe(404);
  });
});

const gdal = (() => {
  try {
    return execFileSync('ogrinfo', ['--formats'], { encoding: 'utf8' }).includes('OAPIF');
  } catch {
    return false;
  }
})();
if (!gdal) console.log('not read with GDAL: ogrinfo with the OAPIF driver is not here (Debian package gdal-bin)');

describe.skipIf(!gdal)('GDAL', () => {
  const ogrinfo = async (...options: string[]) => {
    const { stdout } = await promisify(execFile)('ogrinfo', options, { timeout: 60_000 });
    return stdout;
  };
  test('lists the layers, reads all neighbourhoods page by page, and filters by place', async () => {
    const source = `OAPIF:http://127.0.0.1:${server.port}/api/ogc`;
    expect(await ogrinfo('-ro', source)).toContain(`${district}.ward`);
    const all = await ogrinfo('-ro', '-al', '-so', '-oo', 'PAGE_SIZE=90', source, `${district}.neighbourhood`);
    expect(all).toMatch(/Feature Count: 300/);
    expect(all).toMatch(/Geometry: Multi Polygon/);
    const near = await ogrinfo(
      '-ro',
      '-al',
      '-so',
      '-spat',
      '106.7195',
      '10.7295',
      '106.7225',
      '10.7305',
      source,
      `${district}.violation`,
    );
    expect(near).toMatch(/Feature Count: 3/);
  });
});
