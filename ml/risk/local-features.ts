import type { KnownWeeks } from './known-weeks.ts';

/** What one area differs by from the city, all in log rate; each belongs to a driver that can be named to a reader. */
export const localFeatures = [
  { name: 'neighbours minus own', driver: 'neighbours' },
  { name: 'city minus own', driver: 'usual' },
  { name: 'usual offset of 4 weeks minus own', driver: 'usual' },
  { name: 'own growth of 2 weeks', driver: 'growth' },
  { name: "neighbours' growth of 2 weeks", driver: 'neighbours' },
  { name: 'newly reported, own', driver: 'reports' },
  { name: 'newly reported, neighbours', driver: 'reports' },
  { name: 'neighbours minus own, small area', driver: 'neighbours' },
  { name: 'city minus own, small area', driver: 'usual' },
  { name: 'usual offset minus own, small area', driver: 'usual' },
  { name: 'newly reported, small area', driver: 'reports' },
  { name: "neighbours' neighbours minus own", driver: 'neighbours' },
  { name: "neighbours' neighbours' growth", driver: 'neighbours' },
  { name: "newly reported, neighbours' neighbours", driver: 'reports' },
  { name: 'own growth of 1 week', driver: 'growth' },
  { name: "neighbours' growth of 1 week", driver: 'neighbours' },
  { name: 'usual offset of 10 weeks minus own', driver: 'usual' },
  { name: 'usual offset of 10 weeks minus own, small area', driver: 'usual' },
] as const;

export type DriverGroup = (typeof localFeatures)[number]['driver'];
export const featureCount = localFeatures.length;

export interface LocalFeatures {
  /** areas × featureCount, row by row */
  values: Float64Array;
  /** how much an area's history may teach: grows with its cases, levels off */
  weights: Float64Array;
}

const shortWeeks = 4;
const longWeeks = 10;
const smallAreaCases = 10;
const steadyCases = 8;

/**
 * @param reports cases newly reported by area around that week; undefined: their features are 0
 * @returns undefined unless the four weeks up to `weekEnd` are all known
 */
export function featuresAt(
  known: KnownWeeks,
  weekEnd: number,
  neighbours: readonly Int32Array[],
  units: Float64Array,
  reports: { byArea: Float64Array; city: number } | undefined,
): LocalFeatures | undefined {
  const weeks: Float64Array[] = [];
  for (let back = 0; back < longWeeks && known.city.has(weekEnd - 7 * back); back++)
    weeks.push(known.areas(weekEnd - 7 * back));
  if (weeks.length < shortWeeks) return undefined;
  const n = units.length;
  const means = weeks.map(mean);
  const now = weeks[0]!;
  const nearMean = (values: Float64Array, alone: number) => neighbourMeans(values, neighbours, alone);
  const growth = (back: number) => now.map((x, i) => x - weeks[back]![i]! - (means[0]! - means[back]!));
  const usual = (count: number) =>
    now.map((x, i) => {
      let sum = 0;
      for (let j = 0; j < count; j++) sum += weeks[j]![i]! - means[j]!;
      return sum / count + means[0]! - x;
    });
  const two = growth(2);
  const one = growth(1);
  const near = nearMean(now, means[0]!);
  const nearTwo = nearMean(two, 0);
  const far = nearMean(near, means[0]!);
  const farTwo = nearMean(nearMean(nearTwo, 0), 0);
  const nearOne = nearMean(one, 0);
  const fresh = reports && reports.city > 50 ? freshness(now, units, reports) : new Float64Array(n);
  const nearFresh = nearMean(fresh, 0);
  const farFresh = nearMean(nearMean(nearFresh, 0), 0);
  const short = usual(shortWeeks);
  const long = usual(weeks.length);
  const values = new Float64Array(n * featureCount);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const cases = Math.exp(now[i]!) * units[i]! + 1;
    const small = 1 / (1 + cases / smallAreaCases);
    const nearer = near[i]! - now[i]!;
    const city = means[0]! - now[i]!;
    values.set(
      [
        nearer,
        city,
        short[i]!,
        two[i]!,
        nearTwo[i]!,
        fresh[i]!,
        nearFresh[i]!,
        small * nearer,
        small * city,
        small * short[i]!,
        small * fresh[i]!,
        far[i]! - now[i]!,
        farTwo[i]!,
        farFresh[i]!,
        one[i]!,
        nearOne[i]!,
        long[i]!,
        small * long[i]!,
      ],
      i * featureCount,
    );
    weights[i] = 0.1 / (0.05 + 1 / cases);
  }
  return { values, weights };
}

/** log of newly reported cases over those expected from the week's own count and the city's ratio; steadied for small counts */
function freshness(
  logRates: Float64Array,
  units: Float64Array,
  reports: { byArea: Float64Array; city: number },
): Float64Array {
  const cases = logRates.map((x, i) => Math.max(0, Math.exp(x) * units[i]! - 0.5));
  const ratio =
    reports.city /
    Math.max(
      1,
      cases.reduce((a, b) => a + b, 0),
    );
  return cases.map((count, i) => Math.log((reports.byArea[i]! + steadyCases) / (ratio * count + steadyCases)));
}

function neighbourMeans(values: Float64Array, neighbours: readonly Int32Array[], alone: number): Float64Array {
  return values.map((_, i) => {
    const near = neighbours[i]!;
    if (near.length === 0) return alone;
    let sum = 0;
    for (const j of near) sum += values[j]!;
    return sum / near.length;
  });
}

export function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
