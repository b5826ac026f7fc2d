import { describe, expect, test } from 'vitest';
import type { District, Lever } from './district.ts';
import { exampleDistrict } from './example-district.ts';
import { type LeverDay, leverCalendar } from './lever-calendar.ts';

/** Wards of 10,000 and 30,000 people. */
function twoWards(): District {
  return {
    ...exampleDistrict(),
    wards: [
      { id: 'a', position: [106.7, 10.7], population: [4_000, 6_000, 0], businesses: 100 },
      { id: 'b', position: [106.8, 10.7], population: [10_000, 15_000, 5_000], businesses: 300 },
    ],
    capacity: { beds: 10, intensiveCare: 3, isolationPlaces: 50 },
  };
}
const plain = (day: LeverDay) =>
  Object.fromEntries(
    Object.entries(day).map(([name, value]) => [name, typeof value === 'number' ? value : [...value]]),
  );
const untouched = {
  contacts: [1, 1],
  travel: [1, 1],
  tracingYield: [0, 0],
  foundPerCase: [0, 0],
  firstDoses: [0, 0],
  secondDoses: [0, 0],
  protectionDelay: [0, 0],
  doseInterval: [0, 0],
  beds: 10,
  intensiveCare: 3,
  isolationPlaces: 50,
  restricted: 0,
  restrictedInFull: 0,
  workersAtHome: 0,
  closedBusinesses: 0,
  traced: 0,
  tests: 0,
  testedShare: [0, 0],
};
const dayOf = (...levers: Lever[]) => plain(leverCalendar(twoWards(), levers, 1)[0]!);
const always = { fromDay: 0, toDay: 0 };
const unbounded = Number.POSITIVE_INFINITY;
const workersOf = (population: readonly number[]) =>
  population.reduce((sum, people, g) => sum + people * exampleDistrict().costs.workingShare[g]!, 0);
const workers = workersOf([14_000, 21_000, 5_000]);

test('a lever acts from its first to its last day, both included', () => {
  const calendar = leverCalendar(
    twoWards(),
    [{ kind: 'treatment', fromDay: 2, toDay: 4, beds: 5, intensiveCare: 1 }],
    7,
  );
  expect(calendar.map(({ beds }) => beds)).toEqual([10, 10, 15, 15, 15, 10, 10]);
  expect(plain(calendar[0]!)).toEqual(untouched);
});

describe('each kind touches its own, and nothing else', () => {
  test.each<[Lever, object]>([
    [
      { kind: 'vaccination', ...always, firstDosesPerDay: 400, secondDosesPerDay: 80 },
      { firstDoses: [100, 300], secondDoses: [20, 60] },
    ],
    [{ kind: '5K', ...always, adherence: 0.5, effect: 0.5 }, { contacts: [0.75, 0.75] }],
    [
      { kind: 'tracing', ...always, tracedPerDay: 40, yieldShare: 0.5, isolationPlaces: 7 },
      { tracingYield: [5, 15], foundPerCase: [unbounded, unbounded], traced: 40, isolationPlaces: 57 },
    ],
    [
      { kind: 'testing', ...always, testsPerDay: 4_000, sensitivity: 0.5 },
      { testedShare: [0.05, 0.05], tests: 4_000 },
    ],
    [
      { kind: 'treatment', ...always, beds: 5, intensiveCare: 2 },
      { beds: 15, intensiveCare: 5 },
    ],
    [
      { kind: 'movement', ...always, limit: 0.5, contactShare: 0.5 },
      {
        travel: [0.5, 0.5],
        contacts: [0.75, 0.75],
        restricted: 40_000,
        restrictedInFull: 20_000,
        workersAtHome: 0.5 * workers,
      },
    ],
    [
      { kind: 'business', ...always, openShare: 0.25, contactShare: 0.5 },
      { contacts: [0.625, 0.625], closedBusinesses: 300 },
    ],
  ])('%o', (lever, change) => {
    expect(dayOf(lever)).toEqual({ ...untouched, ...change });
  });

  test('in one ward it is that ward’s alone', () => {
    const wards = ['b'];
    expect(dayOf({ kind: 'vaccination', ...always, firstDosesPerDay: 400, secondDosesPerDay: 80, wards })).toEqual({
      ...untouched,
      firstDoses: [0, 400],
      secondDoses: [0, 80],
    });
    expect(dayOf({ kind: 'movement', ...always, limit: 0.5, contactShare: 0.5, wards })).toEqual({
      ...untouched,
      travel: [1, 0.5],
      contacts: [1, 0.75],
      restricted: 30_000,
      restrictedInFull: 15_000,
      workersAtHome: 0.5 * workersOf([10_000, 15_000, 5_000]),
    });
    expect(dayOf({ kind: 'tracing', ...always, tracedPerDay: 40, yieldShare: 0.5, isolationPlaces: 7, wards })).toEqual(
      {
        ...untouched,
        tracingYield: [0, 20],
        foundPerCase: [0, unbounded],
        traced: 40,
        isolationPlaces: 57,
      },
    );
  });

  test('more tests than people test everybody once', () => {
    expect(dayOf({ kind: 'testing', ...always, testsPerDay: 80_000, sensitivity: 0.5 })).toMatchObject({
      testedShare: [0.5, 0.5],
      tests: 80_000,
    });
  });

  test('a limit of nothing restricts nobody', () => {
    expect(dayOf({ kind: 'movement', ...always, limit: 0, contactShare: 0.5 })).toEqual(untouched);
  });
});

test('two of a kind: what is left of the contacts that can be avoided is cut again, amounts add up, and people count once', () => {
  const movement: Lever = { kind: 'movement', ...always, limit: 0.5, contactShare: 0.5 };
  expect(dayOf(movement, { ...movement, wards: ['a'] })).toEqual({
    ...untouched,
    travel: [0.25, 0.5],
    // of the half that can be avoided a quarter is left
    contacts: [0.625, 0.75],
    restricted: 40_000,
    restrictedInFull: 0.75 * 10_000 + 0.5 * 30_000,
    workersAtHome: 0.75 * workersOf([4_000, 6_000, 0]) + 0.5 * workersOf([10_000, 15_000, 5_000]),
  });
  const closed: Lever = { kind: 'business', ...always, openShare: 0.5, contactShare: 0 };
  expect(dayOf(closed, { ...closed, wards: ['a'] })).toMatchObject({ closedBusinesses: 75 + 150 });
  const tested: Lever = { kind: 'testing', ...always, testsPerDay: 4_000, sensitivity: 0.5 };
  expect(dayOf(tested, tested)).toMatchObject({ testedShare: [0.1, 0.1], tests: 8_000 });
  const traced: Lever = { kind: 'tracing', ...always, tracedPerDay: 40, yieldShare: 0.5, isolationPlaces: 7 };
  expect(dayOf(traced, traced)).toMatchObject({ tracingYield: [10, 30], traced: 80, isolationPlaces: 64 });
});

describe('contacts that several measures cut', () => {
  const movement = (limit: number): Lever => ({ kind: 'movement', ...always, limit, contactShare: 0.5 });
  const business: Lever = { kind: 'business', ...always, openShare: 0, contactShare: 0.25 };
  const masks: Lever = { kind: '5K', ...always, adherence: 1, effect: 0.35 };
  const left = (...levers: Lever[]) => leverCalendar(twoWards(), levers, 1)[0]!.contacts[0]!;

  test('are not cut twice: with all movement stopped nothing else is left to avoid', () => {
    expect(left(movement(1))).toBe(0.5);
    expect(left(movement(1), business)).toBeCloseTo(0.5, 12);
    expect(left(movement(1), business, masks)).toBeCloseTo(0.5, 12);
  });
  test('lie between the strongest alone and the sum of all', () => {
    const together = 1 - left(movement(0.4), business, masks);
    expect(together).toBeGreaterThan(0.35);
    expect(together).toBeLessThan(0.2 + 0.25 + 0.35);
    expect(together).toBeLessThan(1 - 0.8 * 0.75 * 0.65);
  });
});

describe('the bill of a movement limit', () => {
  test.each([0.01, 0.5, 1])(
    '%d: people and work in proportion to it; a closed business has nobody to send home',
    (limit) => {
      const lever: Lever = { kind: 'movement', ...always, limit, contactShare: 0.5 };
      const day = leverCalendar(twoWards(), [lever], 1)[0]!;
      expect(day.restrictedInFull).toBeCloseTo(40_000 * limit, 6);
      expect(day.workersAtHome).toBeCloseTo(workers * limit, 6);
      expect(day.restricted).toBe(40_000);
      const closed = leverCalendar(
        twoWards(),
        [lever, { kind: 'business', ...always, openShare: 0, contactShare: 0 }],
        1,
      )[0]!;
      const { workersPerBusiness } = exampleDistrict().costs;
      expect(closed.workersAtHome).toBeCloseTo((workers - 400 * workersPerBusiness) * limit, 6);
    },
  );
});
