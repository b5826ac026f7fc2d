import { describe, expect, test } from 'vitest';
import type { District, Scenario } from './district.ts';
import { exampleDistrict } from './example-district.ts';
import { band, summarise } from './outcomes.ts';
import { emptyPaths, type Paths } from './simulate.ts';
import { wardChancesOf } from './ward-chances.ts';

/** Two wards of 10,000 and 30,000 people. */
function twoWards(): District {
  const district = exampleDistrict();
  return {
    ...district,
    wards: [
      { id: 'a', position: [106.7, 10.7], population: [4_000, 6_000, 0], businesses: 100 },
      { id: 'b', position: [106.8, 10.7], population: [10_000, 15_000, 5_000], businesses: 300 },
    ],
    capacity: { beds: 10, intensiveCare: 3, isolationPlaces: 50 },
    costs: {
      dose: 2,
      traced: 3,
      bedDay: 7,
      intensiveCareDay: 50,
      restrictedPersonDay: 0.01,
      closedBusinessDay: 5,
      workersPerBusiness: 4,
      workingShare: [0, 0.8, 0.4],
    },
  };
}
const nothing: Scenario = { name: 'nothing', levers: [] };
const same = (value: number) => ({ q05: value, q25: value, q50: value, q75: value, q95: value });

/** Three days; every series of both paths different. */
function threeDays(): Paths {
  const paths = emptyPaths(2, 3, 2);
  paths.daily.reported.set([1, 2, 3, 10, 20, 30]);
  paths.daily.hospital.set([4, 12, 8, 10, 10, 10]);
  paths.daily.intensiveCare.set([1, 2, 1, 4, 3, 2]);
  paths.daily.isolated.set([5, 6, 7, 0, 0, 1]);
  paths.daily.deaths.set([0, 1, 3, 0, 0, 0]);
  paths.daily.infections.set([2, 4, 6, 20, 40, 60]);
  paths.reportedByWard.set([1, 0, 1, 1, 0, 3, 4, 6, 20, 0, 15, 15]);
  paths.doses.set([100, 300]);
  return paths;
}

describe('what a scenario comes to', () => {
  const outcome = summarise(twoWards(), nothing, threeDays());

  test('in all: sums over the days, the last of the deaths, the largest of beds and intensive care', () => {
    const { totals } = outcome;
    expect(totals.reported).toEqual(band([6, 60]));
    expect(totals.infections).toEqual(band([12, 120]));
    expect(totals.deaths).toEqual(band([3, 0]));
    expect(totals.peakHospital).toEqual(band([12, 10]));
    expect(totals.peakIntensiveCare).toEqual(band([2, 4]));
    expect(totals.bedDays).toEqual(band([24, 30]));
    expect(totals.intensiveCareDays).toEqual(band([4, 9]));
    expect(totals.isolatedPersonDays).toEqual(band([18, 1]));
    expect(totals.doses).toEqual(band([100, 300]));
  });

  test('by day, over the paths', () => {
    expect(outcome.daily.reported).toEqual([band([1, 10]), band([2, 20]), band([3, 30])]);
    expect(outcome.daily.deaths).toEqual([band([0, 0]), band([1, 0]), band([3, 0])]);
    expect(Object.keys(outcome.daily)).toEqual([
      'reported',
      'hospital',
      'intensiveCare',
      'isolated',
      'deaths',
      'infections',
    ]);
  });

  test('by ward, and as what it was asked', () => {
    expect(outcome.wards.map(({ id, reported }) => [id, reported])).toEqual([
      ['a', band([2, 39])],
      ['b', band([4, 21])],
    ]);
    expect(outcome).toMatchObject({ name: 'nothing', kind: 'given', days: 3, paths: 2 });
    expect(outcome).not.toHaveProperty('of');
    const narrowed = summarise(twoWards(), { ...nothing, kind: 'smallest-area', of: 'x' }, threeDays());
    expect(narrowed).toMatchObject({ kind: 'smallest-area', of: 'x' });
  });

  test('money and work: doses, beds and those away from work', () => {
    // Working people: 21,000 at 0.8 and 5,000 at 0.4 of 40,000.
    const workers = (21_000 * 0.8 + 5_000 * 0.4) / 40_000;
    expect(outcome.totals.cost).toEqual(band([100 * 2 + 24 * 7 + 4 * 50, 300 * 2 + 30 * 7 + 9 * 50]));
    expect(outcome.totals.workingDaysLost.q05).toBeCloseTo(band([46 * workers, 40 * workers]).q05, 12);
    expect(outcome.totals.workingDaysLost.q95).toBeCloseTo(band([46 * workers, 40 * workers]).q95, 12);
  });

  test('beds are short when one more is needed than there is', () => {
    // Ten beds: the first path needs 12 once, the second exactly ten. Three places of intensive care: the second needs four once.
    expect([outcome.probabilityBedsShort, outcome.probabilityIntensiveCareShort]).toEqual([0.5, 0.5]);
    const roomier = twoWards();
    roomier.capacity = { beds: 12, intensiveCare: 4, isolationPlaces: 0 };
    const enough = summarise(roomier, nothing, threeDays());
    expect([enough.probabilityBedsShort, enough.probabilityIntensiveCareShort]).toEqual([0, 0]);
    // More beds on the one day on which they are needed.
    const onDay1: Scenario = {
      name: 'beds',
      levers: [{ kind: 'treatment', fromDay: 1, toDay: 1, beds: 2, intensiveCare: 0 }],
    };
    expect(summarise(twoWards(), onDay1, threeDays()).probabilityBedsShort).toBe(0);
  });

  test('what the levers themselves do has no spread', () => {
    const levers: Scenario['levers'] = [
      { kind: 'movement', fromDay: 0, toDay: 1, limit: 0.5, contactShare: 0.1, wards: ['b'] },
      { kind: 'movement', fromDay: 1, toDay: 1, limit: 0, contactShare: 0.1, wards: ['a'] },
      { kind: 'business', fromDay: 1, toDay: 2, openShare: 0.75, contactShare: 0.1 },
    ];
    const more: Scenario['levers'] = [
      { kind: 'tracing', fromDay: 0, toDay: 1, tracedPerDay: 40, yieldShare: 0.1, isolationPlaces: 0 },
      { kind: 'testing', fromDay: 2, toDay: 2, testsPerDay: 500, sensitivity: 0.9 },
    ];
    const traced = summarise(twoWards(), { name: 'x', levers: more }, threeDays());
    expect(traced.totals.cost.q05).toBeCloseTo(outcome.totals.cost.q05 + 80 * 3, 9);
    const tested = { ...twoWards(), costs: { ...twoWards().costs, test: 1.5 } };
    expect(summarise(tested, { name: 'x', levers: more }, threeDays()).totals.cost.q05).toBeCloseTo(
      outcome.totals.cost.q05 + 80 * 3 + 500 * 1.5,
      9,
    );
    const done = summarise(twoWards(), { name: 'x', levers }, threeDays());
    expect(done.restrictedPeople).toEqual([30_000, 30_000, 0]);
    expect(done.closedBusinesses).toEqual([0, 100, 100]);
    expect(done.totals.mostRestricted).toEqual(same(30_000));
    expect(done.totals.restrictedPersonDays).toEqual(same(60_000));
    expect(done.totals.closedBusinessDays).toEqual(same(200));
    expect([done.mostRestricted, done.restrictedPersonDays, done.closedBusinessDays]).toEqual([30_000, 60_000, 200]);
    // half of the movement: half of the money, and half of those who work and have a business to go to
    const fixed = 30_000 * 0.01 + 200 * 5;
    const [, b] = twoWards().wards;
    const work = b!.population.reduce((sum, people, g) => sum + people * [0, 0.8, 0.4][g]!, 0);
    const atHome = 0.5 * work + 0.5 * (work - 0.25 * b!.businesses * 4);
    expect(done.totals.cost.q05).toBeCloseTo(outcome.totals.cost.q05 + fixed, 9);
    expect(done.totals.workingDaysLost.q50).toBeCloseTo(outcome.totals.workingDaysLost.q50 + 200 * 4 + atHome, 6);
  });
});

describe('a weekly rate is reached', () => {
  /** One path; a case a day in ward a, and none in b, for eight days. */
  const eightDays = () => {
    const paths = emptyPaths(1, 8, 2);
    for (let day = 0; day < 8; day++) paths.reportedByWard[day * 2] = 1;
    return paths;
  };
  const early = [null, null, null, null, null, null];
  // Seven cases a week are 70 per 100,000 of ward a, and 17.5 of both.
  const chances = (cut: number, paths = eightDays()) => {
    const { wards, probabilityReached } = summarise(twoWards(), nothing, paths, [cut]);
    return [...wards.map((ward) => ward.probabilityReached[0]!.byDay), probabilityReached[0]!.byDay];
  };

  test('by exactly as many cases, and not by fewer', () => {
    expect(chances(70)[0]).toEqual([...early, 1, 1]);
    expect(chances(70.1)[0]).toEqual([...early, 0, 0]);
    expect(chances(17.5)[2]).toEqual([...early, 1, 1]);
    expect(chances(17.6)[2]).toEqual([...early, 0, 0]);
    expect(chances(0.1)[1]).toEqual([...early, 0, 0]);
  });

  test('of the last seven days: the eighth day back is forgotten', () => {
    const paths = eightDays();
    paths.reportedByWard[0] = 2;
    expect(chances(80, paths)[0]).toEqual([...early, 1, 0]);
  });

  test('on the share of paths on which it was', () => {
    const paths = emptyPaths(4, 8, 2);
    // Path 1 reaches it on the seventh day, path 3 on the eighth, the others never.
    for (let day = 0; day < 7; day++) paths.reportedByWard[(8 + day) * 2] = 1;
    paths.reportedByWard[(24 + 7) * 2] = 7;
    expect(chances(70, paths)[0]).toEqual([...early, 0.25, 0.25]);
  });

  test('the cuts of the bands where no others are named', () => {
    const { probabilityReached } = summarise(twoWards(), nothing, eightDays());
    expect(probabilityReached.map(({ cut }) => cut)).toEqual([20, 50, 150]);
  });

  test('in two numbers: on the last day, and the highest of all days', () => {
    const ward = (byDay: (number | null)[]) => ({
      id: 'a',
      reported: same(0),
      probabilityReached: [{ cut: 50, byDay }],
    });
    const [a, b, c] = wardChancesOf([ward([null, 0.2, 0.7, 0.4]), ward([null, null]), ward([])]);
    expect(a).toEqual({ areaId: 'a', probabilityReached: [{ cut: 50, atEnd: 0.4, highest: 0.7 }] });
    expect(b!.probabilityReached).toEqual([{ cut: 50, atEnd: 0, highest: 0 }]);
    expect(c!.probabilityReached).toEqual([{ cut: 50, atEnd: 0, highest: 0 }]);
  });
});

test('bands: quantiles of values in any order, of one value, of two', () => {
  expect(band([40, 0, 30, 10, 20])).toEqual({ q05: 2, q25: 10, q50: 20, q75: 30, q95: 38 });
  expect(band([5])).toEqual(same(5));
  expect(band([0, 1])).toEqual({ q05: 0.05, q25: 0.25, q50: 0.5, q75: 0.75, q95: 0.95 });
  expect(band([-10, 9, 100])).toMatchObject({ q50: 9 });
});
