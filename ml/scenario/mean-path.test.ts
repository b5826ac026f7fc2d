import { describe, expect, test } from 'vitest';
import { meanTurns } from '../numerics/chance.ts';
import * as at from './compartments.ts';
import { type Compartment, compartments } from './compartments.ts';
import type { District, Lever } from './district.ts';
import { Epidemic } from './epidemic.ts';
import { exampleDistrict } from './example-district.ts';
import { leverCalendar } from './lever-calendar.ts';
import { simulateMean } from './simulate.ts';

/**
 * The model once more, as its README tells it: people as plain numbers by name, one equation a line, nothing prepared and nothing drawn. What the
 * model computes on its mean path has to be this.
 */
type Cell = Record<Compartment, number>;

const susceptible = ['susceptible', 'susceptible, one dose', 'susceptible, two doses', 'susceptible, waned'] as const;
const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

function plainMeanPath(district: District, levers: Lever[], days: number, stepDays: number) {
  const { wards, disease, mixing, start } = district;
  const ages = district.ageGroups.length;
  const people = wards.map(({ population }) => sum(population));
  const cells: Cell[][] = wards.map(({ population }, w) =>
    population.map((inhabitants, g) => {
      const at = (table: number[][] | undefined) => table?.[w]?.[g] ?? 0;
      const cell = Object.fromEntries(compartments.map((name) => [name, 0])) as Cell;
      cell['susceptible, one dose'] = at(start.oneDose);
      cell['susceptible, two doses'] = at(start.twoDoses);
      cell['susceptible, waned'] = at(start.waned);
      cell.hospitalised = at(start.hospitalised);
      cell['intensive care'] = at(start.intensiveCare);
      cell.recovered = at(start.recovered);
      cell.dead = at(start.dead);
      for (const [name, all, severe] of [
        ['exposed', start.exposed, start.exposedSevere],
        ['infectious', start.infectious, start.infectiousSevere],
        ['isolated', start.isolated, start.isolatedSevere],
      ] as const) {
        cell[`${name}, severe`] = severe ? at(severe) : at(all) * disease.severeShare[g]!;
        cell[`${name}, mild`] = at(all) - cell[`${name}, severe`];
      }
      cell.susceptible = inhabitants - sum(Object.values(cell));
      return cell;
    }),
  );
  const everybody = (name: Compartment) => sum(cells.flat().map((cell) => cell[name]));
  const isolated = () => everybody('isolated, mild') + everybody('isolated, severe');

  // Where contacts take place: the own share at home, the rest by people and distance; commuters by where they work.
  const kilometres = (a: number, b: number) => {
    const [from, to] = [wards[a]!.position, wards[b]!.position];
    const east = (to[0] - from[0]) * Math.cos((((from[1] + to[1]) / 2) * Math.PI) / 180);
    return 111.195 * Math.hypot(east, to[1] - from[1]);
  };
  const pull = (a: number, b: number) => (a === b ? 0 : people[b]! * Math.exp(-kilometres(a, b) / mixing.distanceKm));
  const share = (a: number, b: number, g: number) => {
    const elsewhere = 1 - mixing.ownWardShare;
    const near = a === b ? 1 - elsewhere : (elsewhere * pull(a, b)) / sum(wards.map((_, c) => pull(a, c)));
    const { commuting } = mixing;
    return commuting ? near + commuting.contactShare[g]! * (commuting.shares[a]![b]! - near) : near;
  };
  // The next-generation matrix of a wholly susceptible district, and its largest eigenvalue by repeated multiplication.
  const index = wards.flatMap((_, w) => Array.from({ length: ages }, (__, g) => [w, g] as const));
  const next = index.map(([a, g]) =>
    index.map(
      ([b, h]) => (wards[a]!.population[g]! * share(a, b, g) * mixing.contacts[g]![h]!) / wards[b]!.population[h]!,
    ),
  );
  let vector = index.map(() => 1);
  let eigenvalue = 1;
  for (let turn = 0; turn < 3000; turn++) {
    const turned = next.map((row) => sum(row.map((value, i) => value * vector[i]!)));
    eigenvalue = sum(turned) / sum(vector);
    vector = turned.map((value) => value / eigenvalue);
  }
  const transmission = disease.reproductionNumber / (eigenvalue * disease.infectiousDays);

  return Array.from({ length: days }, (_, day) => {
    const acting = levers.filter(({ fromDay, toDay }) => day >= fromDay && day <= toDay);
    const of = (lever: Lever, w: number) => {
      const named = wards.map(({ id }, i) => (!lever.wards || lever.wards.includes(id) ? people[i]! : 0));
      return named[w]! / sum(named);
    };
    const limits = wards.map((_, w) => {
      const cuts: number[] = [];
      const day = { contacts: 1, travel: 1, traced: 0, tested: 0, first: 0, second: 0 };
      for (const lever of acting) {
        const part = of(lever, w);
        if (part === 0) continue;
        if (lever.kind === 'vaccination') {
          day.first += lever.firstDosesPerDay * part;
          day.second += lever.secondDosesPerDay * part;
        }
        if (lever.kind === '5K') cuts.push(lever.adherence * lever.effect);
        if (lever.kind === 'tracing') day.traced += lever.tracedPerDay * lever.yieldShare * part;
        if (lever.kind === 'testing')
          day.tested += Math.min(1, (lever.testsPerDay * part) / people[w]!) * lever.sensitivity;
        if (lever.kind === 'movement') {
          day.travel *= 1 - lever.limit;
          cuts.push(lever.limit * lever.contactShare);
        }
        if (lever.kind === 'business') cuts.push((1 - lever.openShare) * lever.contactShare);
      }
      // what can be avoided of all contacts is cut by each, the rest by none
      const avoidable = Math.max(0.5, ...cuts);
      day.contacts =
        cuts.length === 1
          ? 1 - cuts[0]!
          : 1 - avoidable + cuts.reduce((left, cut) => left * (1 - cut / avoidable), avoidable);
      return day;
    });
    const capacity = { ...district.capacity };
    for (const lever of acting) {
      if (lever.kind === 'treatment') {
        capacity.beds += lever.beds;
        capacity.intensiveCare += lever.intensiveCare;
      }
      if (lever.kind === 'tracing') capacity.isolationPlaces += lever.isolationPlaces;
    }

    let doses = 0;
    const give = (w: number, amount: number, from: Compartment, to: Compartment) => {
      let left = amount;
      for (const cell of cells[w]!.toReversed()) {
        const open = sum(susceptible.map((name) => cell[name]));
        // Who had it, or has it, without knowing comes for a dose too.
        const unaware = cell['exposed, mild'] + cell['exposed, severe'] + cell['infectious, mild'] + cell.recovered;
        const moved = Math.min(cell[from], (left * open) / (open + unaware));
        cell[from] -= moved;
        cell[to] += moved;
        left = Math.max(0, left - (moved * (open + unaware)) / open);
      }
      doses += amount - left;
    };
    for (const [w, { first, second }] of limits.entries()) {
      give(w, second, 'susceptible, one dose', 'susceptible, two doses');
      give(w, first, 'susceptible', 'susceptible, one dose');
    }

    let infections = 0;
    const reported = wards.map(() => 0);
    for (let step = 0; step < 1 / stepDays; step++) {
      const over = (used: number, there: number) => (used > there ? 1 - there / used : 0);
      const bedsShort = over(everybody('hospitalised'), capacity.beds);
      const careShort = over(everybody('intensive care'), capacity.intensiveCare);
      let places = capacity.isolationPlaces - isolated();
      const seen = wards.map((_, b) =>
        cells[b]!.map(
          (cell, h) =>
            (cell['infectious, mild'] +
              cell['infectious, severe'] +
              disease.isolatedInfectiousness * (cell['isolated, mild'] + cell['isolated, severe'])) /
            wards[b]!.population[h]!,
        ),
      );
      const remaining = (a: number, b: number) =>
        (a === b ? 1 : Math.min(limits[a]!.travel, limits[b]!.travel)) *
        Math.sqrt(limits[a]!.contacts * limits[b]!.contacts);
      const force = wards.map((_, a) =>
        cells[a]!.map(
          (__, g) =>
            transmission *
            sum(
              wards.map(
                (___, b) =>
                  remaining(a, b) *
                  share(a, b, g) *
                  sum(seen[b]!.map((infected, h) => mixing.contacts[g]![h]! * infected)),
              ),
            ),
        ),
      );
      for (const [w, ages] of cells.entries()) {
        const infectious = sum(ages.map((cell) => cell['infectious, mild'] + cell['infectious, severe']));
        const traced = limits[w]!.traced > 0 && infectious > 0 ? Math.min(0.25, limits[w]!.traced / infectious) : 0;
        const found = stepDays * Math.min(0.5, disease.isolationPerDay + limits[w]!.tested + traced);
        let onsets = 0;
        for (const [g, cell] of ages.entries()) {
          const before = { ...cell };
          const part = (name: Compartment, days: number) => (before[name] * stepDays) / days;
          const dies = disease.deathShare[g]! * (1 + careShort * (disease.deathFactorWithoutBed - 1));

          const leftCare = part('intensive care', disease.intensiveCareDays);
          const leftBed = part('hospitalised', disease.hospitalDays);
          const toCare = leftBed * disease.intensiveCareShare[g]!;
          const lost = (leftBed - toCare) * bedsShort * disease.deathShare[g]! * disease.intensiveCareShare[g]!;
          const isolatedWell = part('isolated, mild', disease.isolationDays);
          const isolatedWorse = part('isolated, severe', disease.daysToHospital);
          const well = part('infectious, mild', disease.infectiousDays);
          const worse = part('infectious, severe', disease.daysToHospital);
          const mildFound = Math.min(before['infectious, mild'] * found, Math.max(0, places));
          places -= mildFound;
          const severeFound = Math.min(before['infectious, severe'] * found, Math.max(0, places));
          places -= severeFound;
          const mildOnset = part('exposed, mild', disease.latentDays);
          const severeOnset = part('exposed, severe', disease.latentDays);
          onsets += mildOnset + severeOnset;

          let infected = 0;
          let infectedSevere = 0;
          for (const [k, name] of susceptible.entries()) {
            const protection = k === 0 ? 0 : disease.protectionInfection[k - 1]!;
            const caught = before[name] * (1 - Math.exp(-force[w]![g]! * stepDays * (1 - protection)));
            cell[name] -= caught;
            infected += caught;
            infectedSevere += caught * disease.severeShare[g]! * (1 - (k === 0 ? 0 : disease.protectionSevere[k - 1]!));
          }
          infections += infected;
          const faded = disease.vaccineWaningDays
            ? (cell['susceptible, two doses'] * stepDays) / disease.vaccineWaningDays
            : 0;
          const forgotten = disease.immunityDays ? part('recovered', disease.immunityDays) : 0;
          cell['susceptible, two doses'] -= faded;
          cell['susceptible, waned'] += faded + forgotten;

          cell['exposed, mild'] += infected - infectedSevere - mildOnset;
          cell['exposed, severe'] += infectedSevere - severeOnset;
          cell['infectious, mild'] += mildOnset - well - mildFound;
          cell['infectious, severe'] += severeOnset - worse - severeFound;
          cell['isolated, mild'] += mildFound - isolatedWell;
          cell['isolated, severe'] += severeFound - isolatedWorse;
          cell.hospitalised += worse + isolatedWorse - leftBed;
          cell['intensive care'] += toCare - leftCare;
          cell.dead += leftCare * dies + lost;
          cell.recovered += well + isolatedWell - forgotten + leftCare * (1 - dies) + leftBed - toCare - lost;
        }
        reported[w]! += onsets * disease.reportedShare;
      }
    }
    return {
      infections,
      reported,
      doses,
      hospital: everybody('hospitalised'),
      intensiveCare: everybody('intensive care'),
      isolated: isolated(),
      deaths: everybody('dead'),
      state: cells.flat().flatMap((cell) => compartments.map((name) => cell[name])),
    };
  });
}

/** Two wards and two age groups of different size, in which nothing is 0 or 1 by chance. */
function smallDistrict(): District {
  const district = exampleDistrict();
  return {
    ...district,
    wards: [
      { id: 'north', position: [106.7, 10.75], population: [9_000, 21_000], businesses: 300 },
      { id: 'south', position: [106.72, 10.71], population: [5_000, 30_000], businesses: 500 },
    ],
    ageGroups: ['young', 'old'],
    disease: {
      reproductionNumber: 3.1,
      latentDays: 3,
      infectiousDays: 5,
      daysToHospital: 4,
      hospitalDays: 8,
      intensiveCareDays: 11,
      isolationDays: 9,
      isolationPerDay: 0.07,
      isolatedInfectiousness: 0.2,
      severeShare: [0.03, 0.12],
      intensiveCareShare: [0.15, 0.3],
      deathShare: [0.2, 0.4],
      deathFactorWithoutBed: 2,
      protectionInfection: [0.3, 0.6, 0.4],
      protectionSevere: [0.5, 0.9, 0.7],
      vaccineWaningDays: 150,
      immunityDays: 200,
      reportedShare: 0.4,
    },
    mixing: {
      contacts: [
        [6, 3],
        [2, 8],
      ],
      ownWardShare: 0.7,
      distanceKm: 3,
    },
    capacity: { beds: 60, intensiveCare: 12, isolationPlaces: 90 },
    costs: { ...district.costs, workingShare: [0, 0.7] },
    start: {
      exposed: [
        [10, 40],
        [0, 30],
      ],
      infectious: [
        [12, 50],
        [4, 20],
      ],
      isolated: [
        [3, 9],
        [1, 5],
      ],
      infectiousSevere: [
        [2, 11],
        [1, 3],
      ],
      hospitalised: [
        [2, 20],
        [1, 9],
      ],
      intensiveCare: [
        [1, 6],
        [0, 3],
      ],
      recovered: [
        [400, 900],
        [100, 700],
      ],
      dead: [
        [0, 4],
        [0, 2],
      ],
      oneDose: [
        [100, 5_000],
        [0, 8_000],
      ],
      twoDoses: [
        [50, 3_000],
        [0, 4_000],
      ],
      waned: [
        [0, 700],
        [5, 300],
      ],
    },
  };
}

/** Where a ward's age group stands in the state of the small district. */
const cellOf = (w: number, g: number) => (w * 2 + g) * at.compartmentCount;

const levers: Lever[] = [
  { kind: 'vaccination', fromDay: 2, toDay: 20, firstDosesPerDay: 700, secondDosesPerDay: 400 },
  { kind: 'vaccination', fromDay: 10, toDay: 12, firstDosesPerDay: 30_000, secondDosesPerDay: 0, wards: ['south'] },
  { kind: '5K', fromDay: 1, toDay: 30, adherence: 0.6, effect: 0.3 },
  { kind: 'tracing', fromDay: 3, toDay: 25, tracedPerDay: 200, yieldShare: 0.03, isolationPlaces: 40 },
  {
    kind: 'tracing',
    fromDay: 18,
    toDay: 22,
    tracedPerDay: 90_000,
    yieldShare: 0.5,
    isolationPlaces: 0,
    wards: ['north'],
  },
  { kind: 'testing', fromDay: 8, toDay: 14, testsPerDay: 4_000, sensitivity: 0.8 },
  { kind: 'testing', fromDay: 12, toDay: 13, testsPerDay: 100_000, sensitivity: 0.9, wards: ['south'] },
  { kind: 'movement', fromDay: 5, toDay: 15, limit: 0.7, contactShare: 0.4, wards: ['north'] },
  { kind: 'business', fromDay: 6, toDay: 16, openShare: 0.4, contactShare: 0.3 },
  { kind: 'treatment', fromDay: 9, toDay: 35, beds: 25, intensiveCare: 4 },
];
const commuting = {
  shares: [
    [0.6, 0.4],
    [0.25, 0.75],
  ],
  contactShare: [0.1, 0.35],
};

describe('the mean path is that of the equations', () => {
  const withCommuting = (district: District): District => ({ ...district, mixing: { ...district.mixing, commuting } });
  const forEver = (district: District): District => ({
    ...district,
    disease: { ...district.disease, vaccineWaningDays: 0, immunityDays: 0 },
  });
  test.each<[string, District, Lever[], number]>([
    ['nothing done', smallDistrict(), [], 1],
    ['every lever, beds and places too few', smallDistrict(), levers, 1],
    ['every lever, with those who work elsewhere, in quarters of a day', withCommuting(smallDistrict()), levers, 0.25],
    ['protection that never fades', forEver(smallDistrict()), levers, 0.5],
  ])('%s', (_name, district, done, stepDays) => {
    const days = 36;
    const expected = plainMeanPath(district, done, days, stepDays);
    const { paths, epidemic } = simulateMean(district, { name: '', levers: done }, { days, stepDays });
    // Single precision in the kept series; the series for small rates is good to 2e-10.
    const near = (values: ArrayLike<number>, wanted: number[], relative: number) => {
      expect(values.length).toBe(wanted.length);
      for (const [i, value] of wanted.entries())
        expect(Math.abs(values[i]! - value), `${i}: ${values[i]} for ${value}`).toBeLessThanOrEqual(
          relative * Math.max(1, Math.abs(value)),
        );
    };
    near(epidemic.state, expected.at(-1)!.state, 1e-7);
    for (const name of ['infections', 'hospital', 'intensiveCare', 'isolated', 'deaths'] as const)
      near(
        paths.daily[name],
        expected.map((day) => day[name]),
        1e-6,
      );
    near(
      paths.daily.reported,
      expected.map((day) => sum(day.reported)),
      1e-6,
    );
    near(
      paths.reportedByWard,
      expected.flatMap((day) => day.reported),
      1e-6,
    );
    near(paths.doses, [sum(expected.map((day) => day.doses))], 1e-9);
  });
});

describe('deaths and beds', () => {
  /** Nobody is infected; those in hospital and in intensive care leave in a day's share. */
  const deathsOfADay = (hospitalised: number, intensiveCare: number, beds: number, careBeds: number) => {
    const district = smallDistrict();
    district.disease.reproductionNumber = 0;
    district.capacity = { beds, intensiveCare: careBeds, isolationPlaces: 0 };
    district.start = {
      hospitalised: [
        [0, hospitalised],
        [0, 0],
      ],
      intensiveCare: [
        [0, intensiveCare],
        [0, 0],
      ],
    };
    return simulateMean(district, { name: '', levers: [] }, { days: 1, stepDays: 1 }).paths.daily.deaths[0]!;
  };
  // A day: 1/11 leave intensive care, of whom 0.4 die; 1/8 leave the ward, of whom 0.3 need intensive care.
  const inCare = (110 / 11) * 0.4;

  test('in intensive care follow its own occupancy', () => {
    expect(deathsOfADay(0, 110, 0, 110)).toBeCloseTo(inCare, 5);
    expect(deathsOfADay(0, 110, 0, 109.99)).toBeGreaterThan(inCare);
    // Half of them without a place: twice the risk for them, so half more in all.
    expect(deathsOfADay(0, 110, 0, 55)).toBeCloseTo(1.5 * inCare, 5);
    expect(deathsOfADay(0, 110, 0, 0)).toBeCloseTo(2 * inCare, 5);
  });

  test('in intensive care do not follow the ordinary beds', () => {
    const lostWithoutBed = (80 / 8) * 0.7 * 0.5 * 0.4 * 0.3;
    expect(deathsOfADay(80, 110, 80, 110)).toBeCloseTo(inCare, 5);
    expect(deathsOfADay(80, 110, 40, 110)).toBeCloseTo(inCare + lostWithoutBed, 5);
    expect(deathsOfADay(80, 0, 40, 0)).toBeCloseTo(lostWithoutBed, 5);
  });

  test('in ordinary beds do not follow intensive care', () => {
    expect(deathsOfADay(80, 110, 80, 0)).toBeCloseTo(2 * inCare, 5);
  });

  test('a risk is never more than certain', () => {
    const district = smallDistrict();
    district.disease.deathFactorWithoutBed = 50;
    district.disease.reproductionNumber = 0;
    district.capacity = { beds: 0, intensiveCare: 0, isolationPlaces: 0 };
    district.start = {
      intensiveCare: [
        [0, 110],
        [0, 0],
      ],
    };
    const { paths } = simulateMean(district, { name: '', levers: [] }, { days: 1, stepDays: 1 });
    expect(paths.daily.deaths[0]).toBeCloseTo(10, 5);
  });
});

describe('isolation places', () => {
  const isolatedAfterADay = (places: number, severe = 0) => {
    const district = smallDistrict();
    district.disease.reproductionNumber = 0;
    district.disease.isolationPerDay = 0.3;
    district.capacity.isolationPlaces = places;
    district.start = {
      infectious: [
        [0, 600],
        [0, 400],
      ],
      infectiousSevere: [
        [0, severe],
        [0, severe],
      ],
    };
    const { paths, epidemic } = simulateMean(district, { name: '', levers: [] }, { days: 1, stepDays: 1 });
    return {
      isolated: paths.daily.isolated[0]!,
      among: epidemic.total(at.infectiousMild) + epidemic.total(at.infectiousSevere),
    };
  };

  test('bind: without one nobody is isolated, and who is not stays among the others', () => {
    // Of 1,000 a fifth recovers in a day and 300 are found.
    expect(isolatedAfterADay(300)).toEqual({ isolated: 300, among: 500 });
    expect(isolatedAfterADay(1_000)).toEqual({ isolated: 300, among: 500 });
    expect(isolatedAfterADay(299)).toEqual({ isolated: 299, among: 501 });
    expect(isolatedAfterADay(40)).toEqual({ isolated: 40, among: 760 });
    expect(isolatedAfterADay(0)).toEqual({ isolated: 0, among: 800 });
  });

  test('are one supply for mild and severe', () => {
    // 200 severe: a quarter of them goes to hospital, a fifth of the 800 mild recovers.
    const { isolated, among } = isolatedAfterADay(100, 100);
    expect(isolated).toBe(100);
    expect(among).toBeCloseTo(1_000 - 50 - 160 - 100, 9);
  });

  test('that are taken already are not free, and more people than places bring nobody back', () => {
    const district = smallDistrict();
    district.disease.reproductionNumber = 0;
    district.disease.isolationPerDay = 0.3;
    district.capacity.isolationPlaces = 50;
    district.start = {
      infectious: [
        [0, 600],
        [0, 0],
      ],
      isolated: [
        [0, 80],
        [0, 0],
      ],
      isolatedSevere: [
        [0, 0],
        [0, 0],
      ],
    };
    const { paths } = simulateMean(district, { name: '', levers: [] }, { days: 1, stepDays: 1 });
    expect(paths.daily.isolated[0]).toBeCloseTo(80 * (1 - 1 / 9), 4);
  });
});

describe('a day whose newly infectious are known', () => {
  const open = (district: District) => {
    const epidemic = new Epidemic(district, 1);
    epidemic.reset(0, meanTurns);
    return epidemic;
  };
  const counts = () => ({ infections: new Float64Array(2), reported: new Float64Array(2), doses: 0 });
  const [nothing] = leverCalendar(smallDistrict(), [], 1);

  test('takes them from the susceptible by how likely each was infected, and nobody else', () => {
    const district = smallDistrict();
    const epidemic = open(district);
    const before = epidemic.state.slice();
    const expected = new Float64Array(2);
    const told = counts();
    epidemic.knownDay(nothing!, meanTurns, told, Float64Array.of(70, 20), expected);
    // The infections of a day at a reproduction number of 1, by the equations: those of the plain path, at 1.
    const atOne = smallDistrict();
    atOne.disease.reproductionNumber = 1;
    const [day] = plainMeanPath(atOne, [], 1, 1);
    expect(expected[0]! + expected[1]!).toBeCloseTo(day!.infections, 6);
    const takenFrom = (w: number) =>
      sum(
        [0, 1].flatMap((g) => susceptible.map((_, k) => before[cellOf(w, g) + k]! - epidemic.state[cellOf(w, g) + k]!)),
      );
    // Two doses that fade and infections that are forgotten go both into "waned": the sum of the susceptible moves by the latter alone.
    const forgotten = (w: number) => sum([0, 1].map((g) => before[cellOf(w, g) + at.recovered]! / 200));
    expect(takenFrom(0)).toBeCloseTo(70 - forgotten(0), 9);
    expect(takenFrom(1)).toBeCloseTo(20 - forgotten(1), 9);
    expect([...told.infections]).toEqual([0, 0]);
    // They become infectious the same day, with all who were exposed before.
    expect(
      sum(
        [0, 1].map(
          (g) => epidemic.state[cellOf(0, g) + at.exposedMild]! + epidemic.state[cellOf(0, g) + at.exposedSevere]!,
        ),
      ),
    ).toBeCloseTo(0, 9);
    expect(told.reported[0]).toBeCloseTo((70 + 50) * 0.4, 9);
    expect(told.reported[1]).toBeCloseTo((20 + 30) * 0.4, 9);
    // The next day is told by itself.
    told.infections.fill(99);
    epidemic.knownDay(nothing!, meanTurns, told, Float64Array.of(10, 0), expected);
    expect([...told.infections]).toEqual([0, 0]);
    expect(told.reported[0]).toBeCloseTo(10 * 0.4, 9);
    expect(told.reported[1]).toBeCloseTo(0, 9);
  });

  test('where nothing infectious is near, all susceptible are alike', () => {
    const district = smallDistrict();
    district.start = {
      oneDose: [
        [0, 7_000],
        [0, 0],
      ],
    };
    const epidemic = open(district);
    const expected = new Float64Array(2);
    epidemic.knownDay(nothing!, meanTurns, counts(), Float64Array.of(100, 0), expected);
    expect([...expected]).toEqual([0, 0]);
    // By people, but for what a dose protects: 9,000 young, 14,000 old and 7,000 old with a dose that counts for 0.7.
    const weights = [9_000, 14_000, 7_000 * 0.7];
    const young = epidemic.state[cellOf(0, 0)]!;
    const [old, protectedOld] = epidemic.state.slice(cellOf(0, 1));
    const taken = [9_000 - young, 14_000 - old!, 7_000 - protectedOld!];
    for (const [i, weight] of weights.entries()) expect(taken[i]).toBeCloseTo((100 * weight) / sum(weights), 4);
  });

  test('in a ward where nobody is susceptible nobody is taken', () => {
    const district = smallDistrict();
    district.start = { recovered: district.wards.map(({ population }) => [...population]) };
    district.disease.immunityDays = 0;
    const epidemic = open(district);
    const before = epidemic.state.slice();
    epidemic.knownDay(nothing!, meanTurns, counts(), Float64Array.of(100, 5), new Float64Array(2));
    expect([...epidemic.state]).toEqual([...before]);
  });
});

test('where no particle was found, every path begins at the start of the district', () => {
  const district = { ...smallDistrict(), fitted: [] };
  const epidemic = new Epidemic(district, 1);
  epidemic.reset(3, meanTurns);
  const { inHospital, inIntensiveCare, isolated, dead } = epidemic;
  expect([inHospital, inIntensiveCare, isolated, dead].map((people) => Number(people.toFixed(9)))).toEqual([
    32, 10, 18, 6,
  ]);
});

test('a path begins where its particle says, and the particles take turns', () => {
  const district = smallDistrict();
  district.fitted = [
    {
      reproductionNumber: 0,
      reportedShare: 1,
      start: {
        infectious: [
          [0, 8],
          [0, 0],
        ],
        infectiousSevere: [
          [0, 0],
          [0, 0],
        ],
        dead: [
          [0, 3],
          [0, 0],
        ],
      },
    },
    {
      reproductionNumber: 2,
      reportedShare: 0,
      start: {
        hospitalised: [
          [0, 5],
          [0, 0],
        ],
        isolated: [
          [0, 10],
          [0, 0],
        ],
      },
    },
  ];
  const epidemic = new Epidemic(district, 1);
  for (const path of [0, 2]) {
    epidemic.reset(path, meanTurns);
    expect([epidemic.total(at.infectiousMild), epidemic.dead, epidemic.inHospital, epidemic.isolated]).toEqual([
      8, 3, 0, 0,
    ]);
  }
  for (const path of [1, 3]) {
    epidemic.reset(path, meanTurns);
    expect([epidemic.total(at.infectiousMild), epidemic.dead, epidemic.inHospital, epidemic.isolated]).toEqual([
      0, 0, 5, 10,
    ]);
  }
  const told = { infections: new Float64Array(2), reported: new Float64Array(2), doses: 0 };
  const [nothing] = leverCalendar(district, [], 1);
  epidemic.reset(0, meanTurns);
  epidemic.day(nothing!, meanTurns, told);
  expect([...told.infections]).toEqual([0, 0]);
  epidemic.reset(1, meanTurns);
  epidemic.day(nothing!, meanTurns, told);
  expect(told.infections[0]).toBeGreaterThan(0);
  expect([...told.reported]).toEqual([0, 0]);
});
