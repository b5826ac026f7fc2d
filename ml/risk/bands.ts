/**
 * Incidence bands: cases per 100,000 a week, cut at policy points. Band 1 lies below the first cut, a rate equal to a cut is in
 * the band above it. The cut points are a policy and always an argument.
 */
export function bandOf(ratePer100k: number, cuts: readonly number[]): number {
  let band = 1;
  for (const cut of cuts) if (ratePer100k >= cut) band++;
  return band;
}

/**
 * Each cut as a log rate between two whole numbers of cases: log((k - 1/2 + 1/2) / unit) with k the fewest cases that reach it,
 * so that an area of 3,000 people, where one case is 33 per 100,000, gets exact probabilities.
 */
export function logEdges(population: number, cuts: readonly number[]): Float64Array {
  const unit = population / 1e5;
  return Float64Array.from(cuts, (cut) => Math.log(Math.max(1, Math.ceil(cut * unit - 1e-9)) / unit));
}

/** Standard normal distribution function, absolute error below 1e-7 (rational approximation 26.2.17 of Abramowitz and Stegun). */
export function normalCdf(z: number): number {
  const x = Math.abs(z);
  const t = 1 / (1 + 0.2316419 * x);
  const tail =
    Math.exp(-0.5 * x * x) *
    0.3989422804014327 *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z >= 0 ? 1 - tail : tail;
}

/** Logistic distribution of mean 0 and variance 1: heavier tails than the normal, and cheap. */
export function logisticCdf(z: number): number {
  return 1 / (1 + Math.exp(-1.8137993642342178 * z));
}
