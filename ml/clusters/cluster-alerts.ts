/** What of a cluster decides whether it is told. Area ids, not indices: areas may be renumbered between days. */
export interface AlertCandidate {
  areaIds: readonly string[];
  observed: number;
  p: number;
}

/** A cluster that was told to somebody. */
export interface ClusterAlert extends AlertCandidate {
  raisedDay: number;
}

export interface AlertPolicy {
  /** highest p that alarms */
  alpha: number;
  quietDays: number;
  /** within the quiet days it is raised again only if cases or areas have grown by this factor */
  growthFactor: number;
}

export type AlertReason = 'new' | 'grown' | 'still-there';

export const alertDefaults: AlertPolicy = { alpha: 0.01, quietDays: 7, growthFactor: 1.5 };

/**
 * Which of today's clusters are to be raised, and why: those at p <= alpha that share no area with an alert of the last `quietDays` days, or have grown
 * since every one of those. One that shares an area with an alert just past the quiet days (up to twice as long ago) is still there, not new.
 */
export function alertsToRaise<Candidate extends AlertCandidate>(
  today: number,
  clusters: readonly Candidate[],
  earlier: readonly ClusterAlert[],
  policy: AlertPolicy = alertDefaults,
): { cluster: Candidate; reason: AlertReason }[] {
  return clusters
    .filter((cluster) => cluster.p <= policy.alpha)
    .flatMap((cluster): { cluster: Candidate; reason: AlertReason }[] => {
      const same = earlier.filter((alert) => alert.areaIds.some((id) => cluster.areaIds.includes(id)));
      const age = (alert: ClusterAlert) => today - alert.raisedDay;
      const recent = same.filter((alert) => age(alert) < policy.quietDays);
      if (recent.length > 0)
        return recent.every((alert) => hasGrown(cluster, alert, policy.growthFactor))
          ? [{ cluster, reason: 'grown' }]
          : [];
      const before = same.some((alert) => age(alert) < 2 * policy.quietDays);
      return [{ cluster, reason: before ? 'still-there' : 'new' }];
    });
}

function hasGrown(now: AlertCandidate, then: AlertCandidate, factor: number): boolean {
  return now.observed >= factor * then.observed || now.areaIds.length >= factor * then.areaIds.length;
}
