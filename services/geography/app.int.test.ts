import type { FeatureCollection } from 'geojson';
import { feature } from 'topojson-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deleteDistrictStream } from '#platform/journal.ts';
import { temporaryDistrict } from '#platform/testing/servers.ts';
import { registerPack } from './district-pack/register-pack.ts';
import { loadDistrict7Pack } from './district7/pack.ts';
import { type GeographyUnderTest, startGeography } from './testing.ts';

const district = temporaryDistrict();
const pack = loadDistrict7Pack();
let geography: GeographyUnderTest;

beforeAll(async () => {
  geography = await startGeography();
  const placement = { district, clock: 'recorded', exercise: true, recordedTime: '2021-05-01T00:00:00Z' } as const;
  const { sequence } = await registerPack(geography.appender, geography.broker, pack, placement);
  await geography.places.reached(district, sequence, 20_000);
});
afterAll(async () => {
  await deleteDistrictStream(geography.broker, district);
  await geography.stop();
});

const get = async (path: string) => {
  const response = await geography.app.request(path);
  const body = JSON.parse(await response.text());
  return { status: response.status, headers: response.headers, body };
};

describe('areas', () => {
  test('come as GeoJSON with people and label point, by level', async () => {
    const { status, headers, body } = await get(`/api/geography/areas?district=${district}&level=ward`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/geo+json');
    expect(body.features).toHaveLength(10);
    const ward = body.features.find((item: { id: string }) => item.id === 'q7-tan-phu');
    expect(ward.properties).toMatchObject({
      name: 'Phường Tân Phú',
      parentId: 'q7',
      population: 38003,
      validUntil: null,
      populationEstimated: true,
    });
    expect(ward.properties.areaKm2).toBeGreaterThan(3);
  });

  test('come as TopoJSON in fewer bytes, with the same areas to 1 m', async () => {
    const url = `/api/geography/areas?district=${district}`;
    const geojson = await geography.app.request(url);
    const topojson = await geography.app.request(`${url}&format=topojson`);
    const [plain, compact] = [await geojson.text(), await topojson.text()];
    expect(compact.length).toBeLessThan(plain.length * 0.8);
    const topology = JSON.parse(compact);
    const back = feature(topology, topology.objects.areas) as unknown as FeatureCollection;
    expect(back.features.map((item) => item.properties!.areaId)).toEqual(
      (JSON.parse(plain) as FeatureCollection).features.map((item) => item.properties!.areaId),
    );
  });

  test('simplified, still cover the same ground: neighbours share what is left of their edges', async () => {
    const { body } = await get(`/api/geography/areas?district=${district}&level=ward&simplifyMetres=60`);
    const { rows } = await geography.database.query(
      `WITH g AS (SELECT ST_GeomFromGeoJSON(f->'geometry') AS geom FROM json_array_elements($1::json) f)
       SELECT (SELECT count(*) FROM g a JOIN g b ON ST_Area(ST_Intersection(a.geom, b.geom)::geography) > 1
               AND ST_AsText(a.geom) < ST_AsText(b.geom)) AS overlaps,
              ST_NumInteriorRings(ST_Union(geom)) AS holes, bool_and(ST_IsValid(geom)) AS valid FROM g`,
      [JSON.stringify(body.features)],
    );
    expect(rows[0]).toEqual({ overlaps: 0, holes: 0, valid: true });
  });

  test('have an ETag: the caller who has it gets 304', async () => {
    const url = `/api/geography/areas?district=${district}`;
    const first = await geography.app.request(url);
    const second = await geography.app.request(url, { headers: { 'if-none-match': first.headers.get('etag')! } });
    expect([second.status, first.headers.get('cache-control')]).toEqual([304, 'no-cache']);
  });

  test('were not known before they were recorded', async () => {
    const { body } = await get(`/api/geography/areas?district=${district}&asOf=2021-04-30T00:00:00Z`);
    expect(body.features).toEqual([]);
  });

  test('one has its children and versions; none is a 404 that says when', async () => {
    const { body } = await get(`/api/geography/areas/q7?district=${district}`);
    expect([body.children.length, body.versions.length]).toEqual([10, 1]);
    const missing = await get(`/api/geography/areas/nowhere?district=${district}`);
    expect([missing.status, missing.body.errors[0].field]).toEqual([404, 'areaId']);
    expect((await get('/api/geography/areas?district=nobody')).status).toBe(404);
  });

  test('a point is in one area of each level', async () => {
    const [lon, lat] = pack.areas.find((area) => area.id === 'q7-tan-phong-to-03')!.labelPoint;
    const { body } = await get(`/api/geography/locate?district=${district}&lon=${lon}&lat=${lat}`);
    expect(body.areas.map((area: { areaId: string }) => area.areaId)).toEqual([
      'q7',
      'q7-tan-phong',
      'q7-tan-phong-to-03',
    ]);
    const outside = await get(`/api/geography/locate?district=${district}&lon=0&lat=0`);
    expect(outside.body.areas).toEqual([]);
  });
});

describe('names', () => {
  test.each(['Phú Thuận', 'phu thuan', 'phù thuán', 'Phu Thuan'.normalize('NFD'), 'phu thuna'])(
    'finds Phường Phú Thuận by "%s"',
    async (typed) => {
      const { body } = await get(`/api/geography/search?district=${district}&q=${encodeURIComponent(typed)}`);
      expect(body.candidates.map((item: { id: string }) => item.id)).toContain('q7-phu-thuan');
      expect(body.candidates[0].id === 'q7-phu-thuan' || typed === 'phu thuna').toBe(true);
    },
  );

  test('the map’s context is there, by kind', async () => {
    const { body } = await get(`/api/geography/context?district=${district}&kind=waterway`);
    expect(body.features).toHaveLength(pack.waterways.length);
    expect(body.features[0].properties).toMatchObject({ kind: 'waterway', widthMetres: expect.any(Number) });
  });
});

describe('districts', () => {
  const body = (id: string, more: Record<string, unknown> = {}) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      districtId: id,
      name: 'Thử',
      timeZone: 'Asia/Ho_Chi_Minh',
      clock: 'recorded',
      exercise: true,
      centre: { lon: 106.7, lat: 10.7 },
      ...more,
    }),
  });

  test('one is registered, listed, refused twice, and thrown away with its rows', async () => {
    const id = temporaryDistrict();
    const made = await geography.app.request('/api/districts', body(id));
    expect([made.status, JSON.parse(await made.text()).projected]).toEqual([201, true]);
    expect((await get('/api/districts')).body).toContainEqual(
      expect.objectContaining({ district: id, timeZone: 'Asia/Ho_Chi_Minh', exercise: true, bbox: null }),
    );
    const again = await geography.app.request('/api/districts', body(id, { clock: 'live' }));
    expect(again.status).toBe(409);
    const gone = await geography.app.request(`/api/districts/${id}`, { method: 'DELETE' });
    expect(gone.status).toBe(204);
    await expect
      .poll(async () => (await get('/api/districts')).body.map((item: { district: string }) => item.district))
      .not.toContain(id);
    expect((await geography.app.request(`/api/districts/${id}`, { method: 'DELETE' })).status).toBe(404);
  });

  test('a real, live one is never thrown away; a wrong zone is named', async () => {
    const id = temporaryDistrict();
    await geography.app.request('/api/districts', body(id, { clock: 'live', exercise: false }));
    const refused = await geography.app.request(`/api/districts/${id}`, { method: 'DELETE' });
    expect(refused.status).toBe(409);
    await geography.broker.manager.streams.delete(`VX_${id}`);
    const wrong = await geography.app.request(
      '/api/districts',
      body(temporaryDistrict(), { timeZone: 'Asia/Saigon7' }),
    );
    expect([wrong.status, JSON.parse(await wrong.text()).errors[0]]).toMatchObject([422, { value: 'Asia/Saigon7' }]);
  });
});

describe('a layer of areas', () => {
  test('is reported on a dry run, enters once, and a later layer leaves the days before it as they were', async () => {
    const id = temporaryDistrict();
    const made = await geography.app.request('/api/districts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        districtId: id,
        name: 'Thử',
        timeZone: 'Asia/Ho_Chi_Minh',
        clock: 'recorded',
        exercise: true,
        centre: { lon: 106.7, lat: 10.7 },
      }),
    });
    expect(made.status).toBe(201);
    const layer = (east: number) =>
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          [106.7, east, 'a', 'Tây'],
          [east, 106.72, 'b', 'Đông'],
        ].map(([west, to, area_id, name]) => ({
          type: 'Feature',
          properties: { area_id, name },
          geometry: {
            type: 'Polygon',
            coordinates: [
              [
                [west, 10.7],
                [to, 10.7],
                [to, 10.71],
                [west, 10.71],
                [west, 10.7],
              ],
            ],
          },
        })),
      });
    const send = async (body: string, more: string) => {
      const response = await geography.app.request(`/api/geography/imports/areas?district=${id}&${more}`, {
        method: 'POST',
        headers: { 'content-type': 'application/geo+json' },
        body,
      });
      return { status: response.status, body: JSON.parse(await response.text()) };
    };
    const root = 'rootId=all&rootName=C%E1%BA%A3';
    const dry = await send(layer(106.71), `validFrom=2020-01-01&dryRun=true&${root}`);
    expect(dry.body).toMatchObject({ areas: 3, sequence: null, report: { accepted: 2, refused: [] } });
    const before = `validFrom=2020-01-01&recordedTime=2021-01-01T00:00:00Z&${root}`;
    expect((await send(layer(106.71), before)).body).toMatchObject({ projected: true, areas: 3 });
    await send(layer(106.71), before);
    await send(layer(106.705), `validFrom=2021-07-01&recordedTime=2021-06-01T00:00:00Z&${root}`);
    const at = async (day: string, asOf = '2022-01-01T00:00:00Z') =>
      (
        await get(`/api/geography/locate?district=${id}&lon=106.707&lat=10.705&onDay=${day}&asOf=${asOf}`)
      ).body.areas.map((area: { areaId: string }) => area.areaId);
    expect(await at('2021-06-30')).toEqual(['all', 'a']);
    expect(await at('2021-07-01')).toEqual(['all', 'b']);
    expect(await at('2021-07-01', '2021-05-01T00:00:00Z')).toEqual(['all', 'a']);
    const broken = await send('{"type":"Topology"}', 'validFrom=2020-01-01');
    expect([broken.status, broken.body.errors[0].field]).toEqual([422, 'file']);
    await deleteDistrictStream(geography.broker, id);
  });
});
