import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Draws } from '../numerics/binomial-draws.ts';
import { meanTurns, type Turns } from '../numerics/chance.ts';
import { createRandom } from '../numerics/random.ts';
import { compartmentCount } from './compartments.ts';
import type { District, Lever } from './district.ts';
import { Epidemic } from './epidemic.ts';
import { exampleDistrict } from './example-district.ts';
import { leverCalendar } from './lever-calendar.ts';
import { simulateMean, simulatePaths } from './simulate.ts';

const run = { days: 60, paths: 20, stepDays: 1, seed: 3 };
const everything: Lever[] = [
  { kind: 'vaccination', fromDay: 0, toDay: 99, firstDosesPerDay: 3_333, secondDosesPerDay: 1_717 },
  { kind: 'tracing', fromDay: 3, toDay: 99, tracedPerDay: 900, yieldShare: 0.3, isolationPlaces: 100 },
  { kind: '5K', fromDay: 0, toDay: 50, adherence: 0.7, effect: 0.5 },
  { kind: 'movement', fromDay: 10, toDay: 30, limit: 0.6, contactShare: 0.4, wards: ['Tân Hưng', 'Tân Phú'] },
  { kind: 'business', fromDay: 10, toDay: 30, openShare: 0.3, contactShare: 0.3 },
  { kind: 'treatment', fromDay: 5, toDay: 99, beds: 300, intensiveCare: 30 },
];

/** one ward, one age group, nothing but infection */
function plain(reproductionNumber: number, people: number, infectious: number): District {
  const district = exampleDistrict();
  return {
    ...district,
    wards: [{ id: 'w', position: [106.7, 10.7], population: [people], businesses: 10 }],
    ageGroups: ['all'],
    disease: {
      ...district.disease,
      reproductionNumber,
      isolationPerDay: 0,
      severeShare: [0],
      intensiveCareShare: [0],
      deathShare: [0],
    },
    mixing: { contacts: [[1]], ownWardShare: 1, distanceKm: 1 },
    costs: { ...district.costs, workingShare: [0.6] },
    start: { infectious: [[infectious]] },
  };
}

describe('people are neither made nor lost, and none is owed', () => {
  const check = (district: District, turns: Turns, stepDays: number) => {
    const epidemic = new Epidemic(district, stepDays);
    epidemic.reset(0, turns);
    const counts = {
      infections: new Float64Array(epidemic.wards),
      reported: new Float64Array(epidemic.wards),
      doses: 0,
    };
    for (const levers of leverCalendar(district, everything, 60)) {
      epidemic.day(levers, turns, counts);
      district.wards.forEach((ward, w) => {
        ward.population.forEach((people, g) => {
          const at = (w * epidemic.ages + g) * compartmentCount;
          const cells = epidemic.state.subarray(at, at + compartmentCount);
          const sum = cells.reduce((a, b) => a + b, 0);
          expect(Math.abs(sum - people)).toBeLessThan(1e-9 * Math.max(1, people));
          expect(Math.min(...cells)).toBeGreaterThanOrEqual(-1e-9);
        });
      });
    }
    return epidemic;
  };

  test('drawn: exactly, in whole people, for any seed', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(1, 0.5), (seed, stepDays) => {
        const epidemic = check(exampleDistrict(), new Draws().restart(createRandom(seed)), stepDays);
        expect(epidemic.state.every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
      }),
      { numRuns: 6 },
    );
  });

  test('mean path: to 1e-9', () => {
    check(exampleDistrict(), meanTurns, 0.5);
  });
});

describe('against the analytic answer', () => {
  test.each([1.2, 1.5, 2.5, 5])('final size at R0 = %f solves z = 1 - exp(-R0 z), to 1e-3', (r0) => {
    const people = 1e6;
    const { epidemic } = simulateMean(plain(r0, people, 10), { name: '', levers: [] }, { days: 1500, stepDays: 0.25 });
    let z = 0.9;
    for (let i = 0; i < 500; i++) z = 1 - Math.exp(-r0 * (z + 10 / people));
    const susceptible = [0, 1, 2, 3].reduce((sum, k) => sum + epidemic.total(k), 0);
    expect(Math.abs(1 - susceptible / people - z)).toBeLessThan(1e-3);
  });

  test('below the threshold it dies out, above it grows', () => {
    const infections = (r0: number) => {
      const { paths } = simulateMean(plain(r0, 1e6, 100), { name: '', levers: [] }, { days: 1_000, stepDays: 0.5 });
      return paths.daily.infections.reduce((a, b) => a + b, 0);
    };
    // 100 seeds cause 100 R0 / (1 - R0) cases in all when everybody is susceptible
    expect(infections(0.9)).toBeGreaterThan(0.98 * 900);
    expect(infections(0.9)).toBeLessThan(900);
    expect(infections(1.3)).toBeGreaterThan(20_000);
  });

  test('isolation that halves the infectious time halves R: 1.9 dies out', () => {
    const district = plain(1.9, 1e6, 100);
    const halved = {
      ...district,
      disease: { ...district.disease, isolationPerDay: 1 / 6, isolatedInfectiousness: 0 },
      capacity: { ...district.capacity, isolationPlaces: 1e6 },
    };
    const { paths } = simulateMean(halved, { name: '', levers: [] }, { days: 400, stepDays: 0.5 });
    const infections = paths.daily.infections.reduce((a, b) => a + b, 0);
    expect(infections).toBeLessThan((100 * 0.95) / 0.05);
  });

  test('several wards and ages: the district grows exactly when the next-generation matrix says so', () => {
    const grows = (r0: number) => {
      const district = exampleDistrict();
      const open: District = {
        ...district,
        disease: { ...district.disease, reproductionNumber: r0, isolationPerDay: 0, daysToHospital: 6 },
        start: { infectious: district.wards.map(() => [1, 1, 1]) },
      };
      const { paths } = simulateMean(open, { name: '', levers: [] }, { days: 150, stepDays: 0.5 });
      return paths.daily.infections[149]! > paths.daily.infections[100]!;
    };
    expect([grows(0.97), grows(1.05)]).toEqual([false, true]);
  });
});

test('the mean of many paths nears the mean path as populations grow', () => {
  const distance = (scale: number) => {
    const district = plain(2, 20_000 * scale, 40 * scale);
    const { paths: mean } = simulateMean(district, { name: '', levers: [] }, { days: 60, stepDays: 1 });
    const drawn = simulatePaths(district, { name: '', levers: [] }, { ...run, paths: 60 });
    const total = drawn.daily.infections.reduce((a, b) => a + b, 0) / 60;
    return Math.abs(total / mean.daily.infections.reduce((a, b) => a + b, 0) - 1);
  };
  expect(distance(1)).toBeLessThan(0.05);
  expect(distance(30)).toBeLessThan(0.01);
});

test('same seed, same paths; a path does not depend on how many run beside it', () => {
  const district = exampleDistrict();
  const scenario = { name: 'all', levers: everything };
  const all = simulatePaths(district, scenario, run);
  expect(simulatePaths(district, scenario, run)).toEqual(all);
  const late = simulatePaths(district, scenario, run, 15, 5);
  expect(late.daily.reported).toEqual(all.daily.reported.slice(15 * run.days));
  expect(simulatePaths(district, scenario, { ...run, seed: 4 }).daily.reported).not.toEqual(all.daily.reported);
});

test('every lever helps, all else equal', () => {
  const district = exampleDistrict();
  const infections = (levers: Lever[]) =>
    simulateMean(district, { name: '', levers }, { days: 60, stepDays: 1 }).paths.daily.infections.reduce(
      (a, b) => a + b,
      0,
    );
  const none = infections([]);
  for (const lever of everything.filter(({ kind }) => kind !== 'treatment'))
    expect(infections([lever])).toBeLessThan(none);
  const deaths = (levers: Lever[]) =>
    simulateMean(district, { name: '', levers }, { days: 120, stepDays: 1 }).paths.daily.deaths[119]!;
  expect(deaths([{ kind: 'treatment', fromDay: 0, toDay: 119, beds: 5_000, intensiveCare: 1_000 }])).toBeLessThan(
    deaths([]),
  );
});

describe('commuting', () => {
  const stay = (district: District) => district.wards.map((_, a) => district.wards.map((__, b) => (a === b ? 1 : 0)));
  const infections = (district: District, days = 30) => {
    const { paths, epidemic } = simulateMean(district, { name: '', levers: [] }, { days, stepDays: 0.5 });
    return { byDay: paths.daily.infections, epidemic };
  };
  /** workers of the last ward meet nobody but the people of the first; all others stay */
  const commuting = (): District => {
    const district = exampleDistrict();
    const shares = stay(district);
    shares[9] = shares[0]!.slice();
    return {
      ...district,
      mixing: { ...district.mixing, ownWardShare: 1, commuting: { shares, contactShare: [0, 0.5, 0] } },
      start: { infectious: district.wards.map((_, w) => [0, w === 0 ? 50 : 0, 0]) },
    };
  };

  test('takes an infection where distance does not, and only to those who commute', () => {
    const district = commuting();
    const { epidemic } = infections(district, 12);
    const touched = (w: number) => {
      const cell = w * 3 * compartmentCount;
      return [0, 1, 2].map(
        (g) => district.wards[w]!.population[g]! - epidemic.state[cell + g * compartmentCount]! > 1e-6,
      );
    };
    expect(touched(9)).toEqual([true, true, true]);
    for (const w of [1, 5, 8]) expect(touched(w)).toEqual([false, false, false]);
    district.mixing.commuting!.contactShare = [0, 0, 0];
    expect(infections(district, 12).epidemic.state[9 * 3 * compartmentCount + compartmentCount]).toBe(
      district.wards[9]!.population[1],
    );
  });

  test('the threshold stays where R0 = 1 says', () => {
    const grows = (reproductionNumber: number) => {
      const district = commuting();
      district.disease = { ...district.disease, reproductionNumber, isolationPerDay: 0 };
      district.start = { infectious: district.wards.map(() => [1, 1, 1]) };
      const { byDay } = infections(district, 400);
      return byDay[399]! > byDay[300]!;
    };
    expect([grows(0.97), grows(1.05)]).toEqual([false, true]);
  });
});

test('the testing of all finds the infectious, and a test costs what it costs', () => {
  const district = exampleDistrict();
  const run = { days: 40, stepDays: 1 };
  const infected = (testsPerDay: number) =>
    simulateMean(
      district,
      { name: '', levers: [{ kind: 'testing', fromDay: 0, toDay: 39, testsPerDay, sensitivity: 0.8 }] },
      run,
    ).paths.daily.infections.reduce((a, b) => a + b, 0);
  expect(infected(100_000)).toBeLessThan(0.8 * infected(0));
});
