/** Share of the cases of a day that is known after so many whole days, from 0 on; after the last one all are. */
export type CompletenessByAge = readonly number[];

/** Of so many cases, by the whole days after which each was known: the share known after each number of days. */
export function completenessOf(casesByDelay: readonly number[]): CompletenessByAge {
  const all = casesByDelay.reduce((sum, cases) => sum + cases, 0);
  let known = 0;
  return casesByDelay.map((cases) => {
    known += cases;
    return all === 0 ? 1 : known / all;
  });
}

/** Mean share of the cases of a window that is known now. `ages`: whole days since each day of the window. */
export const completenessOfWindow = (byAge: CompletenessByAge, ages: readonly number[]): number =>
  ages.reduce((sum, age) => sum + (byAge[age] ?? 1), 0) / ages.length;

/** Beyond so many expected the normal distribution does as well. */
const largestSummed = 200;
const normal975 = 1.959964;

/**
 * So many reports at most are still to come, with a probability of `level`: what is not reported yet of cases of which each is known with the
 * probability `share` is negative binomial (failures before `known` + `expected` successes).
 *
 * @param expected cases that the area would have at the rate of the whole, at most 1: what an area without a case is given
 */
export function mostToCome(known: number, share: number, expected: number, level = 0.975): number {
  if (share >= 1) return 0;
  const successes = known + Math.min(1, expected);
  if (successes <= 0) return 0;
  const mean = (successes * (1 - share)) / share;
  if (mean > largestSummed) return Math.round(mean + normal975 * Math.sqrt(mean / share));
  let probability = share ** successes;
  let sum = probability;
  let toCome = 0;
  while (sum < level && toCome < 10 * largestSummed) {
    probability *= ((successes + toCome) / (toCome + 1)) * (1 - share);
    toCome += 1;
    sum += probability;
  }
  return toCome;
}
