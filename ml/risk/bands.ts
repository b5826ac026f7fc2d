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
