import { type AreaObservations, bandProbabilities, expectedLogRates, type RiskModel } from './risk-model.ts';

/** Horizons (weeks) that the risk score looks at. */
export const scoredHorizons = [1, 2] as const;

export interface RiskScores {
  /** per horizon of the model, areas × (cuts + 1) */
  probabilities: Float64Array[];
  /**
   * 0-100: the expected number of cut points that the weekly rate will have reached in the next two weeks, as a share of all cut points. 0: certain to stay in
   * the lowest band; 100: certain to be in the highest; with three cuts, 67 is what a sure band 3 scores.
   */
  scores: Float64Array;
}

/** @param edges areas × cuts from `logEdges`, in the areas' order */
export function scoreAreas(model: RiskModel, areas: AreaObservations, edges: Float64Array, cuts: number): RiskScores {
  const probabilities = model.horizons.map((lead) =>
    bandProbabilities(model, lead, expectedLogRates(lead, areas), areas, edges, cuts),
  );
  return { probabilities, scores: riskScores(probabilities.slice(0, scoredHorizons.length), cuts) };
}

/** Expected share of cuts reached, in percent, averaged over the given horizons. */
export function riskScores(probabilities: readonly Float64Array[], cuts: number): Float64Array {
  const bands = cuts + 1;
  const scores = new Float64Array(probabilities[0]!.length / bands);
  for (const p of probabilities)
    for (let i = 0; i < scores.length; i++) {
      let reached = 0;
      for (let k = 1; k < bands; k++) reached += k * p[i * bands + k]!;
      scores[i]! += (100 * reached) / (cuts * probabilities.length);
    }
  return scores;
}

export interface LevelChange {
  rise: number;
  fall: number;
  /** rise + fall */
  change: number;
}

/**
 * Probability that the band differs from the present one.
 * @param probabilities the bands of one area at one horizon; sums to 1
 * @param present the area's band now, from 1
 */
export function levelChange(probabilities: ArrayLike<number>, present: number): LevelChange {
  if (!Number.isInteger(present) || present < 1 || present > probabilities.length)
    throw new RangeError(`present band must be 1..${probabilities.length}, got ${present}`);
  let rise = 0;
  let fall = 0;
  for (let k = 0; k < probabilities.length; k++) {
    if (k > present - 1) rise += probabilities[k]!;
    if (k < present - 1) fall += probabilities[k]!;
  }
  return { rise, fall, change: rise + fall };
}
