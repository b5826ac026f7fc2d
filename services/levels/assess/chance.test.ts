import { expect, test } from 'vitest';
import { policyById } from '../policies/in-force.ts';
import { factsOf } from '../testing/facts.ts';
import { chanceOfLevels } from './chance.ts';

const forecast = { weeks: 1, targetDate: '2021-11-15', cuts: [20, 50, 150], bands: [0.1, 0.2, 0.5, 0.2] };

test('chances of bands become chances of levels by the row that coverage gives', () => {
  const met = chanceOfLevels(policyById('qd-4800'), factsOf({ cases: 60 }), forecast)!;
  expect(met.levels.map((share) => Number(share.toFixed(9)))).toEqual([0.3, 0.5, 0.2, 0]);
  expect([met.higher, met.lower].map((share) => Number(share.toFixed(9)))).toEqual([0.2, 0.3]);
  const short = chanceOfLevels(policyById('qd-4800'), factsOf({ cases: 60, shares: { '18 oneDose': 0.5 } }), forecast)!;
  expect(short.levels.map((share) => Number(share.toFixed(9)))).toEqual([0.1, 0.2, 0.5, 0.2]);
});

test('the floor counts in the lowest band too', () => {
  const chance = chanceOfLevels(
    policyById('qd-4800'),
    factsOf({ cases: 10, shares: { '50 fullCourse': 0.1 } }),
    forecast,
  )!;
  expect(chance.levels[0]).toBe(0);
  expect(chance.lower).toBe(0);
});

test('of other bands, or of more than cases, nothing is said', () => {
  expect(chanceOfLevels(policyById('qd-218'), factsOf(), forecast)).toBeUndefined();
  expect(chanceOfLevels(policyById('qd-4800'), factsOf(), { ...forecast, cuts: [20, 50, 100] })).toBeUndefined();
  expect(chanceOfLevels(policyById('qd-4800'), factsOf({ people: null }), forecast)).toBeUndefined();
});
