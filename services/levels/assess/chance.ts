import type { LevelPolicy } from '../policies/policy.ts';
import { assess } from './assess.ts';
import type { LevelFacts } from './facts.ts';

/** How likely each band of criterion 1 is in a coming week, as the risk model said. */
export interface ForecastBands {
  /** Weeks ahead. */
  weeks: number;
  targetDate: string;
  /** Cases for 100,000 people a week between the bands. */
  cuts: readonly number[];
  /** One for each band, adding up to 1. */
  bands: readonly number[];
}

/** How likely the level is another one in a coming week, when all but the cases stays as it is. Shares of 1. */
export interface ChanceOfLevels {
  weeks: number;
  targetDate: string;
  /** One for each level, 1 to 4. */
  levels: [number, number, number, number];
  higher: number;
  lower: number;
}

/**
 * Chances of the levels from a forecast of the bands. Undefined: the policy has other bands than the forecast, looks at more than cases, or nothing
 * is known now with which to compare.
 */
export function chanceOfLevels(
  policy: LevelPolicy,
  facts: LevelFacts,
  forecast: ForecastBands,
): ChanceOfLevels | undefined {
  if (policy.kind !== 'matrix' || policy.transmission.length !== 1 || !facts.people) return undefined;
  const cuts = policy.transmission[0]!.cuts.map(({ at }) => at);
  if (cuts.length !== forecast.cuts.length || cuts.some((at, index) => at !== forecast.cuts[index])) return undefined;
  const level = assess(policy, facts).level.low;
  const levels: ChanceOfLevels['levels'] = [0, 0, 0, 0];
  forecast.bands.forEach((share, band) => {
    // Any count of the band does: the matrix asks for the band alone. In the lowest one it is one case where the band has room for it: the floor asks whether there is any.
    const casesAt = (rate: number) => Math.ceil((rate * facts.people!) / 100_000);
    const cases = band === 0 ? Math.min(1, casesAt(forecast.cuts[0]!) - 1) : casesAt(forecast.cuts[band - 1]!);
    const count = { known: cases, high: cases };
    const then = assess(policy, { ...facts, community: count, all: count, reasons: [] }).level.low;
    levels[then - 1]! += share;
  });
  const sum = (shares: readonly number[]) => shares.reduce((all, share) => all + share, 0);
  const { weeks, targetDate } = forecast;
  return { weeks, targetDate, levels, higher: sum(levels.slice(level)), lower: sum(levels.slice(0, level - 1)) };
}
