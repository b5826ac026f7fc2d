import { expect, test } from 'vitest';
import { policyById } from '../policies/in-force.ts';
import { certain, factsOf } from '../testing/facts.ts';
import { smallestChanges } from './smallest-change.ts';

const policy = policyById('qd-4800');

test('three more cases bring level 2, so many fewer level 1', () => {
  expect(smallestChanges(policy, factsOf({ cases: 47 }))).toEqual({
    up: { of: 'cases', requirement: null, by: 3, level: 2 },
    down: null,
  });
  expect(smallestChanges(policy, factsOf({ cases: 52 })).down).toEqual({
    of: 'cases',
    requirement: null,
    by: -3,
    level: 1,
  });
});

test('by the people of the area, on both sides of a cut that is no whole case', () => {
  // 33,055 people: 50 per 100,000 are 16.53 cases.
  const of = (cases: number) => smallestChanges(policy, factsOf({ people: 33_055, cases }));
  expect(of(16).up).toMatchObject({ by: 1, level: 2 });
  expect(of(17).down).toMatchObject({ by: -1, level: 1 });
});

test('the first case where the floor is not met; doses where fewer cases do not help', () => {
  const shares = { '50 fullCourse': 0.7 };
  expect(smallestChanges(policy, factsOf({ cases: 0, shares })).up).toEqual({
    of: 'cases',
    requirement: null,
    by: 1,
    level: 2,
  });
  expect(
    smallestChanges(policyById('qd-218'), factsOf({ cases: 0, care: false, shares: { '0 fullCourse': 0.7 } })).down,
  ).toEqual({
    of: 'doses',
    requirement: 'population-full-course',
    by: 5000,
    level: 1,
  });
});

test('above 600, not at 600, by QĐ 218', () => {
  const by = (cases: number) => smallestChanges(policyById('qd-218'), factsOf({ cases })).up;
  expect(by(590)).toMatchObject({ by: 11, level: 3 });
  expect(by(600)).toMatchObject({ by: 1, level: 3 });
});

test('nothing is said of what is not known', () => {
  expect(smallestChanges(policy, factsOf({ people: null }))).toEqual({ up: null, down: null });
  expect(smallestChanges(policy, factsOf({ community: null }))).toEqual({ up: null, down: null });
  expect(smallestChanges(policyById('qd-2686'), factsOf({ community: certain(3) }))).toEqual({ up: null, down: null });
});
