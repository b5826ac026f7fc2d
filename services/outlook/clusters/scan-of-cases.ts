import { countAlarms, createRandom, scanForClusters, zonesAround } from '@vungxanh/ml';

export interface ScanQuestion {
  areaIds: string[];
  positions: [number, number][];
  /** days × areas, row by row, the last row the last day */
  cases: Int32Array;
  /** by area; 0: not known */
  people: number[];
  days: number;
  policy: { longestDays: number; radiusKm: number; areas: number; replications: number; seed: number; alpha: number };
}

export interface CaseCluster {
  centre: [number, number];
  areaIds: string[];
  radiusKm: number;
  /** days before the last day on which it begins */
  daysLong: number;
  observed: number;
  expected: number;
  relativeRisk: number;
  /** the chance of such a cluster on a day without any */
  p: number;
  rule: ClusterRule;
}

/** What found it: the scan of space and time, or the plain count of one area. */
export type ClusterRule = 'scan' | 'count';

/** From so many replications above it the Monte-Carlo p is taken; beyond them the tail of their distribution. */
const fewestAbove = 10;

/** Cylinders that end on the last day and hold more cases than areas and days by themselves explain; single areas that the plain rule finds stand before those of no note. */
export function clustersOfCases(question: ScanQuestion): CaseCluster[] {
  const scanned = question.cases.reduce((sum, count) => sum + count, 0) < fewestScanned ? [] : scanOfCases(question);
  const { alpha } = question.policy;
  const noted = scanned.filter(({ p }) => p <= alpha);
  const taken = new Set(noted.flatMap(({ areaIds }) => areaIds));
  const counted = countsOfCases(question).filter(({ p, areaIds }) => p <= alpha && !taken.has(areaIds[0]!));
  const found = [...noted, ...counted].sort((a, b) => a.p - b.p);
  for (const { areaIds } of counted) for (const id of areaIds) taken.add(id);
  return [...found, ...scanned.filter(({ p, areaIds }) => p > alpha && !areaIds.some((id) => taken.has(id)))];
}

/** Below this a scan says nothing: any two cases would be a cluster. */
export const fewestScanned = 10;

function scanOfCases({ areaIds, positions, cases, days, policy }: ScanQuestion): CaseCluster[] {
  return scanForClusters({
    cases,
    days,
    areas: areaIds.length,
    zones: zonesAround(positions, policy),
    longestDays: policy.longestDays,
    replications: policy.replications,
    random: createRandom(policy.seed),
  }).map((cluster) => ({
    centre: positions[cluster.centre]!,
    areaIds: cluster.areas.map((area) => areaIds[area]!),
    radiusKm: Number(cluster.radiusKm.toFixed(3)),
    daysLong: days - cluster.firstDay,
    observed: cluster.observed,
    expected: Number(cluster.expected.toFixed(2)),
    relativeRisk: Number(cluster.relativeRisk.toFixed(3)),
    p: cluster.p * (1 + policy.replications) > fewestAbove ? cluster.p : written(Math.min(cluster.p, cluster.tailP)),
    rule: 'scan',
  }));
}

function countsOfCases({ areaIds, positions, cases, people, days }: ScanQuestion): CaseCluster[] {
  return countAlarms(cases, days, people).map(({ area, daysLong, observed, expected, p }) => ({
    centre: positions[area]!,
    areaIds: [areaIds[area]!],
    radiusKm: 0,
    daysLong,
    observed,
    expected: Number(expected.toFixed(2)),
    relativeRisk: Number((observed / Math.max(expected, leastExpected)).toFixed(3)),
    p: written(p),
    rule: 'count',
  }));
}

/** A tail has no more digits than are believed of it. */
const written = (p: number): number => Number(Math.max(leastP, p).toFixed(4));
const leastP = 0.0001;
/** Where nobody was expected, a tenth of a case: a ratio has to be a number. */
const leastExpected = 0.1;
