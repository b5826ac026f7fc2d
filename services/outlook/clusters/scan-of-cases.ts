import { createRandom, scanForClusters, zonesAround } from '@vungxanh/ml';

export interface ScanQuestion {
  areaIds: string[];
  positions: [number, number][];
  /** days × areas, row by row, the last row the last day */
  cases: Int32Array;
  days: number;
  policy: { longestDays: number; radiusKm: number; areas: number; replications: number; seed: number };
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
  p: number;
}

/** Cylinders that end on the last day and hold more cases than areas and days by themselves explain. */
export function scanOfCases({ areaIds, positions, cases, days, policy }: ScanQuestion): CaseCluster[] {
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
    p: cluster.p,
  }));
}
