import { VectorTile } from '@mapbox/vector-tile';
import type { Point } from 'geojson';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newEvent } from '#contracts/new-event.ts';
import { deleteDistrictStream } from '#platform/journal.ts';
import { temporaryDistrict } from '#platform/testing/servers.ts';
import { registerPack } from '../district-pack/register-pack.ts';
import { loadDistrict7Pack } from '../district7/pack.ts';
import { stepsOf } from '../points/z-order.ts';
import { type GeographyUnderTest, startGeography } from '../testing.ts';

const district = temporaryDistrict();
const pack = loadDistrict7Pack();
const time = '2021-08-01T00:00:00Z';
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

const tileAt = ({ lon, lat }: { lon: number; lat: number }, z: number) => {
  const { x, y } = stepsOf(lon, lat);
  return { x: Math.floor(x / 2 ** (31 - z)), y: Math.floor(y / 2 ** (31 - z)) };
};
const centre = { lon: 106.728, lat: 10.734 };
const get = async (layer: string, z: number, at = centre, headers: Record<string, string> = {}, more = '') => {
  const { x, y } = tileAt(at, z);
  const response = await geography.app.request(`/api/tiles/${layer}/${z}/${x}/${y}.mvt?district=${district}${more}`, {
    headers,
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const tile = new VectorTile(new PbfReader(bytes));
  const read = (name: string) => {
    const found = tile.layers[name];
    return found ? Array.from({ length: found.length }, (_, i) => found.feature(i)) : [];
  };
  return { status: response.status, headers: response.headers, bytes, read, x, y };
};

describe('base map', () => {
  test('wards below zoom 14, tổ dân phố from there on, each with its name and a label point', async () => {
    const far = await get('areas', 12);
    expect(far.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile');
    const wards = far.read('areas').map((item) => item.properties);
    expect(new Set(wards.map(({ level }) => level))).toEqual(new Set(['ward']));
    expect(wards.map(({ name }) => name)).toContain('Phường Tân Phú');
    expect(far.read('area-labels').length).toBeGreaterThan(0);
    const close = await get('areas', 14);
    expect(new Set(close.read('areas').map((item) => item.properties.level))).toEqual(new Set(['neighbourhood']));
    const asked = await get('areas', 14, centre, {}, '&level=ward');
    expect(asked.read('areas').every((item) => item.properties.level === 'ward')).toBe(true);
  });

  test('an outline in the tile is where the pack has it', async () => {
    const { read, x, y } = await get('areas', 12);
    const found = read('areas').find((item) => item.properties.areaId === 'q7-tan-phong')!;
    const geometry = found.toGeoJSON(x, y, 12).geometry as { type: string; coordinates: never };
    const { rows } = await geography.database.query(
      `SELECT ST_Area(ST_Intersection(a, b)) / ST_Area(ST_Union(a, b)) AS iou FROM
         (SELECT ST_MakeValid(ST_SetSRID(ST_GeomFromGeoJSON($1), 4326)) AS a, 
          ST_Intersection(ST_SetSRID(ST_GeomFromGeoJSON($2), 4326), ST_Transform(ST_TileEnvelope(12, $3, $4, margin => 64.0 / 4096), 4326)) AS b) g`,
      [JSON.stringify(geometry), JSON.stringify(pack.areas.find((area) => area.id === 'q7-tan-phong')!.geometry), x, y],
    );
    expect(rows[0].iou).toBeGreaterThan(0.97);
  });

  test.each([
    ['waterways', 'Sông Sài Gòn'],
    ['roads', 'Đường Nguyễn Văn Linh'],
  ])('%s are there with their names', async (layer, name) => {
    const names = (await get(layer, 11)).read(layer).map((item) => item.properties.name);
    expect(names).toContain(name);
  });

  test('TileJSON leads to the tiles; what is not there is a 404 that says what is', async () => {
    const response = await geography.app.request(`http://map.example/api/tiles/areas?district=${district}`);
    const json = JSON.parse(await response.text());
    expect(json.tiles).toEqual([`http://map.example/api/tiles/areas/{z}/{x}/{y}.mvt?district=${district}`]);
    expect(json.vector_layers.map(({ id }: { id: string }) => id)).toEqual(['areas', 'area-labels']);
    for (const path of ['nothing/3/1/1.mvt', 'areas/3/9/1.mvt', 'areas/19/1/1.mvt', 'areas/3/1/1.png'])
      expect((await geography.app.request(`/api/tiles/${path}?district=${district}`)).status).toBe(404);
  });
});

describe('points', () => {
  const report = async (first: number, count: number, at: (i: number) => { lon: number; lat: number }) => {
    const messages = Array.from(
      { length: count },
      (_, i) =>
        newEvent({
          type: 'violation-reported',
          district,
          source: '/test',
          id: `v${first + i}`,
          time,
          recordedTime: time,
          data: {
            violationId: `v${first + i}`,
            kind: i % 3 === 0 ? 'canal-filling' : 'without-permit',
            occurredAt: '2021-08-01T18:00:00Z',
            location: at(i),
          },
        }).message,
    );
    const results = await geography.appender.appendAll(messages);
    return Math.max(...results.map((result) => (result.ok ? result.sequence : 0)));
  };

  test('nothing there is an empty tile', async () => {
    const { status, bytes } = await get('cases', 12);
    expect([status, bytes.length]).toEqual([200, 0]);
  });

  test('few are carried one by one, at their place, named by their first sequence, on their local day', async () => {
    const sequence = await report(0, 1, () => centre);
    await geography.points[1]!.reached(district, sequence, 5000);
    for (const z of [0, 5, 12, 16, 18]) {
      const { read, x, y } = await get('violations', z);
      const [point] = read('violations');
      // 18:00 in Greenwich is the next day in Ho Chi Minh City.
      expect(point!.properties).toEqual({ category: 'canal-filling', status: 'reported', day: '2021-08-02' });
      expect(point!.id).toBe(sequence);
      const [lon, lat] = (point!.toGeoJSON(x, y, z).geometry as Point).coordinates as [number, number];
      const unitDegrees = 360 / 2 ** z / 4096;
      expect(Math.abs(lon - centre.lon)).toBeLessThan(unitDegrees);
      expect(Math.abs(lat - centre.lat)).toBeLessThan(unitDegrees);
    }
  });

  test('a committed report is in the tile within 2 s, and an unchanged tile is not sent again', async () => {
    const before = await get('violations', 12);
    const same = await get('violations', 12, centre, { 'if-none-match': before.headers.get('etag')! });
    expect([same.status, before.headers.get('cache-control')]).toEqual([304, 'no-cache']);
    const start = performance.now();
    await report(1, 1, () => ({ lon: 106.74, lat: 10.72 }));
    await expect
      .poll(async () => (await get('violations', 12)).read('violations').length, { interval: 20, timeout: 90_000 })
      .toBe(2);
    expect(performance.now() - start).toBeLessThan(2000);
    const after = await get('violations', 12, centre, { 'if-none-match': before.headers.get('etag')! });
    expect(after.status).toBe(200);
  });

  test('where they crowd, tiles carry counts that sum to all of them, by category, at every zoom', async () => {
    const place = (i: number) => ({ lon: 106.72 + (i % 100) / 1e5, lat: 10.73 + Math.floor(i / 100) / 1e5 });
    const sequence = await report(100, 9000, place);
    await geography.points[1]!.reached(district, sequence, 20_000);
    for (const z of [3, 8, 12, 13, 14, 15, 16]) {
      let count = 0;
      let filling = 0;
      const cells = new Set<string>();
      const corners = [tileAt({ lon: 106.7199, lat: 10.7311 }, z), tileAt({ lon: 106.7411, lat: 10.7199 }, z)];
      for (let x = corners[0]!.x; x <= corners[1]!.x; x++)
        for (let y = corners[0]!.y; y <= corners[1]!.y; y++) {
          const response = await geography.app.request(`/api/tiles/violations/${z}/${x}/${y}.mvt?district=${district}`);
          const layer = new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer()))).layers.violations;
          for (let i = 0; i < (layer?.length ?? 0); i++) {
            const { properties } = layer!.feature(i);
            count += properties.aggregate ? Number(properties.count) : 1;
            filling += properties.aggregate
              ? Number(properties['canal-filling'] ?? 0)
              : Number(properties.category === 'canal-filling');
            if (properties.aggregate) cells.add(`${x}/${y}/${i}`);
          }
        }
      expect([z, count, filling]).toEqual([z, 9002, 3002]);
      if (z <= 15) expect(cells.size).toBeGreaterThan(0);
    }
  }, 60_000);

  test('the cells of a crowded tile lie where the points are', async () => {
    const { read, x, y } = await get('violations', 15, { lon: 106.7205, lat: 10.7303 });
    for (const cell of read('violations')) {
      // The two single reports of before are in this tile too.
      if (!cell.properties.aggregate || cell.properties.count === 1) continue;
      const [lon, lat] = (cell.toGeoJSON(x, y, 15).geometry as Point).coordinates as [number, number];
      const size = 360 / 2 ** 15 / 32;
      expect([lon, lat, Math.abs(lon - 106.7205) < 0.0005 + size, Math.abs(lat - 10.73045) < 0.00045 + size]).toEqual([
        lon,
        lat,
        true,
        true,
      ]);
    }
  });
});
