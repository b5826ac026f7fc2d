import { quantileOfSorted } from '../numerics/quantiles.ts';
import type { District, Scenario, ScenarioKind, Ward } from './district.ts';
import { leverCalendar } from './lever-calendar.ts';
import { type DailySeries, dailySeries, type Paths } from './simulate.ts';

/** Never a single line: the 5, 25, 50, 75 and 95 % quantiles over paths. */
export interface Band {
  q05: number;
  q25: number;
  q50: number;
  q75: number;
  q95: number;
}

/** What a scenario amounts to. The three that follow from the levers alone are the same on every path: their band has no width. */
export type Total =
  | 'reported'
  | 'infections'
  | 'deaths'
  | 'peakHospital'
  | 'peakIntensiveCare'
  | 'bedDays'
  | 'intensiveCareDays'
  | 'isolatedPersonDays'
  | 'doses'
  | 'mostRestricted'
  | 'restrictedPersonDays'
  | 'closedBusinessDays'
  | 'workingDaysLost'
  | 'cost';

/** Probability by day that the reported cases of the last 7 days reach a rate per 100,000; null on the first six days. */
export interface Reached {
  cut: number;
  byDay: (number | null)[];
}

/** What a scenario comes to in one ward. */
export interface WardOutcome {
  id: string;
  /** reported cases over all days */
  reported: Band;
  probabilityReached: Reached[];
}

export interface Outcome {
  name: string;
  kind: ScenarioKind;
  /** of a smallest-area alternative: the name of the scenario that it narrows */
  of?: string;
  days: number;
  paths: number;
  /** per day */
  daily: Record<DailySeries, Band[]>;
  /** per day, the same for every path: what the levers themselves do */
  restrictedPeople: number[];
  closedBusinesses: number[];
  totals: Record<Total, Band>;
  restrictedPersonDays: number;
  closedBusinessDays: number;
  /** largest number of people under a movement limit on any day */
  mostRestricted: number;
  /** probability that beds, and intensive care, are ever too few */
  probabilityBedsShort: number;
  probabilityIntensiveCareShort: number;
  /** of the whole district, per cut */
  probabilityReached: Reached[];
  wards: WardOutcome[];
}

export function summarise(
  district: District,
  scenario: Scenario,
  paths: Paths,
  weeklyCuts: readonly number[] = [20, 50, 150],
): Outcome {
  const calendar = leverCalendar(district, scenario.levers, paths.days);
  const people = district.wards.reduce((sum, ward) => sum + ward.population.reduce((a, b) => a + b, 0), 0);
  const daily = Object.fromEntries(
    dailySeries.map((name) => [
      name,
      Array.from({ length: paths.days }, (_, day) => band(columnOf(paths, paths.daily[name], day))),
    ]),
  ) as Outcome['daily'];
  const perPath = (value: (path: number) => number) =>
    Float64Array.from({ length: paths.paths }, (_, path) => value(path));
  const sumOf = (name: DailySeries) => perPath((path) => rowOf(paths, name, path).reduce((a, b) => a + b, 0));
  const peakOf = (name: DailySeries) => perPath((path) => rowOf(paths, name, path).reduce((a, b) => Math.max(a, b), 0));
  const short = (name: DailySeries, limit: (day: number) => number) =>
    perPath((path) => (rowOf(paths, name, path).some((value, day) => value > limit(day)) ? 1 : 0)).reduce(
      (a, b) => a + b,
      0,
    ) / paths.paths;
  const same = (value: number): Band => ({ q05: value, q25: value, q50: value, q75: value, q95: value });
  const restrictedPersonDays = calendar.reduce((sum, day) => sum + day.restricted, 0);
  const closedBusinessDays = calendar.reduce((sum, day) => sum + day.closedBusinesses, 0);
  const mostRestricted = calendar.reduce((most, day) => Math.max(most, day.restricted), 0);
  const bill = billOf(district, calendar, paths);
  return {
    name: scenario.name,
    kind: scenario.kind ?? 'given',
    ...(scenario.of === undefined ? {} : { of: scenario.of }),
    days: paths.days,
    paths: paths.paths,
    daily,
    restrictedPeople: calendar.map((day) => day.restricted),
    closedBusinesses: calendar.map((day) => day.closedBusinesses),
    totals: {
      reported: band(sumOf('reported')),
      infections: band(sumOf('infections')),
      deaths: band(perPath((path) => rowOf(paths, 'deaths', path).at(-1)!)),
      peakHospital: band(peakOf('hospital')),
      peakIntensiveCare: band(peakOf('intensiveCare')),
      bedDays: band(sumOf('hospital')),
      intensiveCareDays: band(sumOf('intensiveCare')),
      isolatedPersonDays: band(sumOf('isolated')),
      doses: band(paths.doses),
      mostRestricted: same(mostRestricted),
      restrictedPersonDays: same(restrictedPersonDays),
      closedBusinessDays: same(closedBusinessDays),
      workingDaysLost: band(bill.workingDaysLost),
      cost: band(bill.cost),
    },
    restrictedPersonDays,
    closedBusinessDays,
    mostRestricted,
    probabilityBedsShort: short('hospital', (day) => calendar[day]!.beds),
    probabilityIntensiveCareShort: short('intensiveCare', (day) => calendar[day]!.intensiveCare),
    probabilityReached: weeklyCuts.map((cut) => ({
      cut,
      byDay: reached(
        paths,
        district.wards.map((_, w) => w),
        (cut * people) / 1e5,
      ),
    })),
    wards: district.wards.map((ward, w) => wardOutcome(ward, w, paths, weeklyCuts)),
  };
}

/** money and work, by path: what the levers cost whoever falls ill, and what the ill cost */
function billOf(
  district: District,
  calendar: ReturnType<typeof leverCalendar>,
  paths: Paths,
): { cost: Float64Array; workingDaysLost: Float64Array } {
  const { costs } = district;
  const people = district.wards.flatMap((ward) => ward.population);
  const ages = district.ageGroups.length;
  const all = people.reduce((a, b) => a + b, 0);
  const workers = people.reduce((sum, count, i) => sum + count * costs.workingShare[i % ages]!, 0) / all;
  let fixedCost = 0;
  let fixedWork = 0;
  for (const day of calendar) {
    fixedCost +=
      day.restrictedInFull * costs.restrictedPersonDay +
      day.closedBusinesses * costs.closedBusinessDay +
      day.traced * costs.traced +
      day.tests * (costs.test ?? 0);
    fixedWork += day.closedBusinesses * costs.workersPerBusiness + day.workersAtHome;
  }
  const cost = new Float64Array(paths.paths);
  const workingDaysLost = new Float64Array(paths.paths);
  for (let path = 0; path < paths.paths; path++) {
    let away = 0;
    let money = fixedCost + paths.doses[path]! * costs.dose;
    for (let day = 0; day < paths.days; day++) {
      const at = path * paths.days + day;
      const [beds, care] = [paths.daily.hospital[at]!, paths.daily.intensiveCare[at]!];
      away += paths.daily.isolated[at]! + beds + care;
      money += beds * costs.bedDay + care * costs.intensiveCareDay;
    }
    cost[path] = money;
    workingDaysLost[path] = fixedWork + away * workers;
  }
  return { cost, workingDaysLost };
}

function wardOutcome(ward: Ward, w: number, paths: Paths, weeklyCuts: readonly number[]): WardOutcome {
  const people = ward.population.reduce((a, b) => a + b, 0);
  const reported = new Float64Array(paths.paths);
  for (let i = w, at = 0; at < paths.paths * paths.days; i += paths.wards, at++)
    reported[Math.floor(at / paths.days)]! += paths.reportedByWard[i]!;
  return {
    id: ward.id,
    reported: band(reported),
    probabilityReached: weeklyCuts.map((cut) => ({ cut, byDay: reached(paths, [w], (cut * people) / 1e5) })),
  };
}

/** share of paths on which the given wards together reported at least `cases` in the 7 days up to each day */
function reached(paths: Paths, wards: readonly number[], cases: number): (number | null)[] {
  const { days, reportedByWard } = paths;
  const counts = new Float64Array(days);
  const daily = new Float64Array(days);
  for (let path = 0; path < paths.paths; path++) {
    let week = 0;
    for (let day = 0; day < days; day++) {
      let today = 0;
      for (const w of wards) today += reportedByWard[(path * days + day) * paths.wards + w]!;
      daily[day] = today;
      week += today - (day >= 7 ? daily[day - 7]! : 0);
      if (day >= 6 && week >= cases) counts[day]!++;
    }
  }
  return Array.from(counts, (count, day) => (day < 6 ? null : count / paths.paths));
}

function rowOf(paths: Paths, name: DailySeries, path: number): Float32Array {
  return paths.daily[name].subarray(path * paths.days, (path + 1) * paths.days);
}

function columnOf(paths: Paths, values: Float32Array, day: number): Float64Array {
  return Float64Array.from({ length: paths.paths }, (_, path) => values[path * paths.days + day]!);
}

export function band(values: ArrayLike<number>): Band {
  const sorted = Float64Array.from(values).sort();
  const at = (probability: number) => quantileOfSorted(sorted, probability);
  return { q05: at(0.05), q25: at(0.25), q50: at(0.5), q75: at(0.75), q95: at(0.95) };
}
