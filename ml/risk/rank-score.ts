/** Ranked probability score of band probabilities (0 best, 1 worst): mean over cuts of (P(band <= k) - 1[truth <= k])². `band` counts from 1. */
export function rankedProbabilityScore(probabilities: ArrayLike<number>, band: number): number {
  let score = 0;
  let cumulative = 0;
  const cuts = probabilities.length - 1;
  for (let k = 0; k < cuts; k++) {
    cumulative += probabilities[k]!;
    score += (cumulative - (band <= k + 1 ? 1 : 0)) ** 2;
  }
  return score / cuts;
}
