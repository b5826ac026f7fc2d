/** What is known of areas beside their cases. Every one of these is shown; it moves a score only where the district's own weeks say that it matters. */
export const contextNames = [
  'coverage',
  'coverage18',
  'density',
  'markets',
  'businesses',
  'sites',
  'beds',
  'quiet',
] as const;
export type ContextName = (typeof contextNames)[number];

export interface ContextSeries {
  name: ContextName;
  /** end (day number) of the week that the first row is of; one row: the same in every week */
  firstWeekEnd: number;
  /** by week, one value an area; NaN: not known */
  rows: Float64Array[];
}

/** The row that was valid in a week: the nearest one where the week lies outside. */
export function contextRow({ firstWeekEnd, rows }: ContextSeries, weekEnd: number): Float64Array {
  return rows[Math.max(0, Math.min(rows.length - 1, Math.round((weekEnd - firstWeekEnd) / 7)))]!;
}

/** Values as distances from the areas' mean in standard deviations; an unknown one counts as the mean, and all do when they do not differ. */
export function standardised(values: Float64Array): Float64Array {
  const { mean, deviation } = spreadOf(values);
  return values.map((value) => (Number.isNaN(value) || !(deviation > 0) ? 0 : (value - mean) / deviation));
}

export function spreadOf(values: Float64Array): { mean: number; deviation: number; known: number } {
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((a, b) => a + b, 0) / known.length;
  const deviation = Math.sqrt(known.reduce((a, b) => a + (b - mean) ** 2, 0) / known.length);
  return { mean, deviation: deviation > 1e-9 * Math.abs(mean) ? deviation : 0, known: known.length };
}
