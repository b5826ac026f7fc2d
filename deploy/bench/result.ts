/** What each benchmark prints last, as one line of JSON. `reference` was measured in the same run. */
export interface BenchResult {
  bench: string;
  value: number;
  unit: string;
  reference: Record<string, number>;
  /** value / the reference that the aim speaks of. */
  ratio: number;
  /** The aim is reached. Says it; never fails the command. */
  ok: boolean;
  details?: Record<string, unknown>;
}

export const round = (value: number, digits = 1) => Number(value.toFixed(digits));

export function percentile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}
