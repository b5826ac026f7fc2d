import type { Cluster } from './space-time-scan.ts';

/** A cluster that was told to somebody. Area ids, not indices: areas may be renumbered between days. */
export interface ClusterAlert {
  raisedDay: number;
  areaIds: string[];
  observed: number;
  p: number;
}

export interface AlertPolicy {
  /** highest p that alarms */
  alpha: number;
  quietDays: number;
  /** within the quiet days it is raised again only if cases or areas have grown by this factor */
  growthFactor: number;
}

export const alertDefaults: AlertPolicy = { alpha: 0.01, quietDays: 7, growthFactor: 1.5 };

/** Which of today's clusters are to be raised: those at p <= alpha that share no area with an alert of the last `quietDays` days, or have grown. */
export function alertsToRaise(
  today: number,
  clusters: readonly Cluster[],
  areaIds: readonly string[],
  earlier: readonly ClusterAlert[],
  policy: AlertPolicy = alertDefaults,
): ClusterAlert[] {
  const recent = earlier.filter((alert) => today - alert.raisedDay < policy.quietDays);
  return clusters
    .filter((cluster) => cluster.p <= policy.alpha)
    .map((cluster) => ({
      raisedDay: today,
      areaIds: cluster.areas.map((area) => areaIds[area]!),
      observed: cluster.observed,
      p: cluster.p,
    }))
    .filter((alert) =>
      recent
        .filter((old) => old.areaIds.some((id) => alert.areaIds.includes(id)))
        .every((old) => hasGrown(alert, old, policy.growthFactor)),
    );
}

function hasGrown(now: ClusterAlert, then: ClusterAlert, factor: number): boolean {
  return now.observed >= factor * then.observed || now.areaIds.length >= factor * then.areaIds.length;
}
