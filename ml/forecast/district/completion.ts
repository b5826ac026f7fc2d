/**
 * The last days, completed by the delays seen so far. The share of a day's cases that is known after d days is learned from the reports of the
 * last weeks, all areas together (reverse-time hazards, Lawless 1994); a day's number is then the gamma-Poisson posterior mean between what
 * is reported and what the days before lead to expect. Batches of a laboratory make it wrong for single days; the forecast looks at weeks.
 */
import { knownReports, longestDelay, type ReportTriangle, reportsAt } from './reports.ts';
import type { Seen } from './seen.ts';

export interface CompletionOptions {
  /** reports that came in the last so many days teach the delays */
  memoryDays: number;
  /** what is expected of a day weighs as so many of its cases, at most */
  priorCases: number;
}

export const defaultCompletion: CompletionOptions = { memoryDays: 21, priorCases: 6 };

/** Share of a day's final cases that is known after 0, 1, 2 … days, as learned at the end of `origin`. */
export function reportedShare(triangle: ReportTriangle, origin: number, options = defaultCompletion): Float64Array {
  const share = new Float64Array(longestDelay + 1).fill(1);
  for (let delay = longestDelay; delay >= 1; delay--) {
    let arrived = 0;
    let known = 0;
    // days whose report at this delay fell into the memory
    for (let day = origin - delay; day > origin - delay - options.memoryDays && day >= triangle.firstDay; day--) {
      for (let area = 0; area < triangle.areas.length; area++) {
        arrived += reportsAt(triangle, area, day, delay);
        known += knownReports(triangle, area, day, day + delay);
      }
    }
    const hazard = known > 0 ? Math.min(0.98, Math.max(0, arrived) / (known + 1)) : 0;
    share[delay - 1] = share[delay]! * (1 - hazard);
  }
  return share;
}

/** Daily cases of every area as they were known at the end of `origin`, completed. `total`: their sum stands first. */
export function seenReports(
  triangle: ReportTriangle,
  origin: number,
  total: boolean,
  options = defaultCompletion,
): Seen {
  const areas = triangle.areas.length;
  const offset = total ? 1 : 0;
  const first = triangle.firstDay;
  const steps = origin - first + 1;
  const values = new Float64Array((areas + offset) * steps);
  const share = reportedShare(triangle, origin, options);
  const known = new Float64Array(areas);
  const expected = new Float64Array(areas);
  for (let t = 0; t < steps; t++) {
    const part = share[Math.min(longestDelay, steps - 1 - t)]!;
    let districtKnown = 0;
    let districtExpected = 0;
    for (let area = 0; area < areas; area++) {
      const row = (area + offset) * steps;
      known[area] = knownReports(triangle, area, first + t, origin);
      // the mean of the week before, of days that are themselves completed
      let before = 0;
      const days = Math.min(7, t);
      for (let d = 1; d <= days; d++) before += values[row + t - d]!;
      expected[area] = days > 0 ? before / days : 0;
      districtKnown += known[area]!;
      districtExpected += expected[area]!;
    }
    // How full the district's day is tells more of a ward's day than the ward's few cases do.
    const prior = Math.min(options.priorCases * Math.max(1, areas / 2), Math.max(1, districtExpected));
    const ratio =
      districtExpected > 0 ? (prior + districtKnown) / (prior + part * districtExpected) : part > 0 ? 1 / part : 1;
    for (let area = 0; area < areas; area++) {
      const row = (area + offset) * steps;
      const missing = 1 - part;
      // reported as it is, and of what has not been reported yet the expected share
      const rest = districtExpected > 0 ? missing * expected[area]! * ratio : (missing / Math.max(part, 0.1)) * known[area]!;
      const full = known[area]! + rest;
      values[row + t] = full;
      if (total) values[t]! += full;
    }
  }
  return { first, last: origin, values };
}
