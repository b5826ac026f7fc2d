import { alertsToRaise, dayNumber, isoDate } from '@vungxanh/ml';
import type { EventData } from '#contracts/catalogue.ts';
import { abstain, type WordedAbstention } from '#contracts/http/outlook/abstention.ts';
import { readCaseChanges } from '../../case-history/case-changes.ts';
import { readDividedAreas } from '../../case-history/divided-areas.ts';
import { groupsOf, KnownCounts } from '../../case-history/known-counts.ts';
import { type CaseMoment, momentOf } from '../../case-history/moment.ts';
import { readPlaces, readPositions } from '../../district/places.ts';
import { appendResults } from '../append-results.ts';
import { scanPolicy, scanVersion } from '../policy.ts';
import type { WorkParts } from '../work-parts.ts';
import { readClusterAlerts } from './cluster-alerts.ts';
import { type CaseCluster, fewestScanned } from './scan-of-cases.ts';

export interface DistrictScan {
  /** the last whole day */
  throughDate: string;
  clusters: (CaseCluster & { firstDate: string; lastDate: string })[];
  abstention: WordedAbstention | null;
}

/** Neighbourhoods, or wards where there are none; up to the last whole day. */
export async function scanDistrict(
  { database, slow }: Pick<WorkParts, 'database' | 'slow'>,
  moment: CaseMoment,
): Promise<DistrictScan> {
  const places = await readPlaces(database, moment);
  const small = places.all.filter((place) => place.level === 'neighbourhood');
  const chosen = small.length > 0 ? small : places.all.filter((place) => place.level === 'ward');
  const positions = await readPositions(
    database,
    moment,
    chosen.map((place) => place.areaId),
  );
  const changes = await readCaseChanges(database, moment);
  const { days } = scanPolicy;
  const lastDay = dayNumber(moment.day) - 1;
  const divided = await readDividedAreas(database, moment, changes);
  // An area that begins within the window would be a cluster for having had no case before it was there.
  const isKnown = (areaId: string) => (divided.get(areaId)?.since ?? 0) <= lastDay - days + 1;
  const areaIds = [...positions.keys()].filter(isKnown).sort();
  const throughDate = isoDate(lastDay);
  const known = new KnownCounts(
    changes,
    groupsOf(changes, areaIds, places),
    areaIds.length,
    lastDay - days + 1,
    lastDay,
  );
  known.goTo(0);
  const cases = new Int32Array(days * areaIds.length);
  let total = 0;
  areaIds.forEach((_, area) => {
    for (let day = 0; day < days; day++) {
      // a correction can leave a day below zero for a moment: no cases
      const count = Math.max(0, known.counts[area * days + day]!);
      cases[day * areaIds.length + area] = count;
      total += count;
    }
  });
  const people = new Map(places.all.map((place) => [place.areaId, place.people ?? 0]));
  const input = {
    areaIds,
    positions: areaIds.map((id) => positions.get(id)!),
    people: areaIds.map((id) => people.get(id) ?? 0),
    cases,
    days,
    policy: scanPolicy,
  };
  const found = await slow.ask({ kind: 'scan', input });
  if (total < fewestScanned && found.length === 0)
    return {
      throughDate,
      clusters: [],
      abstention: abstain(
        'too-few-cases',
        `có ${total} ca trong ${days} ngày, cần ít nhất ${fewestScanned}`,
        `${total} cases in ${days} days, at least ${fewestScanned}`,
      ),
    };
  return {
    throughDate,
    clusters: found.map((cluster) => ({
      ...cluster,
      firstDate: isoDate(lastDay - cluster.daysLong + 1),
      lastDate: throughDate,
    })),
    abstention: null,
  };
}

/** Scans a district and says which clusters are to be raised; those told within the quiet days are not, unless they grow. Returns the number of events. */
export async function raiseClusters(
  parts: Pick<WorkParts, 'database' | 'slow' | 'appender' | 'projection' | 'now' | 'newId'>,
  district: string,
): Promise<number> {
  const moment = await momentOf(parts.database, district, undefined, parts.now());
  if (moment.lastKnownAt === null) return 0;
  const { clusters } = await scanDistrict(parts, moment);
  const { alpha, quietDays, growthFactor } = scanPolicy;
  const earlier = await readClusterAlerts(parts.database, moment, 2 * quietDays);
  const raised = alertsToRaise(
    dayNumber(moment.day),
    clusters,
    earlier.map((alert) => ({ ...alert, raisedDay: dayNumber(alert.raisedDate) })),
    { alpha, quietDays, growthFactor },
  );
  return appendResults(
    parts,
    moment,
    'cluster-detected',
    raised.map(({ cluster, reason }): EventData<'cluster-detected'> => {
      const { daysLong: _days, ...what } = cluster;
      return {
        areaId: cluster.areaIds[0]!,
        ...what,
        raisedDate: moment.day,
        alpha,
        quietDays,
        growthFactor,
        reason,
        modelId: `scan-${scanVersion}`,
      };
    }),
  );
}
