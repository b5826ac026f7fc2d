import { logisticCdf, normalCdf } from '../numerics/distributions.ts';
import type { ContextName } from './area-context.ts';
import { featureCount } from './local-features.ts';
import { steepen } from './recalibration.ts';

/** Everything needed to forecast at one lead; plain numbers, so a model can be stored, versioned and rolled back. */
export interface LeadModel {
  /** expected log change of the whole city since the base week, including what is still to be reported of it */
  cityChange: number;
  /** one coefficient a local feature */
  coefficients: Float64Array;
  /** one coefficient a context of the areas (`AreaObservations.context`); left out or 0: it moves nothing */
  contextCoefficients?: Float64Array;
  /** variance of the error that all areas share */
  cityVariance: number;
  /** variance of an area's own wandering, and its coefficient of count noise */
  areaVariance: number;
  countNoise: number;
  /** recalibration: 1 leaves the probabilities as they are */
  steepness: number;
}

export interface RiskModel {
  /** one a horizon: 1, 2, 3, 4 weeks after the origin */
  horizons: LeadModel[];
  /** share of the heavy-tailed (logistic) distribution against the normal */
  heavyShare: number;
}

/** The present of every area: what a score needs, and nothing else. */
export interface AreaObservations {
  /** log((cases + 0.5) / unit) of the base week */
  logRates: Float64Array;
  /** people / 100,000 */
  units: Float64Array;
  /** areas × featureCount */
  features: Float64Array;
  /** what is known of the areas beside their cases, in standard deviations: one column of areas each */
  context?: readonly { name: ContextName; values: Float64Array }[];
}

/** Noise of a small count: 1 / (cases + 0.5), levelled off so that no cases at all does not mean endless variance. */
export function countNoiseOf(logRate: number, unit: number): number {
  const z = 1 / (Math.exp(logRate) * unit + 0.5);
  return z / (1 + z);
}

/** Expected log rate of every area at one horizon. */
export function expectedLogRates(lead: LeadModel, areas: AreaObservations): Float64Array {
  const { features } = areas;
  const { coefficients, cityChange } = lead;
  return areas.logRates.map((x, i) => {
    let sum = x + cityChange;
    const row = i * featureCount;
    for (let f = 0; f < featureCount; f++) sum += coefficients[f]! * features[row + f]!;
    areas.context?.forEach(({ values }, k) => {
      sum += (lead.contextCoefficients?.[k] ?? 0) * values[i]!;
    });
    return sum;
  });
}

/**
 * Probabilities of every band for every area at one horizon.
 * @param edges areas × cuts, from `logEdges`
 * @param steepness overrides the model's, to see the uncorrected probabilities (1)
 * @returns areas × (cuts + 1); each row sums to 1
 */
export function bandProbabilities(
  model: RiskModel,
  lead: LeadModel,
  expected: Float64Array,
  areas: AreaObservations,
  edges: Float64Array,
  cuts: number,
  steepness = lead.steepness,
): Float64Array {
  const bands = cuts + 1;
  const out = new Float64Array(expected.length * bands);
  for (let i = 0; i < expected.length; i++) {
    const noise = lead.countNoise * countNoiseOf(areas.logRates[i]!, areas.units[i]!);
    const deviation = Math.sqrt(lead.cityVariance + lead.areaVariance + noise);
    let before = 0;
    for (let c = 0; c < cuts; c++) {
      const z = (edges[i * cuts + c]! - expected[i]!) / deviation;
      let below = model.heavyShare * logisticCdf(z) + (1 - model.heavyShare) * normalCdf(z);
      if (steepness !== 1) below = steepen(below, steepness);
      below = Math.max(before, below);
      out[i * bands + c] = below - before;
      before = below;
    }
    out[i * bands + cuts] = 1 - before;
  }
  return out;
}
