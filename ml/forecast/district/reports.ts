/** A line list as counts by area, day and delay of the report: what was known at any earlier day can be read from it. */

/** So many cases more (or fewer) of a day, learned `delay` days after it. Arrays of one length. */
export interface ReportChanges {
  readonly areas: readonly string[];
  /** index into areas; below 0: left out */
  readonly area: ArrayLike<number>;
  /** day of the case, days since 1970-01-01 */
  readonly day: ArrayLike<number>;
  /** whole days until it was learned; below 0 counts as 0 */
  readonly delay: ArrayLike<number>;
  readonly change: ArrayLike<number>;
}

/** Later changes are put together at this delay: corrections of old cases, rare. */
export const longestDelay = 35;
const delays = longestDelay + 1;

export interface ReportTriangle {
  readonly areas: readonly string[];
  readonly firstDay: number;
  readonly lastDay: number;
  /** areas × days × delays */
  readonly counts: Float32Array;
}

/** @param lastDay the last day that counts, with what is known at its end */
export function reportTriangle(changes: ReportChanges, firstDay: number, lastDay: number): ReportTriangle {
  const days = Math.max(0, lastDay - firstDay + 1);
  const counts = new Float32Array(changes.areas.length * days * delays);
  for (let n = 0; n < changes.day.length; n++) {
    const area = changes.area[n]!;
    const day = changes.day[n]! - firstDay;
    const delay = Math.max(0, changes.delay[n]!);
    if (area < 0 || day < 0 || day >= days || day + delay >= days) continue;
    counts[(area * days + day) * delays + Math.min(delay, longestDelay)]! += changes.change[n]!;
  }
  return { areas: changes.areas, firstDay, lastDay, counts };
}

/** Cases of a day by the delay of their report, up to what was known at the end of `origin`. */
export function knownReports(triangle: ReportTriangle, area: number, day: number, origin: number): number {
  const days = triangle.lastDay - triangle.firstDay + 1;
  const base = (area * days + day - triangle.firstDay) * delays;
  let sum = 0;
  for (let delay = 0; delay <= Math.min(longestDelay, origin - day); delay++) sum += triangle.counts[base + delay]!;
  return sum;
}

/** Cases of a day learned with exactly this delay. */
export function reportsAt(triangle: ReportTriangle, area: number, day: number, delay: number): number {
  const days = triangle.lastDay - triangle.firstDay + 1;
  return triangle.counts[(area * days + day - triangle.firstDay) * delays + delay]!;
}
