import { expect, test } from 'vitest';
import { exampleDistrict } from './example-district.ts';
import { summarise } from './outcomes.ts';
import { type Measure, planMeasures } from './planner.ts';
import { simulatePaths } from './simulate.ts';

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
  expect(plan.plan.paths).toBe(run.paths);
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

test('the plan is the one that trying everything finds: as few wards, no cheaper combination', async () => {
  const district = exampleDistrict();
  district.wards = district.wards.slice(0, 5);
  district.start = Object.fromEntries(
    Object.entries(district.start).map(([name, table]) => [name, (table as number[][]).slice(0, 5)]),
  );
  const target = { weeklyCut: 250, onDay: 20, probability: 0.2, mostRestricted: 120_000 };
  const plan = await planMeasures(district, measures, target, run);
  if (!plan.found) throw new Error(plan.reason);
  const order = ['Tân Hưng', 'Tân Thuận Đông', 'Tân Thuận Tây', 'Tân Kiểng', 'Bình Thuận'];
  const strengths = [[], ...measures[0]!.strengths].flatMap((a) =>
    [[], ...measures[1]!.strengths].map((b) => [...a, ...b]),
  );
  for (let size = 1; size < plan.plan.wards.length; size++)
    for (const levers of strengths) {
      const wards = order.slice(0, size);
      const scenario = { name: 'x', levers: levers.map((lever) => ({ ...lever, wards })) };
      const outcome = summarise(district, scenario, simulatePaths(district, scenario, run), [250]);
      expect(outcome.probabilityReached[0]!.byDay[20]! <= 0.2 && outcome.mostRestricted <= 120_000).toBe(false);
    }
});

test('teams, tests and doses bound a plan; every ward can be asked for', async () => {
  const many: Measure[] = [
    measures[1]!,
    {
      name: 'tracing',
      strengths: [
        [{ kind: 'tracing', fromDay: 0, toDay: 21, tracedPerDay: 2_000, yieldShare: 0.3, isolationPlaces: 500 }],
      ],
    },
    {
      name: 'testing',
      strengths: [[{ kind: 'testing', fromDay: 0, toDay: 21, testsPerDay: 20_000, sensitivity: 0.8 }]],
    },
  ];
  const target = { weeklyCut: 200, onDay: 20, probability: 0.2 };
  const free = await planMeasures(exampleDistrict(), many, target, run);
  const bound = await planMeasures(
    exampleDistrict(),
    many,
    { ...target, mostTestsPerDay: 10_000, mostTracedPerDay: 1_000, of: 'every-ward', mostRestricted: 400_000 },
    run,
  );
  const last = (plan: typeof free) => (plan.found ? plan.plan : plan.best);
  expect(last(bound).testsPerDay).toBe(0);
  expect(last(bound).tracedPerDay).toBe(0);
  expect(last(free).probability).toBeLessThan(free.tried[0]!.probability);
  // what is left, 5K alone, does not keep the worst ward below the cut
  expect(bound.found).toBe(false);
}, 120_000);

test('a plan tells how far it is and stops when told', async () => {
  const told: number[] = [];
  const stop = new AbortController();
  const progress = (share: number) => {
    told.push(share);
    if (share > 0.4) stop.abort(new Error('enough'));
  };
  await expect(
    planMeasures(exampleDistrict(), measures, { weeklyCut: 5, onDay: 20, probability: 0.05 }, run, {
      progress,
      signal: stop.signal,
    }),
  ).rejects.toThrow('enough');
  expect(told.length).toBeGreaterThan(1);
});
