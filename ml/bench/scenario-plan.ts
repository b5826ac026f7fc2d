import { exampleDistrict } from '../scenario/example-district.ts';
import { type Measure, planMeasures } from '../scenario/planner.ts';

/** How long the planner takes for ten wards, four measures in 35 combinations and 200 paths: a target that can be met, and one that cannot. */
const period = { fromDay: 0, toDay: 13 };
const measures: Measure[] = [
  { name: '5K', strengths: [0.5, 0.8].map((adherence) => [{ ...period, kind: '5K', adherence, effect: 0.5 }]) },
  {
    name: 'tracing',
    strengths: [[{ ...period, kind: 'tracing', tracedPerDay: 1_000, yieldShare: 0.2, isolationPlaces: 500 }]],
  },
  {
    name: 'vaccination',
    strengths: [[{ ...period, kind: 'vaccination', firstDosesPerDay: 4_000, secondDosesPerDay: 0 }]],
  },
  {
    name: 'movement',
    strengths: [0.4, 0.8].map((limit) => [{ ...period, kind: 'movement', limit, contactShare: 0.6 }]),
  },
];
const run = { days: 21, paths: 200, stepDays: 1, seed: 1 };
for (const [name, target] of [
  ['can be met', { weeklyCut: 150, onDay: 14, probability: 0.2, mostRestricted: 200_000 }],
  ['cannot', { weeklyCut: 20, onDay: 8, probability: 0.2, mostRestricted: 40_000 }],
] as const) {
  const start = performance.now();
  const used = process.cpuUsage();
  const plan = await planMeasures(exampleDistrict(), measures, target, run);
  const step = plan.found ? plan.plan : plan.best;
  console.log(
    JSON.stringify({
      name,
      found: plan.found,
      seconds: Number(((performance.now() - start) / 1000).toFixed(2)),
      processorSeconds: Number((process.cpuUsage(used).user / 1e6).toFixed(2)),
      simulated: plan.tried.length,
      wards: step.wards.length,
      measures: step.measures,
      probability: step.probability,
      mostRestricted: step.mostRestricted,
    }),
  );
}
