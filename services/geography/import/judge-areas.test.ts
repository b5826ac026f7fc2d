import { describe, expect, test } from 'vitest';
import { type AreaRegister, type AreaStatement, withArea } from '#contracts/area-register.ts';
import type { AreaImport, AreaRevision } from './import-areas.ts';
import { judgeLayer, judgeRevisions } from './judge-areas.ts';

const clock = { nowMs: Date.parse('2026-11-30T03:00:00Z'), offsetMs: () => 7 * 3_600_000 };
const square = (west: number, south = 10.7, size = 0.01): AreaRevision['geometry'] => ({
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
      ],
    ],
  ],
});
const ward = (areaId: string, more: Partial<AreaRevision> = {}): AreaRevision => ({
  areaId,
  parentId: 'd',
  level: 'ward',
  name: areaId.toUpperCase(),
  validFrom: '2026-12-01',
  geometry: square(106.7),
  ...more,
});
const said = (areaId: string, parentId: string | null): AreaStatement => ({
  areaId,
  parentId,
  level: parentId === null ? 'district' : 'ward',
  name: areaId,
  validFrom: '1997-04-01',
});
const areas = [said('d', null), said('w1', 'd'), said('n1', 'w1')].reduce<AreaRegister>(withArea, new Map());
const setting = { clock, places: { centre: { lon: 106.705, lat: 10.705 }, areas } };
const refusedOf = (...revisions: AreaRevision[]) =>
  judgeRevisions(revisions, setting).refused.map(({ revision, faults }) => [
    revision.areaId,
    ...faults.map(({ field }) => field),
  ]);

describe('an area of a layer', () => {
  test.each([
    ['a parent that nobody knows', ward('w2', { parentId: 'x' }), ['w2', 'parentId']],
    ['a circle of parents', ward('w1', { parentId: 'n1' }), ['w1', 'parentId']],
    ['a second root', ward('e', { level: 'district', parentId: null }), ['e', 'parentId']],
    [
      'the end of the whole district',
      ward('d', { level: 'district', parentId: null, abolished: true }),
      ['d', 'abolished'],
    ],
    ['an outline far away', ward('w2', { geometry: square(2.3, 48.8) }), ['w2', 'geometry.coordinates.0.0.0']],
    ['an outline without ground', ward('w2', { geometry: square(106.7, 10.7, 0) }), ['w2', 'geometry']],
    ['a name that no list could show', ward('w2', { name: 'x'.repeat(201) }), ['w2', 'name']],
    ['a name with a NUL', ward('w2', { name: 'x\u0000' }), ['w2', 'name']],
  ])('with %s is refused', (_, revision, refused) => {
    expect(refusedOf(revision)).toEqual([refused]);
  });

  test('may lie in one that comes after it in the layer; one that hangs below a refused one is refused with it', () => {
    const child = ward('n2', { level: 'neighbourhood', parentId: 'w2' });
    expect(refusedOf(child, ward('w2'))).toEqual([]);
    expect(judgeRevisions([child, ward('w2')], setting).taken.map(({ areaId }) => areaId)).toEqual(['n2', 'w2']);
    expect(refusedOf(child, ward('w2', { parentId: 'x' }))).toEqual([
      ['n2', 'parentId'],
      ['w2', 'parentId'],
    ]);
  });
});

test('the report of a layer tells what was refused by its feature, in both languages, and counts the others', () => {
  const read = {
    report: {
      features: 3,
      accepted: 3,
      refused: [],
      derivedParents: [{ id: 'zone', name: 'Zone', parts: 2 }],
    } as unknown as AreaImport['report'],
    areas: [ward('zone', { parentId: 'x' }), ward('w2', { parentId: 'zone' }), ward('w3')],
    indexes: new Map([
      ['w2', 1],
      ['w3', 2],
    ]),
  };
  const { report, areas: taken, places } = judgeLayer(read, setting);
  expect(taken.map(({ areaId }) => areaId)).toEqual(['w3']);
  expect(report).toMatchObject({ accepted: 2, derivedParents: [] });
  expect(report.refused).toEqual([
    {
      index: null,
      id: 'zone',
      name: 'ZONE',
      reason: 'parentId: no such area in the district; name one that is known, or send that one first',
      reasonVi: 'parentId: địa bàn không có khu vực này; hãy nêu một khu vực đã biết, hoặc gửi khu vực đó trước',
    },
    expect.objectContaining({ index: 1, id: 'w2' }),
  ]);
  expect([...places.areas.keys()]).toEqual(['d', 'w1', 'n1', 'w3']);
});
