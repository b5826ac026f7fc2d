import { expect, test } from 'vitest';
import { minorOutbreakProbability, polymodFinalSize, smallOutbreak } from '../reference/final-size.ts';
import type { District } from './district.ts';
import { exampleDistrict } from './example-district.ts';
import { simulateMean, simulatePaths } from './simulate.ts';

const nothing = { name: 'nothing', levers: [] };

/** nothing but infection and recovery, in one ward */
function plain(population: number[], contacts: number[][], reproductionNumber: number, infectious: number[]): District {
  const district = exampleDistrict();
  const none = population.map(() => 0);
  return {
    ...district,
    wards: [{ id: 'all', position: [0, 0], population, businesses: 0 }],
    ageGroups: population.map((_, g) => `${g}`),
    disease: {
      ...district.disease,
      reproductionNumber,
      latentDays: 2,
      infectiousDays: 4,
      isolationPerDay: 0,
      severeShare: none,
      intensiveCareShare: none,
      deathShare: none,
    },
    mixing: { contacts, ownWardShare: 1, distanceKm: 1 },
    costs: { ...district.costs, workingShare: none },
    start: { infectious: [infectious] },
  };
}

test('the share infected by age is that of the package finalsize with POLYMOD contacts', () => {
  const { population, contacts, reproductionNumber, infected } = polymodFinalSize;
  const seeds = population.map((people) => Math.round(people / 1e6));
  const district = plain(population, contacts, reproductionNumber, seeds);
  const { epidemic } = simulateMean(district, nothing, { days: 600, stepDays: 0.25 });
  const share = population.map((people, g) => 1 - epidemic.state[g * 14]! / people);
  // a millionth of the people is infected at the start, which moves a final size by its square root at most: 1e-3; printed figures are good to 1e-7
  share.forEach((value, g) => {
    expect(Math.abs(value - infected[g]!)).toBeLessThan(1e-3);
  });
});

test('ten people, one infected: the distribution of outbreak sizes is that of Black and Ross', () => {
  const { people, reproductionNumber, probability } = smallOutbreak;
  const paths = 8_000;
  const district = plain([people], [[1]], reproductionNumber, [1]);
  // infectiousDays 4 and steps of 1/16 day: 1 in 64 leaves in a step, so that two events share one about that often
  const run = { days: 50, paths, stepDays: 1 / 16, seed: 8 };
  const { daily } = simulatePaths(district, nothing, run);
  const counts = new Float64Array(people + 1);
  for (let path = 0; path < paths; path++)
    counts[1 + daily.infections.subarray(path * run.days, (path + 1) * run.days).reduce((a, b) => a + b, 0)]!++;
  // four standard errors of a share, and 1/64 of it for the step
  probability.forEach((expected, size) => {
    const tolerance = 4 * Math.sqrt((expected * (1 - expected)) / paths) + expected / 64;
    expect(Math.abs(counts[size]! / paths - expected), `size ${size}`).toBeLessThanOrEqual(tolerance);
  });
}, 60_000);

test.each([
  [1.5, 1],
  [2, 3],
  [3, 1],
])(
  'R0 %f from %i infectious: dies out as often as Whittle says',
  (reproductionNumber, infectious) => {
    const paths = 2_000;
    const district = plain([200_000], [[1]], reproductionNumber, [infectious]);
    const run = { days: 100, paths, stepDays: 1 / 8, seed: 3 };
    const { daily } = simulatePaths(district, nothing, run);
    let minor = 0;
    for (let path = 0; path < paths; path++)
      if (daily.infections.subarray(path * run.days, (path + 1) * run.days).reduce((a, b) => a + b, 0) < 400) minor++;
    const expected = minorOutbreakProbability(reproductionNumber, infectious);
    // four standard errors; and what a step of 1/8 day does to exponential times (1 in 32 leaves in a step)
    const tolerance = 4 * Math.sqrt((expected * (1 - expected)) / paths) + expected / 32;
    expect(Math.abs(minor / paths - expected)).toBeLessThan(tolerance);
  },
  60_000,
);
