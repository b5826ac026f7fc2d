import { describe, expect, test } from 'vitest';
import { compareScenarios, smallestArea } from './compare.ts';
import type { Scenario } from './district.ts';
import { exampleDistrict } from './example-district.ts';
import { band, summarise } from './outcomes.ts';
import { emptyPaths, simulateInChunks, simulatePaths } from './simulate.ts';
import { ScenarioInputError, validate } from './validate.ts';

const run = { days: 40, paths: 60, stepDays: 1, seed: 5 };
const lockdown = {
  name: 'lockdown',
  levers: [{ kind: 'movement' as const, fromDay: 5, toDay: 25, limit: 0.8, contactShare: 0.6 }],
};
const vaccines = {
  name: 'vaccines',
  levers: [{ kind: 'vaccination' as const, fromDay: 0, toDay: 39, firstDosesPerDay: 4000, secondDosesPerDay: 0 }],
};

test('doing nothing, two interventions and the smallest area come back in one call, as bands', async () => {
  const { outcomes, avoided } = await compareScenarios(exampleDistrict(), [lockdown, vaccines], run);
  expect(outcomes.map((outcome) => outcome.name)).toEqual([
    'do nothing',
    'lockdown',
    'vaccines',
    'lockdown, smallest area',
  ]);
  const [nothing, all, , small] = outcomes;
  expect(small!.mostRestricted).toBeLessThan(all!.mostRestricted / 2);
  expect(all!.mostRestricted).toBe(
    exampleDistrict().wards.reduce((sum, ward) => sum + ward.population.reduce((a, b) => a + b, 0), 0),
  );
  expect(all!.restrictedPersonDays).toBe(21 * all!.mostRestricted);
  expect(avoided[0]!.infections).toBeGreaterThan(avoided[2]!.infections);
  expect(nothing!.totals.infections.q05).toBeLessThan(nothing!.totals.infections.q95);
  for (const day of nothing!.daily.reported)
    expect([day.q05, day.q25, day.q50, day.q75, day.q95]).toEqual(
      [day.q05, day.q25, day.q50, day.q75, day.q95].sort((a, b) => a - b),
    );
});

test('the smallest area is only offered where a limit covers every ward', () => {
  expect(smallestArea(exampleDistrict(), vaccines)).toBeUndefined();
  expect(smallestArea(exampleDistrict(), lockdown)!.levers[0]!.wards).toEqual(['Tân Hưng']);
});

test('the bill: closed businesses, doses and sick days, worked out by hand', () => {
  const district = exampleDistrict();
  const closed = {
    name: 'closed',
    levers: [{ kind: 'business' as const, fromDay: 0, toDay: 9, openShare: 0.5, contactShare: 0 }],
  };
  const withNobodyIll = { ...district, start: {} };
  const outcome = summarise(withNobodyIll, closed, simulatePaths(withNobodyIll, closed, run));
  expect(outcome.closedBusinessDays).toBe(10 * 0.5 * 30_000);
  expect(outcome.totals.cost.q50).toBe(10 * 15_000 * 80);
  expect(outcome.totals.workingDaysLost.q50).toBe(10 * 15_000 * 4);
  expect(outcome.totals.infections.q95).toBe(0);
});

test('probabilities of reaching a rate, by ward and for the district, from two paths counted by hand', () => {
  const district = { ...exampleDistrict(), wards: exampleDistrict().wards.slice(0, 2) };
  district.wards[0]!.population = [10_000, 40_000, 0];
  district.wards[1]!.population = [20_000, 30_000, 0];
  const paths = emptyPaths(2, 9, 2);
  // path 0: 7 cases a day in ward 0, nothing in ward 1; path 1: 1 a day in each, and 100 more in ward 1 on day 8
  for (let day = 0; day < 9; day++) {
    paths.reportedByWard.set([7, 0], day * 2);
    paths.reportedByWard.set([1, day === 8 ? 101 : 1], (9 + day) * 2);
  }
  const { wards, probabilityReached } = summarise(district, { name: 'x', levers: [] }, paths, [49]);
  const early = new Array(6).fill(null);
  // 49 per 100,000 are 24.5 cases a week in a ward of 50,000, 49 in the district
  expect(wards.map((ward) => ward.probabilityReached[0]!.byDay)).toEqual([
    [...early, 0.5, 0.5, 0.5],
    [...early, 0, 0, 0.5],
  ]);
  expect(probabilityReached).toEqual([{ cut: 49, byDay: [...early, 0.5, 0.5, 1] }]);
  expect(wards[0]!.reported).toEqual(band([63, 9]));
});

test('the bill of everything at once, worked out by hand', () => {
  const district = exampleDistrict();
  district.wards = district.wards.slice(0, 2);
  district.wards.forEach((ward) => {
    ward.population = [10_000, 40_000, 0];
  });
  district.costs = { ...district.costs, dose: 10, traced: 15, test: 3, bedDay: 60, intensiveCareDay: 400 };
  const scenario: Scenario = {
    name: 'all',
    levers: [
      { kind: 'movement', fromDay: 0, toDay: 4, limit: 0.5, contactShare: 0.1, wards: [district.wards[0]!.id] },
      { kind: 'movement', fromDay: 3, toDay: 3, limit: 0.2, contactShare: 0.1 },
      { kind: 'business', fromDay: 1, toDay: 2, openShare: 0.75, contactShare: 0.1 },
      { kind: 'tracing', fromDay: 0, toDay: 9, tracedPerDay: 20, yieldShare: 0.1, isolationPlaces: 0 },
      { kind: 'testing', fromDay: 5, toDay: 6, testsPerDay: 1_000, sensitivity: 0.9 },
    ],
  };
  const paths = emptyPaths(1, 10, 2);
  paths.daily.hospital.fill(4);
  paths.daily.intensiveCare.fill(1);
  paths.daily.isolated.fill(5);
  paths.doses[0] = 700;
  const outcome = summarise(district, scenario, paths);
  // one ward for 5 days, on day 3 the other one too, and the first twice over: people count once
  expect(outcome.restrictedPeople).toEqual([50_000, 50_000, 50_000, 100_000, 50_000, 0, 0, 0, 0, 0]);
  expect(outcome.mostRestricted).toBe(100_000);
  expect(outcome.closedBusinessDays).toBe(2 * 0.25 * 6_000);
  // half of ward 0 at home, on day 3 six tenths of it and a fifth of ward 1; while businesses are closed their 3,000 workers a ward are not sent home again
  const atHome = 0.5 * 30_000 + 2 * 0.5 * 27_000 + (0.6 + 0.2) * 30_000 + 0.5 * 30_000;
  expect(outcome.totals.workingDaysLost.q50).toBeCloseTo(2 * 1_500 * 4 + atHome + 10 * (4 + 1 + 5) * (0.8 * 0.75), 6);
  expect(outcome.totals.cost.q50).toBeCloseTo(
    (4 * 25_000 + 30_000 + 10_000) * 4 + 3_000 * 80 + 10 * 20 * 15 + 2_000 * 3 + 700 * 10 + 10 * (4 * 60 + 1 * 400),
    6,
  );
  expect(outcome.totals.bedDays.q50).toBe(40);
});

test('quantiles between values are interpolated', () => {
  expect(band([0, 10, 20, 30, 40])).toEqual({ q05: 2, q25: 10, q50: 20, q75: 30, q95: 38 });
});

describe('a long comparison', () => {
  const short = { ...run, days: 10, paths: 60 };
  test('tells how far it is within each scenario, upwards to 1', async () => {
    const told: number[] = [];
    await compareScenarios(exampleDistrict(), [vaccines], short, { progress: (share) => told.push(share) });
    expect(told.length).toBeGreaterThanOrEqual(6);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });
  test('stops when it is told to, in the middle of a scenario', async () => {
    const stop = new AbortController();
    const told: number[] = [];
    const progress = (share: number) => {
      told.push(share);
      stop.abort(new Error('enough'));
    };
    await expect(
      compareScenarios(exampleDistrict(), [vaccines], short, { progress, signal: stop.signal }),
    ).rejects.toThrow('enough');
    expect(told).toEqual([25 / 60 / 2]);
  });
  test('in chunks gives the paths of one go', async () => {
    expect(await simulateInChunks(exampleDistrict(), lockdown, short)).toEqual(
      simulatePaths(exampleDistrict(), lockdown, short),
    );
  });
});

describe('impossible input is refused, naming field, value and bound', () => {
  const problems = (
    change: (input: { district: ReturnType<typeof exampleDistrict>; run: typeof run; lever: object }) => void,
  ): string[] => {
    const input = { district: exampleDistrict(), run: { ...run }, lever: { ...lockdown.levers[0] } };
    change(input);
    try {
      validate(input.district, [{ name: 'x', levers: [input.lever as (typeof lockdown.levers)[0]] }], input.run);
    } catch (error) {
      if (error instanceof ScenarioInputError) return error.problems;
      throw error;
    }
    return [];
  };

  test('good input passes', () => expect(problems(() => {})).toEqual([]));
  test('a share above 1', () =>
    expect(problems((input) => Object.assign(input.lever, { limit: 1.4 }))).toEqual([
      'scenarios[0].levers[0].limit must be a number from 0 to 1, got 1.4',
    ]));
  test('an unknown ward', () =>
    expect(problems((input) => Object.assign(input.lever, { wards: ['Atlantis'] }))).toEqual([
      'scenarios[0].levers[0].wards names ward "Atlantis", which is not in the district',
    ]));
  test('a step too coarse for the disease', () => {
    const [problem] = problems((input) => {
      input.district.disease.latentDays = 1.5;
    });
    expect(problem).toMatch(
      /^run.stepDays is too coarse for disease.latentDays: a step would move 0.67 of the people, at most 0.5 is allowed/,
    );
  });
  test('more infected than people', () => {
    const [problem] = problems((input) => {
      input.district.start.infectious![0]![2] = 4_001;
    });
    expect(problem).toBe('start.infectious[0][2] must be a whole number from 0 to 4000, got 4001');
  });
  test('commuting whose rows do not sum to 1', () =>
    expect(
      problems((input) => {
        const n = input.district.wards.length;
        const shares = Array.from({ length: n }, () => new Array<number>(n).fill(0.25));
        Object.assign(input.district.mixing, { commuting: { shares, contactShare: [0, 0.4, 0] } });
      })[0],
    ).toMatch(/^sum of mixing.commuting.shares\[0\] must be a number from 0.999999 to 1.000001, got 2.5/));
  test('a fitted start with more people than there are', () =>
    expect(
      problems((input) => {
        input.district.fitted = [
          {
            reproductionNumber: 2,
            reportedShare: 0.5,
            start: { hospitalised: input.district.wards.map(() => [9_000, 0, 0]) },
          },
        ];
      })[0],
    ).toBe('fitted[0].start.hospitalised[0][0] must be a whole number from 0 to 8000, got 9000'));
  test('an unknown lever', () =>
    expect(problems((input) => Object.assign(input.lever, { kind: 'prayer' }))[0]).toMatch(
      /kind must be one of .* got "prayer"/,
    ));
});
