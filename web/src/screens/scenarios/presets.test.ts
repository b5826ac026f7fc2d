import { scenarioLever } from '@vungxanh/services/contracts/scenarios.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leverFields, leverKinds, newLever } from './lever-fields.ts';
import { presetLevers, presetNames, type Situation, worstWards } from './presets.ts';

const situation: Situation = {
  startDate: '2021-08-25',
  days: 60,
  people: 360_000,
  wards: [180, 20, null, 155, 60].map((ratePer100k, i) => ({ areaId: `w${i}`, ratePer100k })),
  cuts: [20, 50, 150],
};

test('red wards are those at or above the highest cut; without any, the three worst', () => {
  expect(worstWards(situation)).toEqual(['w0', 'w3']);
  expect(worstWards({ ...situation, cuts: [20, 50, 500] })).toEqual(['w0', 'w3', 'w4']);
});

test('limits are announced two days before, and do not name all wards when all are red', () => {
  const [movement] = presetLevers('directive16', situation);
  expect(movement).toMatchObject({ fromDate: '2021-08-27', areaIds: ['w0', 'w3'] });
  const allRed = { ...situation, wards: situation.wards.map((ward) => ({ ...ward, ratePer100k: 400 })) };
  expect(presetLevers('directive16', allRed)[0]).not.toHaveProperty('areaIds');
});

test('every preset, and every new lever, is one that the contract takes and that its sliders can show', () => {
  fc.assert(
    fc.property(fc.integer({ min: 500, max: 12_000_000 }), fc.constantFrom(30, 60, 90, 120), (people, days) => {
      const levers = presetNames.flatMap((name) => presetLevers(name, { ...situation, people, days }));
      for (const lever of [
        ...levers,
        ...leverKinds.map((kind) => newLever(kind, '2021-08-25', '2021-10-23', people)),
      ]) {
        expect(scenarioLever.parse(lever)).toEqual(lever);
        expect(lever.toDate >= lever.fromDate).toBe(true);
        for (const { name, most } of leverFields[lever.kind]) {
          const value = (lever as unknown as Record<string, number>)[name]!;
          expect(value).toBeGreaterThan(0);
          expect(value).toBeLessThanOrEqual(most(people));
        }
      }
    }),
  );
});
