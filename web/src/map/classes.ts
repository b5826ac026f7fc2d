/** Cut points of the official levels: new cases per 100,000 people a week. A policy (QĐ 4800/QĐ-BYT of 2021), so data and not part of the drawing. */
export const incidenceBounds: readonly number[] = [20, 50, 150];

/** Class of a rate: 0 below the first bound, and so on; a bound belongs to the class above it. null: unknown. */
export function classOf(rate: number | null | undefined, bounds: readonly number[] = incidenceBounds): number | null {
  if (rate === null || rate === undefined || !Number.isFinite(rate)) return null;
  const above = bounds.findIndex((bound) => rate < bound);
  return above === -1 ? bounds.length : above;
}

/** Official levels are whole numbers, 1 to 4. */
export const levelBounds: readonly number[] = [2, 3, 4];

/** Cut points of the risk score, and of a probability: ours, for drawing. */
export const scoreBounds: readonly number[] = [20, 40, 60, 80];
export const shareBounds: readonly number[] = [0.1, 0.25, 0.5, 0.75];
