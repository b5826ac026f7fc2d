import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import proj4 from 'proj4';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { areaRevised } from '#contracts/events/geography/area-revised.ts';
import type { Database } from '#platform/database.ts';
import { temporaryDatabase } from '#platform/testing/servers.ts';
import { type AreaImportOptions, importAreas } from './import-areas.ts';

let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  ({ database, drop } = await temporaryDatabase());
});
afterAll(() => drop());

const load = (value: unknown, options: Partial<AreaImportOptions> = {}) =>
  importAreas(database, typeof value === 'string' ? value : JSON.stringify(value), {
    validFrom: '2020-01-01',
    ...options,
  });

const box = (west: number, south: number, size = 0.01) => [
  [
    [west, south],
    [west + size, south],
    [west + size, south + size],
    [west, south + size],
    [west, south],
  ],
];
const feature = (properties: Record<string, unknown>, coordinates: unknown = box(106.7, 10.7), type = 'Polygon') => ({
  type: 'Feature',
  properties,
  geometry: { type, coordinates },
});
const collection = (features: unknown[], more: Record<string, unknown> = {}) => ({
  type: 'FeatureCollection',
  ...more,
  features,
});

describe('geometry that is no place', () => {
  const near = { lon: 106.72, lat: 10.74 };
  const triangle = (...points: number[][]) => [[...points, points[0]]];

  test('is refused by feature, with its reason; the others are taken', async () => {
    const { report, areas } = await load(
      collection([
        feature({ area_id: 'a', name: 'Một' }),
        feature({ area_id: 'b', name: 'Hai' }, triangle([106.7, 95], [106.71, 95.01], [106.71, 95])),
        feature({ area_id: 'c', name: 'Ba' }, triangle([0, 0], [0.01, 0], [0.01, 0.01])),
        feature({ area_id: 'd', name: 'Bốn' }, triangle([106.7, 10.7], [106.71, 10.71], [106.7, 10.7])),
        feature({ area_id: 'e', name: 'Năm' }, []),
        feature({ area_id: '3.01E+11', name: 'Sáu' }, box(106.73, 10.7)),
        feature({ area_id: 'g', name: 'Bảy' }, box(106.74, 10.7)),
        feature({ area_id: 'h', name: 'Tám' }, box(106.75, 10.7)),
        feature({ area_id: 'i', name: 'Chín' }, box(106.76, 10.7)),
      ]),
      { near },
    );
    expect(areas.map(({ areaId }) => areaId)).toEqual(['a', 'g', 'h', 'i']);
    expect(report.coordinates.system).toBe('EPSG:4326');
    expect(report.refused).toMatchObject([
      { index: 1, name: 'Hai', reason: expect.stringContaining('[106.7,95] is not on Earth') },
      { index: 2, name: 'Ba', reason: expect.stringContaining('0, 0, more than 3 degrees from the centre') },
      { index: 3, name: 'Bốn', reason: expect.stringMatching(/no area is left|must have 4 or more/) },
      { index: 4, name: 'Năm', reason: expect.stringContaining('no ring') },
      { index: 5, name: 'Sáu', reason: expect.stringContaining('rounded by a spreadsheet') },
    ]);
  });
});

describe('faults that we make', () => {
  test('refuses single features with index, name and reason, and takes the rest', async () => {
    const { report, areas } = await load(
      collection([
        feature({ area_id: 'a', name: 'Một' }),
        feature({ area_id: 'a', name: 'Hai' }, box(106.71, 10.7)),
        feature({ area_id: null, name: 'Ba' }, box(106.72, 10.7)),
        feature({ area_id: 'd', name: 'Bốn' }, [106.7, 10.7], 'Point'),
        feature({ area_id: 'e', name: 'Năm' }, [
          [
            [106.7, 10.7],
            [106.8, 'x'],
            [106.8, 10.8],
            [106.7, 10.7],
          ],
        ]),
        feature({ area_id: 'f', name: 'Sáu' }, [
          [
            [106.7, 10.7],
            [106.8, 10.7],
            [106.7, 10.7],
          ],
        ]),
        feature({ area_id: 'g', name: 'Bảy' }, [
          [
            [106.7, 10.7],
            [106.75, 10.7],
            [106.8, 10.7],
            [106.7, 10.7],
          ],
        ]),
        { type: 'Feature', properties: { area_id: 'h', name: 'Tám' }, geometry: null },
        ...Array.from({ length: 12 }, (_, i) => feature({ area_id: `x${i}`, name: `Ô ${i}` }, box(107 + i / 50, 10.7))),
      ]),
    );
    expect(report.refused.map(({ index, name, reason }) => [index, name, reason])).toEqual([
      [1, 'Hai', 'has the id of feature 0'],
      [2, 'Ba', 'has no id (property "area_id")'],
      [3, 'Bốn', 'geometry is "Point", must be Polygon or MultiPolygon'],
      [4, 'Năm', 'polygon 1, ring 1, position 2: [106.8,"x"] is no pair of numbers'],
      [5, 'Sáu', 'polygon 1, ring 1 has 3 positions, must have 4 or more'],
      [6, 'Bảy', expect.stringContaining('no area is left')],
      [7, 'Tám', 'has no geometry'],
    ]);
    expect([report.features, report.accepted, areas.length]).toEqual([20, 13, 13]);
  });

  test('repairs open rings, decomposed names, spreadsheet ids and crossing outlines, and says so', async () => {
    const bow = [
      [
        [106.7, 10.7],
        [106.71, 10.71],
        [106.71, 10.7],
        [106.7, 10.71],
        [106.7, 10.7],
      ],
    ];
    const { report, areas } = await load(
      collection([
        feature({ area_id: '10033.0', name: 'Phường Tân Phú'.normalize('NFD') }, [box(106.72, 10.7)[0]!.slice(0, 4)]),
        feature({ area_id: 'Phường 2', name: 'Nơ' }, bow),
      ]),
    );
    expect(areas.map(({ areaId, name }) => [areaId, name])).toEqual([
      ['10033', 'Phường Tân Phú'],
      ['phuong-2', 'Nơ'],
    ]);
    expect(report.repairs.map(({ what }) => what)).toEqual([
      ['name: stored composed (NFC)', 'id "10033.0" written "10033"', 'polygon 1, ring 1: closed'],
      [
        'id "Phường 2" written "phuong-2"',
        expect.stringMatching(/^self-intersection at 106\.705 10\.705: made valid, 2 parts$/),
      ],
    ]);
    for (const area of areas) expect(areaRevised.schema.safeParse(area).success).toBe(true);
  });

  test('tells overlaps, enclosed gaps, and a name that two areas share', async () => {
    const ring = [0, 1, 2].flatMap((x) => [0, 1, 2].map((y) => [x, y])).filter(([x, y]) => x !== 1 || y !== 1);
    const { report } = await load(
      collection([
        ...ring.map(([x, y], i) =>
          feature({ area_id: `r${i}`, name: `R ${i % 7}` }, box(106.7 + x! / 100, 10.7 + y! / 100)),
        ),
        feature({ area_id: 'over', name: 'Over' }, box(106.725, 10.72)),
      ]),
    );
    expect(report.gaps).toEqual([
      { areaKm2: expect.closeTo(1.21, 1), near: ['r0', 'r1', 'r2', 'r3', 'r4', 'r5', 'r6', 'r7'] },
    ]);
    expect(report.overlaps).toEqual([{ a: 'over', b: 'r7', areaKm2: expect.closeTo(0.6, 1) }]);
    expect(report.duplicateNames).toEqual([{ name: 'R 0', ids: ['r0', 'r7'], sameParent: true }]);
  });

  test.each(['{', '[]', '{"type":"Topology"}', '{"type":"FeatureCollection","features":[]}'])(
    'refuses %s as a whole',
    async (text) => {
      await expect(load(text)).rejects.toMatchObject({ status: 422, errors: [{ field: 'file' }] });
    },
  );
});

describe('coordinates', () => {
  const degrees = box(106.72, 10.73)[0]!;
  const utm = degrees.map(([lon, lat]) => proj4('WGS84', '+proj=utm +zone=48 +datum=WGS84', [lon!, lat!]));
  const mercator = degrees.map(([lon, lat]) => proj4('WGS84', 'EPSG:3857', [lon!, lat!]));
  const swapped = degrees.map(([lon, lat]) => [lat, lon]);
  const crs = (name: string) => ({ crs: { type: 'name', properties: { name } } });
  test.each([
    ['UTM 48N by the crs member', utm, crs('urn:ogc:def:crs:EPSG::32648'), 'EPSG:32648'],
    ['UTM 48N by size', utm, {}, 'EPSG:32648'],
    ['UTM although the crs member says degrees', utm, crs('urn:ogc:def:crs:OGC:1.3:CRS84'), 'EPSG:32648'],
    ['Web Mercator by size', mercator, {}, 'EPSG:3857'],
    ['latitude first', swapped, {}, 'EPSG:4326'],
    ['degrees with a left-over crs member', degrees, crs('EPSG:32648'), 'EPSG:4326'],
  ])('%s', async (_what, ring, member, system) => {
    const { report, areas } = await load(collection([feature({ area_id: 'a', name: 'A' }, [ring])], member));
    expect(report.coordinates.system).toBe(system);
    const outline = areas[0]!.geometry!.coordinates[0]![0]!;
    for (const [lon, lat] of outline)
      expect(Math.min(...degrees.map((corner) => Math.hypot(corner[0]! - lon, corner[1]! - lat)))).toBeLessThan(1e-7);
  });

  test('metres that fit nothing near are refused', async () => {
    const far = utm.map(([x, y]) => [x! + 5e6, y! + 3e6]);
    await expect(load(collection([feature({ area_id: 'a', name: 'A' }, [far])]))).rejects.toMatchObject({
      errors: [{ field: 'crs' }],
    });
  });
});

const shared = process.env.VX_SHARED ?? resolve(import.meta.dirname, '../../../../shared');
const there = existsSync(join(shared, 'data/hcmc-wards'));
if (!there) console.log('real layers are not checked: ../shared/data is not here');
const file = (path: string) => readFileSync(join(shared, 'data', path), 'utf8');

describe.skipIf(!there)('real layers (../shared/data)', () => {
  test('Ho Chi Minh City, source layer: 349 overlaps and 352 gaps are told, names that repeat, districts joined', async () => {
    const { report, areas } = await load(file('hcmc-wards/wards_hcmc_source.geojson'));
    expect(report.mapping).toMatchObject({
      id: 'src_id',
      name: 'name',
      parent: 'district_src_id',
      parentName: 'district',
      code: 'gso_code',
    });
    expect([report.features, report.accepted, report.refused.length]).toEqual([322, 322, 0]);
    expect([report.overlaps.length, report.gaps.length]).toEqual([349, 352]);
    const sum = (faults: { areaKm2: number }[]) => faults.reduce((total, fault) => total + fault.areaKm2, 0);
    expect(sum(report.overlaps)).toBeCloseTo(12.1, 1);
    expect(sum(report.gaps)).toBeCloseTo(17.25, 1);
    expect(report.duplicateNames).toContainEqual(
      expect.objectContaining({ name: 'Phường Tân Phú', sameParent: false }),
    );
    expect(report.derivedParents).toHaveLength(24);
    expect(report.derivedParents).toContainEqual({ id: '70113', name: 'Quận 7', parts: 10 });
    expect(areas).toHaveLength(346);
    for (const area of areas) expect(areaRevised.schema.safeParse(area).error).toBeUndefined();
  });

  test('Ho Chi Minh City, clean layer: none', async () => {
    const { report } = await load(file('hcmc-wards/wards_hcmc_clean.geojson'));
    expect([report.accepted, report.overlaps, report.gaps, report.slivers.overlaps]).toEqual([322, [], [], 0]);
  });

  test('New York: 178 areas, 10032 repaired, none refused', async () => {
    const { report, areas } = await load(file('nyc-covid/modzcta.geojson'), {
      root: { areaId: 'nyc', name: 'New York City' },
    });
    expect([report.features, report.accepted, report.refused]).toEqual([178, 178, []]);
    const mended = report.repairs.filter(({ what }) => what.some((text) => text.includes('made valid')));
    expect(mended).toEqual([
      expect.objectContaining({
        id: '10032',
        what: [expect.stringMatching(/^self-intersection at -73\.9\d+ 40\.84\d+: made valid, 1 part$/)],
      }),
    ]);
    expect([report.overlaps, report.gaps]).toEqual([[], []]);
    expect(areas.find((area) => area.areaId === 'nyc')).toMatchObject({ level: 'district', parentId: null });
    expect(areas.find((area) => area.areaId === '10032')!.parentId).toBe('nyc');
  });

  test('Chicago: 77 areas; the three holes are enclosed towns', async () => {
    const { report } = await load(file('chicago-community-areas/community_areas.geojson'));
    expect([report.accepted, report.overlaps.length, report.gaps.length]).toEqual([77, 0, 3]);
    expect(report.gaps.reduce((sum, gap) => sum + gap.areaKm2, 0)).toBeCloseTo(8.8, 1);
  });
});
