import { expect, test } from 'vitest';
import { exampleDistrict } from './example-district.ts';
import { type Measure, planMeasures } from './planner.ts';

const run = { days: 22, paths: 40, stepDays: 1, seed: 2 };
const measures: Measure[] = [
  {
    name: 'movement',
    strengths: [0.5, 0.9].map((limit) => [
      { kind: 'movement' as const, fromDay: 1, toDay: 21, limit, contactShare: 0.9 },
    ]),
  },
  {
    name: '5K',
    strengths: [[{ kind: '5K' as const, fromDay: 1, toDay: 21, adherence: 0.8, effect: 0.5 }]],
  },
];

test('a reachable target gets a plan that meets it within its limits, and not every ward', async () => {
  const district = exampleDistrict();
  const target = { weeklyCut: 200, onDay: 20, probability: 0.2, mostRestricted: 200_000 };
  const plan = await planMeasures(district, measures, target, run);
  expect(plan.tried[0]!.probability).toBeGreaterThan(target.probability);
  if (!plan.found) throw new Error(plan.reason);
  expect(plan.plan.probability).toBeLessThanOrEqual(target.probability);
  expect(plan.plan.mostRestricted).toBeLessThanOrEqual(200_000);
  expect(plan.plan.wards.length).toBeLessThan(district.wards.length);
});

test('when no plan meets the target it says so, with the best it found', async () => {
  const plan = await planMeasures(
    exampleDistrict(),
    measures,
    { weeklyCut: 5, onDay: 20, probability: 0.05, mostRestricted: 40_000 },
    run,
  );
  if (plan.found) throw new Error('found one');
  expect(plan.reason).toBe('no combination of wards and measures meets the target within the limits');
  expect(plan.best.mostRestricted).toBeLessThanOrEqual(40_000);
});

test('a day that cannot be judged is refused', async () => {
  await expect(
    planMeasures(exampleDistrict(), measures, { weeklyCut: 50, onDay: 3, probability: 0.2 }, run),
  ).rejects.toThrow('target.onDay must lie between 6 and run.days - 1 = 21, got 3');
});
