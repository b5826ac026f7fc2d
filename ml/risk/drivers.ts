import type { ContextName } from './area-context.ts';
import { featureCount, localFeatures, mean } from './local-features.ts';
import {
  type AreaObservations,
  bandProbabilities,
  expectedLogRates,
  type LeadModel,
  type RiskModel,
} from './risk-model.ts';
import { riskScores, scoredHorizons } from './risk-score.ts';

/** What can move an area's score. Each is taken out of the model exactly, one at a time, and the score computed again. */
export const drivers = ['level', 'trend', 'neighbours', 'usual', 'growth', 'reports'] as const;
export type LearnedDriver = (typeof drivers)[number];
/** a context is a driver only where its coefficient is not 0 */
export type Driver = LearnedDriver | ContextName;

export interface DriverEffects {
  /** the six of `drivers`, then each context that moves the score */
  names: Driver[];
  /** areas × names: score with the driver minus score without it, in points of 100 */
  effects: Float64Array;
  /** areas × names: what the driver adds to the expected log rate, mean of the scored weeks; it goes on where the score has reached its end */
  shifts: Float64Array;
  /** areas × 3: index in `names` of the largest shifts by size, largest first; the order is that of the effects wherever the score is not at its end */
  largest: Uint8Array;
}

const shown = 3;

/**
 * Exact ablation. Without `level` the area has the mean log rate of all areas; without `trend` the city stays where it is; without any other, the
 * features that belong to it are 0, which is what they are in an area like the rest of the city.
 */
export function driverEffects(
  model: RiskModel,
  areas: AreaObservations,
  edges: Float64Array,
  cuts: number,
): DriverEffects {
  const n = areas.logRates.length;
  const horizons = model.horizons.slice(0, scoredHorizons.length);
  const expected = horizons.map((lead) => expectedLogRates(lead, areas));
  const scoreOf = (means: Float64Array[]) =>
    riskScores(
      means.map((mean, h) => bandProbabilities(model, horizons[h]!, mean, areas, edges, cuts)),
      cuts,
    );
  const full = scoreOf(expected);
  const middle = mean(areas.logRates);
  const names: Driver[] = [...drivers, ...movingContexts(model, areas)];
  const effects = new Float64Array(n * names.length);
  const shifts = new Float64Array(n * names.length);
  names.forEach((driver, d) => {
    const without = scoreOf(
      horizons.map((lead, h) => expected[h]!.map((x, i) => x - contribution(driver, lead, areas, i, middle))),
    );
    for (let i = 0; i < n; i++) {
      effects[i * names.length + d] = full[i]! - without[i]!;
      for (const lead of horizons)
        shifts[i * names.length + d]! += contribution(driver, lead, areas, i, middle) / horizons.length;
    }
  });
  return { names, effects, shifts, largest: largestShifts(shifts, names.length, n) };
}

/** what one driver adds to the expected log rate; the expected log rate is linear in all of them */
function contribution(driver: Driver, lead: LeadModel, areas: AreaObservations, area: number, middle: number): number {
  if (driver === 'level') return areas.logRates[area]! - middle;
  if (driver === 'trend') return lead.cityChange;
  const context = areas.context?.findIndex(({ name }) => name === driver) ?? -1;
  if (context >= 0) return (lead.contextCoefficients?.[context] ?? 0) * areas.context![context]!.values[area]!;
  let sum = 0;
  for (const f of featuresOf[driver as keyof typeof featuresOf])
    sum += lead.coefficients[f]! * areas.features[area * featureCount + f]!;
  return sum;
}

const featuresOf = {
  neighbours: indices('neighbours'),
  usual: indices('usual'),
  growth: indices('growth'),
  reports: indices('reports'),
};

function indices(driver: Driver): number[] {
  return localFeatures.flatMap((feature, f) => (feature.driver === driver ? [f] : []));
}

function movingContexts(model: RiskModel, areas: AreaObservations): ContextName[] {
  return (areas.context ?? []).flatMap(({ name }, k) =>
    model.horizons.some((lead) => (lead.contextCoefficients?.[k] ?? 0) !== 0) ? [name] : [],
  );
}

function largestShifts(shifts: Float64Array, count: number, areas: number): Uint8Array {
  const out = new Uint8Array(areas * shown);
  for (let i = 0; i < areas; i++) {
    const row = shifts.subarray(i * count, (i + 1) * count);
    const order = Array.from(row, (_, d) => d).sort((a, b) => Math.abs(row[b]!) - Math.abs(row[a]!));
    out.set(order.slice(0, shown), i * shown);
  }
  return out;
}

/** the drivers of one area, largest first */
export function largestDrivers(
  { names, effects, shifts, largest }: DriverEffects,
  area: number,
): { driver: Driver; points: number; shift: number }[] {
  return Array.from(largest.subarray(area * shown, (area + 1) * shown), (d) => ({
    driver: names[d]!,
    points: effects[area * names.length + d]!,
    shift: shifts[area * names.length + d]!,
  }));
}
