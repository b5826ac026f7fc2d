import type { Random } from '../numerics/random.ts';
import type { ScanZones } from './cylinders.ts';

export interface ScanInput {
  /** cases, days × areas, row by row; the last row is the last day */
  cases: ArrayLike<number>;
  days: number;
  areas: number;
  zones: ScanZones;
  /**
   * expected shares, days × areas: the Poisson model (population, season …). Left out: the permutation model, which expects of every cell its area's share times
   * its day's share of the cases themselves, and so needs no population and forgives areas and days that always report more.
   */
  expectedShares?: ArrayLike<number>;
  /** windows of 1 … this many days up to the last day */
  longestDays: number;
  /** a cylinder may hold at most this share of all expected cases */
  largestShare?: number;
  replications: number;
  random: Random;
}

export interface Cluster {
  centre: number;
  areas: number[];
  radiusKm: number;
  /** index of the first day; the window ends on the last day */
  firstDay: number;
  observed: number;
  expected: number;
  relativeRisk: number;
  logLikelihoodRatio: number;
  /** Monte-Carlo: (1 + replications at least as extreme) / (1 + replications) */
  p: number;
  /** the same beyond the last replication, by the Gumbel distribution of their highest ratios (Abrams, Kleinman, Kulldorff 2010, Int J Health Geogr 9:61) */
  tailP: number;
}

interface Peak {
  value: number;
  centre: number;
  size: number;
  length: number;
}

/**
 * Prospective space-time scan (Kulldorff 2001, 2005): of all cylinders that end today, the one with the highest likelihood ratio against its expectation, and
 * further ones that share no area with it. Each p is against the highest ratio of data without clusters, so one day's alarms at p <= alpha are false with
 * probability alpha in all; looked at daily, expect one in 1/alpha days.
 */
export function scanForClusters(input: ScanInput, most = 5): Cluster[] {
  check(input);
  const { days, areas, random } = input;
  const total = sum(input.cases);
  if (total < 2) return [];
  const expected = expectedCounts(input, total);
  const window = (counts: ArrayLike<number>) => windowSums(counts, days, areas, input.longestDays);
  const expectedWindows = window(expected);
  const peaks = searchAll(input, window(input.cases), expectedWindows, total);
  const draw = sampler(input, expected, total);
  const extremes = new Float64Array(input.replications);
  for (let r = 0; r < input.replications; r++)
    extremes[r] = highest(input, window(draw(random)), expectedWindows, total);
  const clusters: Cluster[] = [];
  const taken = new Set<number>();
  for (const peak of peaks.sort((a, b) => b.value - a.value)) {
    const members = [...input.zones.members[peak.centre]!.subarray(0, peak.size)];
    if (members.some((area) => taken.has(area))) continue;
    for (const area of members) taken.add(area);
    clusters.push(describe(input, peak, members, total, expectedWindows, extremes));
    if (clusters.length === most) break;
  }
  return clusters;
}

function describe(
  input: ScanInput,
  peak: Peak,
  members: number[],
  total: number,
  expectedWindows: Float64Array[],
  extremes: Float64Array,
): Cluster {
  const observedWindow = windowSums(input.cases, input.days, input.areas, input.longestDays)[peak.length - 1]!;
  const observed = members.reduce((a, area) => a + observedWindow[area]!, 0);
  const expected = members.reduce((a, area) => a + expectedWindows[peak.length - 1]![area]!, 0);
  const asExtreme = extremes.reduce((a, value) => a + (value >= peak.value ? 1 : 0), 0);
  return {
    centre: peak.centre,
    areas: members,
    radiusKm: input.zones.distancesKm[peak.centre]![peak.size - 1]!,
    firstDay: input.days - peak.length,
    observed,
    expected,
    relativeRisk: observed / expected / ((total - observed) / (total - expected)),
    logLikelihoodRatio: peak.value,
    p: (1 + asExtreme) / (1 + extremes.length),
    tailP: gumbelTail(peak.value, extremes),
  };
}

const eulerMascheroni = 0.5772156649015329;

function gumbelTail(value: number, extremes: Float64Array): number {
  const mean = sum(extremes) / extremes.length;
  const variance = extremes.reduce((a, x) => a + (x - mean) ** 2, 0) / Math.max(1, extremes.length - 1);
  const scale = Math.max(1e-9, Math.sqrt(6 * variance) / Math.PI);
  return -Math.expm1(-Math.exp(-(value - (mean - eulerMascheroni * scale)) / scale));
}

/** the best cylinder of every centre */
function searchAll(input: ScanInput, cases: Float64Array[], expected: Float64Array[], total: number): Peak[] {
  const limit = (input.largestShare ?? 0.5) * total;
  return input.zones.members.flatMap((members, centre) => {
    let best: Peak = { value: 0, centre, size: 0, length: 0 };
    for (let length = 1; length <= input.longestDays; length++) {
      let observed = 0;
      let mean = 0;
      for (let size = 1; size <= members.length; size++) {
        observed += cases[length - 1]![members[size - 1]!]!;
        mean += expected[length - 1]![members[size - 1]!]!;
        if (mean > limit) break;
        const value = likelihoodRatio(observed, mean, total);
        if (value > best.value) best = { value, centre, size, length };
      }
    }
    return best.size > 0 ? [best] : [];
  });
}

function highest(input: ScanInput, cases: Float64Array[], expected: Float64Array[], total: number): number {
  return searchAll(input, cases, expected, total).reduce((a, peak) => Math.max(a, peak.value), 0);
}

/** log likelihood ratio of an excess of one case at least twice seen; 0 where there are no more cases than expected */
function likelihoodRatio(observed: number, expected: number, total: number): number {
  if (observed < 2 || observed <= expected || expected <= 0) return 0;
  const inside = observed * Math.log(observed / expected);
  const rest = total - observed;
  return rest > 0 ? inside + rest * Math.log(rest / (total - expected)) : inside;
}

/** sums by area over the last 1, 2, … `longest` days */
function windowSums(counts: ArrayLike<number>, days: number, areas: number, longest: number): Float64Array[] {
  const out: Float64Array[] = [];
  let before = new Float64Array(areas);
  for (let length = 1; length <= longest; length++) {
    const row = (days - length) * areas;
    before = before.map((value, area) => value + counts[row + area]!);
    out.push(before);
  }
  return out;
}

function expectedCounts(input: ScanInput, total: number): Float64Array {
  const { cases, days, areas, expectedShares } = input;
  if (expectedShares) {
    const shares = sum(expectedShares);
    return Float64Array.from({ length: days * areas }, (_, i) => (total * expectedShares[i]!) / shares);
  }
  const byDay = new Float64Array(days);
  const byArea = new Float64Array(areas);
  for (let i = 0; i < days * areas; i++) {
    byDay[Math.floor(i / areas)]! += cases[i]!;
    byArea[i % areas]! += cases[i]!;
  }
  return Float64Array.from(
    { length: days * areas },
    (_, i) => (byDay[Math.floor(i / areas)]! * byArea[i % areas]!) / total,
  );
}

/** data without clusters: dates dealt anew among the cases (permutation), or cases dealt anew among the cells (Poisson, total kept) */
function sampler(input: ScanInput, expected: Float64Array, total: number): (random: Random) => Float64Array {
  const { cases, days, areas } = input;
  const counts = new Float64Array(days * areas);
  if (input.expectedShares) {
    const cumulative = new Float64Array(expected.length);
    expected.reduce((a, value, i) => {
      cumulative[i] = a + value;
      return a + value;
    }, 0);
    return (random) => {
      counts.fill(0);
      for (let c = 0; c < total; c++) counts[firstAbove(cumulative, random.uniform() * cumulative.at(-1)!)]!++;
      return counts;
    };
  }
  const caseAreas: number[] = [];
  const caseDays: number[] = [];
  for (let i = 0; i < days * areas; i++)
    for (let c = 0; c < cases[i]!; c++) {
      caseAreas.push(i % areas);
      caseDays.push(Math.floor(i / areas));
    }
  return (random) => {
    for (let i = caseDays.length - 1; i > 0; i--) {
      const j = random.below(i + 1);
      const kept = caseDays[i]!;
      caseDays[i] = caseDays[j]!;
      caseDays[j] = kept;
    }
    counts.fill(0);
    for (let c = 0; c < caseDays.length; c++) counts[caseDays[c]! * areas + caseAreas[c]!]!++;
    return counts;
  };
}

function firstAbove(cumulative: Float64Array, value: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}

function check(input: ScanInput): void {
  const { days, areas, cases, longestDays } = input;
  if (cases.length !== days * areas)
    throw new RangeError(`cases must have days × areas = ${days * areas} values, got ${cases.length}`);
  if (!(longestDays >= 1 && longestDays <= days / 2))
    throw new RangeError(`longestDays must lie between 1 and half of days (${days / 2}), got ${longestDays}`);
  for (let i = 0; i < cases.length; i++)
    if (!Number.isInteger(cases[i]) || cases[i]! < 0)
      throw new RangeError(`cases[${i}] must be a whole number of 0 or more, got ${cases[i]}`);
}
