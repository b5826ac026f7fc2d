/**
 * How many cases a period has in the end, from what is reported of it: a grid of possible counts, each weighed by what earlier periods lead to expect and by
 * how likely it is that so few (or so many) of them are reported by now. How fully reports came at earlier moments is kept as they came, moment by moment:
 * a laboratory that holds back for days is one of those moments, not the tail of a bell.
 */

/** What is expected of a period before its own reports are looked at. */
export interface Expectation {
  /** cases */
  mean: number;
  /** of log(count / mean), the noise of counting included */
  variance: number;
}

/** How reports came at an earlier moment with the same lag: 1 as usual, 0 nothing came, weighed. */
export interface Arrival {
  /** exponent on the share that is still missing: reported share = 1 - (1 - usual share) ^ pace */
  pace: number;
  weight: number;
}

/** Possible final counts, ascending, with the chance that the final count is not above. */
export interface CountPosterior {
  readonly counts: Float64Array;
  readonly cumulative: Float64Array;
  /** the arrivals that were given, weighed by how well they explain what is reported */
  readonly arrivals: readonly Arrival[];
}

const gridPoints = 120;
/** Moments unlike all before: nothing, or anything up to everything, is reported. */
const strangerPaces = [0, 0.1, 0.3, 0.6, 1.5, 2.5, 5, 12];

/** @param reported cases known now; @param share of the final count that is usually known by now, 0 to 1; @param strangerMoments moments unlike all before weigh as so many */
export function countPosterior(
  reported: number,
  share: number,
  expectation: Expectation,
  arrivals: readonly Arrival[],
  strangerMoments: number,
): CountPosterior {
  const floor = Math.max(0, reported);
  const mean = Math.max(expectation.mean, 0.3);
  const deviation = Math.sqrt(expectation.variance);
  const top = Math.max(
    mean * Math.exp(4.5 * deviation),
    (floor + 2 * Math.sqrt(floor + 1) + 2) / Math.max(share, 0.05) / (share > 0.5 ? 0.8 : 0.6),
  );
  const whole = Math.ceil(top) - floor <= gridPoints;
  const points = whole ? Math.max(2, Math.ceil(top) - floor + 1) : gridPoints;
  const counts = Float64Array.from({ length: points }, (_, i) =>
    whole ? floor + i : floor + (top - floor) * (i / (points - 1)) ** 2,
  );
  const known = missingShares(share, arrivals, strangerMoments);
  const weight = new Float64Array(points);
  const explained = new Float64Array(known.length);
  let all = 0;
  for (let i = 0; i < points; i++) {
    const count = counts[i]!;
    const z = (Math.log(count + 0.5) - Math.log(mean + 0.5)) / deviation;
    // a wide tail: a wave may turn between two days
    const prior = (1 + (z * z) / 12) ** -6.5 / (count + 0.5);
    const width = whole ? 1 : (counts[Math.min(points - 1, i + 1)]! - counts[Math.max(0, i - 1)]!) / 2;
    let likelihood = 0;
    for (let j = 0; j < known.length; j++) {
      const own = known[j]!.weight * binomialNear(floor, count, known[j]!.part);
      likelihood += own;
      explained[j]! += own * prior * width;
    }
    weight[i] = prior * likelihood * width;
    all += weight[i]!;
  }
  const cumulative = new Float64Array(points);
  let reached = 0;
  for (let i = 0; i < points; i++) {
    reached += all > 0 ? weight[i]! / all : 1 / points;
    cumulative[i] = reached;
  }
  const given = known.reduce((a, one) => a + one.weight, 0);
  return {
    counts,
    cumulative,
    arrivals: known.map(({ pace }, j) => ({
      pace,
      weight: all > 0 ? (explained[j]! / all) * given : known[j]!.weight,
    })),
  };
}

function missingShares(
  share: number,
  arrivals: readonly Arrival[],
  strangerMoments: number,
): (Arrival & { part: number })[] {
  const missing = Math.log(Math.max(1e-4, 1 - Math.min(1, Math.max(0, share))));
  const total = arrivals.reduce((a, { weight }) => a + weight, 0);
  const partOf = (pace: number) => 1 - Math.exp(pace * missing);
  return [
    ...arrivals.map(({ pace, weight }) => ({ pace, part: partOf(pace), weight })),
    ...strangerPaces.map((pace) => ({
      pace,
      part: partOf(pace),
      weight: (strangerMoments + (total > 0 ? 0 : 1)) / strangerPaces.length,
    })),
  ];
}

/** Density of `reported` of `count` cases when each is reported with the chance `part`; normal, a little wider than binomial. */
function binomialNear(reported: number, count: number, part: number): number {
  const variance = count * part * (1 - part) + (0.12 * part * (1 - part) * count) ** 2 + 0.1;
  const off = reported - part * count;
  return Math.exp((-off * off) / (2 * variance)) / Math.sqrt(variance);
}

/** The count that the final one exceeds with the chance 1 - level, between the grid's points. */
export function quantileOf({ counts, cumulative }: CountPosterior, level: number): number {
  let low = 0;
  let high = counts.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle]! >= level) high = middle;
    else low = middle + 1;
  }
  const before = low > 0 ? cumulative[low - 1]! : 0;
  const lower = low > 0 ? (counts[low - 1]! + counts[low]!) / 2 : counts[0]!;
  const upper = low < counts.length - 1 ? (counts[low]! + counts[low + 1]!) / 2 : counts[low]!;
  const within = cumulative[low]! - before;
  return lower + (upper - lower) * (within > 0 ? Math.min(1, Math.max(0, (level - before) / within)) : 1);
}

/** Chance (0 to 1) that the final count is below `count`: what `quantileOf` undoes. */
export function levelOfCount(posterior: CountPosterior, count: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 24; step++) {
    const middle = (low + high) / 2;
    if (quantileOf(posterior, middle) < count) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Mean and variance of the log of the final count. */
export function logMoments({ counts, cumulative }: CountPosterior): { mean: number; variance: number } {
  let [mean, square] = [0, 0];
  for (let i = 0; i < counts.length; i++) {
    const weight = cumulative[i]! - (i > 0 ? cumulative[i - 1]! : 0);
    const log = Math.log(counts[i]! + 0.5);
    mean += weight * log;
    square += weight * log * log;
  }
  return { mean, variance: Math.max(1e-6, square - mean * mean) };
}

export function meanOf({ counts, cumulative }: CountPosterior): number {
  return counts.reduce((sum, count, i) => sum + count * (cumulative[i]! - (i > 0 ? cumulative[i - 1]! : 0)), 0);
}
