/**
 * The last days, completed by the delays seen so far. Which share of a day's cases is known after d days is learned from the reports of the last
 * weeks, all areas together, by the weekday on which a report comes (reverse-time hazards, Lawless 1994): offices are closed on Sundays. A day's
 * number is then the gamma-Poisson mean between what is reported and what the week before leads to expect. A laboratory's batch still makes
 * single days wrong; the forecast looks at weeks, and learns from its own past errors how wrong they are.
 */
import { type KnownTable, knownTable } from '../../nowcast/known-table.ts';
import { dailyNowcast, walkNowcast } from '../../nowcast/nowcast.ts';
import { knownReports, longestDelay, type ReportTriangle, reportsAt } from './reports.ts';
import type { Seen } from './seen.ts';

export interface CompletionOptions {
  /** reports that came in the last so many days teach the delays */
  memoryDays: number;
  /** the common delay weighs as so many cases against that of one weekday */
  weekdayCases: number;
  /** what is expected of a district's day weighs as so many of its cases, at most */
  priorCases: number;
  priorShare: number;
}

export const defaultCompletion: CompletionOptions = {
  memoryDays: 42,
  weekdayCases: 20,
  priorCases: 10,
  priorShare: 0.5,
};

const weekdays = 7;
const delays = longestDelay + 1;
/** Days of one weekday in a row that say how full it is. */
const profileWeeks = 4;

/** Reverse hazards by delay and weekday of the report: of the cases known at that delay, the share that came with it. */
export function reportHazards(triangle: ReportTriangle, origin: number, options = defaultCompletion): Float64Array {
  const hazards = new Float64Array(delays * weekdays);
  for (let delay = 1; delay < delays; delay++) {
    const arrived = new Float64Array(weekdays);
    const known = new Float64Array(weekdays);
    // days whose report at this delay fell into the memory
    for (let day = origin - delay; day > origin - delay - options.memoryDays && day >= triangle.firstDay; day--) {
      const weekday = (day + delay) % weekdays;
      for (let area = 0; area < triangle.areas.length; area++) {
        arrived[weekday]! += reportsAt(triangle, area, day, delay);
        known[weekday]! += knownReports(triangle, area, day, day + delay);
      }
    }
    const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
    const common = Math.max(0, sum(arrived)) / (sum(known) + 1);
    for (let weekday = 0; weekday < weekdays; weekday++)
      hazards[delay * weekdays + weekday] = Math.min(
        0.98,
        Math.max(0, arrived[weekday]! + options.weekdayCases * common) / (known[weekday]! + options.weekdayCases),
      );
  }
  return hazards;
}

/** Share of a day's cases that is known at the end of `origin`. */
export function knownShare(hazards: Float64Array, day: number, origin: number): number {
  let share = 1;
  for (let delay = longestDelay; delay > origin - day && delay >= 1; delay--)
    share *= 1 - hazards[delay * weekdays + ((day + delay) % weekdays)]!;
  return share;
}

/** How full the weekdays are beside the days around them, all areas together, from the weeks before the last one: beside the sum of its weeks a wave that grows looks like a rhythm. */
function weekdayProfile(values: Float64Array, steps: number, areas: number, until: number): Float64Array {
  const profile = new Float64Array(weekdays).fill(1);
  if (until + 1 < 3 * weekdays) return profile;
  const dayOf = (t: number) => {
    let sum = 0;
    for (let area = 0; area < areas; area++) sum += values[area * steps + t]!;
    return sum;
  };
  const own = new Float64Array(weekdays);
  const around = new Float64Array(weekdays);
  for (let back = 3; back < profileWeeks * weekdays + 3 && until - back - 3 >= 0; back++) {
    const t = until - back;
    own[t % weekdays]! += dayOf(t);
    for (let other = t - 3; other <= t + 3; other++) around[t % weekdays]! += dayOf(other) / weekdays;
  }
  // a few cases are no rhythm: drawn to even days
  return profile.map((_, weekday) => (own[weekday]! + 30) / (around[weekday]! + 30));
}

/** By origin, by day: the median of all areas' cases together, as the nowcast said it at that origin. */
export type NowcastTotals = ReadonlyMap<number, ReadonlyMap<number, number>>;

/** Walks the whole once; `teaches` and `start` as in `walkNowcast`. Counts known at the end of a day stand at lag 1. */
export function nowcastTotals(
  triangle: ReportTriangle,
  teaches: (learnedOn: number) => boolean = () => true,
  start = triangle.firstDay,
): NowcastTotals {
  const table = wholeTable(triangle);
  const out = new Map<number, ReadonlyMap<number, number>>();
  const walked = walkNowcast(table, dailyNowcast, (learnedOn) => teaches(learnedOn - 1), { start: start + 1, from: 0 });
  for (const { origin, periods } of walked)
    if (periods.length > 0)
      out.set(origin - 1, new Map(periods.map(({ period, quantile }) => [period, quantile(0.5)])));
  return out;
}

const quietDaysBefore = 21;

function wholeTable(triangle: ReportTriangle): KnownTable {
  const changes = { period: [] as number[], delay: [] as number[], change: [] as number[] };
  for (let day = triangle.firstDay; day <= triangle.lastDay; day++)
    for (let delay = 0; delay <= longestDelay && day + delay <= triangle.lastDay; delay++) {
      let change = 0;
      for (let area = 0; area < triangle.areas.length; area++) change += reportsAt(triangle, area, day, delay);
      if (change === 0) continue;
      changes.period.push(day);
      changes.delay.push(delay + 1);
      changes.change.push(change);
    }
  return knownTable(changes, triangle.firstDay - quietDaysBefore, triangle.lastDay + 1, longestDelay);
}

/**
 * Daily cases of every area as they were known at the end of `origin`, completed. `total`: their sum stands first.
 * @param totals what the nowcast says of all areas together: where it says something, the areas' days add up to it
 */
export function seenReports(
  triangle: ReportTriangle,
  origin: number,
  total: boolean,
  totals?: NowcastTotals,
  options = defaultCompletion,
): Seen {
  const areas = triangle.areas.length;
  const first = triangle.firstDay;
  const steps = origin - first + 1;
  const values = new Float64Array(areas * steps);
  const hazards = reportHazards(triangle, origin, options);
  const known = new Float64Array(areas);
  const expected = new Float64Array(areas);
  for (let t = 0; t < steps; t++) {
    const part = steps - 1 - t > longestDelay ? 1 : knownShare(hazards, first + t, origin);
    const profile = part < 0.98 ? weekdayProfile(values, steps, areas, t - 1) : undefined;
    let districtKnown = 0;
    let districtExpected = 0;
    for (let area = 0; area < areas; area++) {
      const row = area * steps;
      known[area] = knownReports(triangle, area, first + t, origin);
      // the mean of the week before, of days that are themselves completed
      let before = 0;
      const days = Math.min(7, t);
      for (let d = 1; d <= days; d++) before += values[row + t - d]!;
      expected[area] = days > 0 ? (before / days) * (profile?.[t % weekdays] ?? 1) : 0;
      districtKnown += known[area]!;
      districtExpected += expected[area]!;
    }
    // how full the district's day is tells more of a ward's day than the ward's few cases do
    const prior = Math.min(options.priorCases, districtExpected) + options.priorShare * districtExpected;
    const ratio = districtExpected > 0 ? (prior + districtKnown) / (prior + part * districtExpected) : 1;
    const said = totals?.get(origin)?.get(first + t);
    let added = 0;
    const rests = known.map((_reported, area) => {
      const rest =
        districtExpected > 0 ? (1 - part) * expected[area]! * ratio : ((1 - part) / Math.max(part, 0.1)) * known[area]!;
      added += rest;
      return rest;
    });
    // what is still to come is shared as before, and is as much as the nowcast says
    const scale = said !== undefined && added > 0 ? Math.max(0, said - districtKnown) / added : 1;
    for (let area = 0; area < areas; area++) values[area * steps + t] = known[area]! + scale * rests[area]!;
  }
  return { first, last: origin, values: total ? withTotal(values, areas, steps) : values };
}

function withTotal(values: Float64Array, areas: number, steps: number): Float64Array {
  const all = new Float64Array((areas + 1) * steps);
  all.set(values, steps);
  for (let area = 0; area < areas; area++) for (let t = 0; t < steps; t++) all[t]! += values[area * steps + t]!;
  return all;
}
