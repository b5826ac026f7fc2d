import { describe, expect, test } from 'vitest';
import { type Topic, topicIds } from '../report/topics.ts';
import { reception, routeOf, routingRules, units, unitWords } from './routing.ts';

const inTanPhu = { areaIds: ['q7-tan-phu-to-01', 'q7-tan-phu', 'q7'], wardId: 'q7-tan-phu' };
const nowhere = { areaIds: [], wardId: undefined };

/** Labelled cases: what, where, when, whose. */
const cases: [Topic, typeof inTanPhu | typeof nowhere, string, string][] = [
  ['road-damage', inTanPhu, '2021-10-01', 'q7-quan-ly-do-thi'],
  ['street-light', inTanPhu, '2021-10-01', 'q7-quan-ly-do-thi'],
  ['drainage', inTanPhu, '2021-10-01', 'q7-quan-ly-do-thi'],
  ['tree', nowhere, '2021-10-01', 'q7-quan-ly-do-thi'],
  ['waste', inTanPhu, '2021-10-01', 'q7-tai-nguyen-moi-truong'],
  ['building', inTanPhu, '2021-10-01', 'q7-trat-tu-do-thi'],
  ['canal-filling', inTanPhu, '2021-10-01', 'q7-trat-tu-do-thi'],
  ['health', inTanPhu, '2021-10-01', 'q7-trung-tam-y-te'],
  ['security', inTanPhu, '2021-10-01', 'q7-cong-an'],
  ['noise', inTanPhu, '2021-10-01', 'ward.q7-tan-phu'],
  ['street-occupation', inTanPhu, '2021-10-01', 'ward.q7-tan-phu'],
  ['other', inTanPhu, '2021-10-01', 'ward.q7-tan-phu'],
  // A ward that nobody knows is asked by hand.
  ['noise', nowhere, '2021-10-01', reception],
  // The last day of the district, and the first without it.
  ['waste', inTanPhu, '2025-06-30', 'q7-tai-nguyen-moi-truong'],
  ['waste', inTanPhu, '2025-07-01', 'ward.q7-tan-phu'],
  ['security', nowhere, '2025-07-01', reception],
];

test.each(cases)('%s', (topic, place, day, unit) => {
  expect(routeOf({ topic, ...place, day }).unit).toBe(unit);
});

describe('rules', () => {
  test('every topic has an owner on every day', () => {
    for (const topic of topicIds)
      for (const day of ['2000-01-01', '2021-10-01', '2025-06-30', '2025-07-01', '2030-01-01'])
        expect(routeOf({ topic, ...inTanPhu, day }).rule).not.toBe('tiep-nhan');
  });

  test('owners are units that there are, and each says from where it is', () => {
    const known = [...units.map(({ unit }) => unit), 'ward'];
    for (const { owner, source } of routingRules) {
      expect(known).toContain(owner);
      expect(source.length).toBeGreaterThan(20);
    }
  });

  test('a rule of single areas that stands first holds there alone', () => {
    const own = { ...routingRules[0]!, id: 'own', topics: 'all' as const, areas: ['q7-tan-phu'], owner: 'tiep-nhan' };
    expect(routeOf({ topic: 'waste', ...inTanPhu, day: '2021-10-01' }, [own, ...routingRules]).rule).toBe('own');
    expect(
      routeOf({ topic: 'waste', areaIds: ['q7-tan-phong'], wardId: 'q7-tan-phong', day: '2021-10-01' }, [
        own,
        ...routingRules,
      ]).rule,
    ).toBe('moi-truong');
  });
});

test('a ward is named by its name, and by its number where nobody knows it', () => {
  expect(unitWords('ward.q7-tan-phu', () => 'Phường Tân Phú').vi).toBe('UBND Phường Tân Phú');
  expect(unitWords('ward.gone', () => undefined).vi).toBe('UBND gone');
  expect(unitWords('q7-cong-an', () => undefined).en).toBe('District Police');
  expect(unitWords('another', () => undefined).vi).toBe('another');
});
