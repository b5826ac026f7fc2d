/** Panels: values of many areas on one common run of equally long periods, in typed arrays. */

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
