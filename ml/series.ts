/** Panels: values of many areas on one common run of equally long periods, in typed arrays. */

/** Number of whole days from 1970-01-01 to an ISO date (a time of day after it is ignored). */
export function dayNumber(isoDate: string): number {
  const ms = Date.parse(`${isoDate.slice(0, 10)}T00:00:00Z`);
  if (!Number.isFinite(ms)) throw new RangeError(`date must be YYYY-MM-DD, got "${isoDate}"`);
  return Math.round(ms / 86_400_000);
}

/** ISO date of a day number. */
export function isoDate(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

// 1970-01-03 was a Saturday: week w ends on day 7 w + 2
/** Number of the week that ends on the Saturday of, or first after, this date. */
export function weekNumber(date: string): number {
  return Math.ceil((dayNumber(date) - 2) / 7);
}

/** The Saturday that ends a week, as an ISO date. */
export function weekEnd(week: number): string {
  return isoDate(7 * week + 2);
}

/** Fraction of the year (0..1) at the end of a week. */
export function yearFraction(week: number): number {
  const date = weekEnd(week);
  const year = Number(date.slice(0, 4));
  return (dayNumber(date) - dayNumber(`${year}-01-01`)) / 365.25;
}

/** Values of `areas.length` areas in periods `first .. first + length - 1`; NaN is "not reported". */
export interface Panel {
  readonly areas: readonly string[];
  readonly first: number;
  readonly length: number;
  /** row-major: area i, period p at `i * length + (p - first)` */
  readonly values: Float64Array;
}

/** A panel of the given shape, filled with NaN. */
export function emptyPanel(areas: readonly string[], first: number, length: number): Panel {
  return { areas, first, length, values: new Float64Array(areas.length * length).fill(Number.NaN) };
}

/** The value of area number `area` in `period`; NaN outside the panel. */
export function valueAt(panel: Panel, area: number, period: number): number {
  const p = period - panel.first;
  return p < 0 || p >= panel.length ? Number.NaN : panel.values[area * panel.length + p]!;
}

/** The same panel cut after `last` (inclusive). */
export function panelUntil(panel: Panel, last: number): Panel {
  const length = Math.max(0, Math.min(panel.length, last - panel.first + 1));
  const cut = emptyPanel(panel.areas, panel.first, length);
  for (let i = 0; i < panel.areas.length; i++) {
    cut.values.set(panel.values.subarray(i * panel.length, i * panel.length + length), i * length);
  }
  return cut;
}

/** Each value through `change` (NaN stays NaN). */
export function mapPanel(panel: Panel, change: (value: number) => number): Panel {
  return { ...panel, values: panel.values.map((v) => (Number.isNaN(v) ? v : change(v))) };
}

/** Last period in which the area has a value, or NaN when it has none. */
export function lastReported(panel: Panel, area: number): number {
  for (let p = panel.length - 1; p >= 0; p--) {
    if (!Number.isNaN(panel.values[area * panel.length + p]!)) return panel.first + p;
  }
  return Number.NaN;
}

/** Last period in which any area has a value; before the first period when none has. */
export function lastReportedOfAny(panel: Panel): number {
  for (let p = panel.length - 1; p >= 0; p--) {
    for (let i = 0; i < panel.areas.length; i++) {
      if (!Number.isNaN(panel.values[i * panel.length + p]!)) return panel.first + p;
    }
  }
  return panel.first - 1;
}
