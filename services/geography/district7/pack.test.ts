import { describe, expect, it } from 'vitest';
import { openRing } from './closed-ring.ts';
import { type Area, loadDistrict7Pack } from './pack.ts';
import { centroid, contains, signedArea } from './planar.ts';

const pack = loadDistrict7Pack();
const level = (wanted: Area['level']) => pack.areas.filter((area) => area.level === wanted);
const ringOf = (area: Area) => openRing(area.geometry.coordinates[0]![0]!);
const childrenOf = (id: string) => pack.areas.filter((area) => area.parentId === id);
const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);

describe('the District 7 pack', () => {
  it('has one district, ten wards and the wanted number of neighbourhoods', () => {
    expect(level('district').map((area) => area.id)).toEqual(['q7']);
    expect(
      level('ward')
        .map((area) => area.name)
        .sort((a, b) => a.localeCompare(b, 'vi')),
    ).toEqual([
      'Phường Bình Thuận',
      'Phường Phú Mỹ',
      'Phường Phú Thuận',
      'Phường Tân Hưng',
      'Phường Tân Kiểng',
      'Phường Tân Phong',
      'Phường Tân Phú',
      'Phường Tân Quy',
      'Phường Tân Thuận Đông',
      'Phường Tân Thuận Tây',
    ]);
    expect(level('neighbourhood')).toHaveLength(pack.district.neighbourhoodsWanted);
  });

  it('lists every parent before its children, and no id twice', () => {
    const seen = new Set<string>();
    for (const area of pack.areas) {
      expect(seen.has(area.id)).toBe(false);
      if (area.parentId !== null) expect(seen.has(area.parentId)).toBe(true);
      seen.add(area.id);
    }
  });

  it('gives every parent exactly the people and households of its children', () => {
    for (const parent of [...level('district'), ...level('ward')]) {
      expect(sum(childrenOf(parent.id).map((child) => child.population))).toBe(parent.population);
      expect(sum(childrenOf(parent.id).map((child) => child.households))).toBe(parent.households);
    }
    for (const area of pack.areas) {
      expect(Number.isInteger(area.population)).toBe(true);
      expect(area.population).toBeGreaterThan(500);
    }
  });

  it('agrees with the census figure among its facts', () => {
    const census = pack.district.facts.find((fact) => fact.key === 'population');
    expect(level('district')[0]!.population).toBe(census?.value);
    expect(census).toMatchObject({ asOf: '2019-04-01', verified: true });
  });

  it('says of every ward figure and of every neighbourhood that it is estimated', () => {
    for (const area of [...level('ward'), ...level('neighbourhood')]) expect(area.estimated).toBe(true);
  });

  it('names neighbourhoods by number and ward', () => {
    expect(pack.areas.find((area) => area.id === 'q7-tan-phu-to-01')).toMatchObject({
      level: 'neighbourhood',
      parentId: 'q7-tan-phu',
      name: 'Tổ 1, phường Tân Phú',
      nameAscii: 'To 1, phuong Tan Phu',
      gsoCode: null,
    });
  });

  it('writes names in NFC, and beside each the same name without accents', () => {
    const named = [
      ...pack.areas,
      ...pack.waterways,
      ...pack.roads,
      ...pack.places,
      ...pack.planningZones,
      ...pack.surroundings,
    ];
    for (const { name, nameAscii } of named) {
      expect(name).toBe(name.normalize('NFC'));
      const plain = name.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');
      expect(nameAscii).toBe(plain);
    }
  });

  it('puts every label inside its area', () => {
    for (const area of pack.areas) expect(contains(ringOf(area), area.labelPoint)).toBe(true);
  });

  it('draws neighbourhoods so compact that each holds its own centroid', () => {
    for (const area of level('neighbourhood'))
      expect(contains(ringOf(area), centroid(ringOf(area))), area.id).toBe(true);
  });

  it('shares age groups that follow on each other and sum to the whole', () => {
    expect(sum(pack.ageGroups.map((group) => group.share))).toBeCloseTo(1, 12);
    expect(pack.ageGroups[0]!.ageFrom).toBe(0);
    pack.ageGroups.forEach((group, i) => {
      expect(group.ageTo === null ? null : group.ageTo + 1).toBe(pack.ageGroups[i + 1]?.ageFrom ?? null);
    });
  });

  it('stands each place in the district, a ward station in its own ward', () => {
    expect(pack.places.filter((place) => place.kind === 'ward-health-station')).toHaveLength(8);
    expect(pack.places.filter((place) => place.kind === 'hospital')).toHaveLength(5);
    for (const place of pack.places) {
      const ward = level('ward').find((area) => contains(ringOf(area), [place.longitude, place.latitude]));
      expect(ward, place.id).toBeDefined();
      if (place.kind === 'ward-health-station') expect(place.id).toBe(ward!.id.replace('q7-', 'q7-station-'));
    }
  });

  it('draws the same pack each time', () => {
    expect(loadDistrict7Pack()).toEqual(pack);
  });

  it('covers the same ground with wards as with the district', () => {
    const wards = sum(level('ward').map((ward) => signedArea(ringOf(ward))));
    expect(wards / signedArea(ringOf(level('district')[0]!))).toBeCloseTo(1, 9);
  });
});
