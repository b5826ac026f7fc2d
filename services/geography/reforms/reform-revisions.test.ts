import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadDistrict7Pack } from '../district7/pack.ts';
import { type HeldArea, type Reform, reformRevisions } from './reform-revisions.ts';

const reforms: Reform[] = JSON.parse(readFileSync(new URL('../district7/reforms.json', import.meta.url), 'utf8'));
const held: HeldArea[] = loadDistrict7Pack().areas.map(({ id, parentId, level, name, gsoCode }) => ({
  ...{ areaId: id, parentId, level, name, code: gsoCode ?? null },
}));
const joined = (areaIds: readonly string[]) => ({ type: 'MultiPolygon' as const, coordinates: [], of: areaIds });
const [tổ, wards] = reforms as [Reform, Reform];

test('every line has a source and says whether it is verified; every old ward goes somewhere', () => {
  for (const line of reforms.flatMap(({ ends, areas }) => [...areas, ...(ends ? [ends] : [])]))
    expect([line.source.length > 20, typeof line.verified]).toEqual([true, 'boolean']);
  const parts = new Set(wards.areas.flatMap(({ wholeOf, partsOf }) => [...wholeOf, ...partsOf]));
  expect([...parts].sort()).toEqual(
    held
      .filter(({ level }) => level === 'ward')
      .map(({ areaId }) => areaId)
      .sort(),
  );
  // Names come again, ids do not.
  const ids = new Set(held.map(({ areaId }) => areaId));
  expect(wards.areas.map(({ areaId }) => ids.has(areaId))).toEqual([false, false, false, false]);
});

test('2025: ten wards end, four begin; shares that nobody published are not there, and neither is an outline', () => {
  const revisions = reformRevisions(wards, held, joined);
  const begun = revisions.filter(({ abolished }) => !abolished);
  expect(
    begun.map(({ name, parentId, validFrom, geometry }) => [name, parentId, validFrom, geometry !== null]),
  ).toEqual([
    ['Phường Tân Thuận', 'q7', '2025-07-01', true],
    ['Phường Tân Hưng', 'q7', '2025-07-01', true],
    ['Phường Tân Mỹ', 'q7', '2025-07-01', false],
    ['Phường Phú Thuận', 'q7', '2025-07-01', false],
  ]);
  const ended = new Map(
    revisions.filter(({ abolished }) => abolished).map(({ areaId, successors }) => [areaId, successors]),
  );
  expect(ended.size).toBe(10);
  expect(ended.get('q7-tan-hung')).toEqual([{ areaId: 'q7-2025-tan-hung', share: 1 }]);
  expect(ended.get('q7-phu-thuan')).toEqual([{ areaId: 'q7-2025-tan-my' }, { areaId: 'q7-2025-phu-thuan' }]);
});

test('2024: each tổ ends in its ward; a reform that was applied says nothing more', () => {
  const revisions = reformRevisions(tổ, held, joined);
  expect(revisions).toHaveLength(300);
  expect(
    revisions.every(({ abolished, successors, parentId }) => abolished && successors![0]!.areaId === parentId),
  ).toBe(true);
  const after = [
    ...held.filter(({ level }) => level === 'district'),
    ...wards.areas.map((area) => ({ ...area, parentId: 'q7', code: null })),
  ];
  expect(reforms.flatMap((reform) => reformRevisions(reform, after, joined))).toEqual([]);
});
