import sql from 'sql-template-tag';
import type { Reads } from '#platform/database.ts';
import type { CaseMoment } from '../../case-history/moment.ts';
import { known } from '../../district/known.ts';
import type { Places } from '../../district/places.ts';

export interface Facility {
  areaId: string | null;
  kind: string;
  oxygenPoints: number | null;
}

export async function readFacilities(database: Reads, moment: CaseMoment): Promise<Facility[]> {
  const { rows } = await database.query<Facility>(
    sql`SELECT area_id AS "areaId", kind, oxygen_points AS "oxygenPoints" FROM epidemic.published_capacity AS v
     WHERE v.district = ${moment.district} AND ${known('v', moment)}`,
  );
  return rows;
}

/**
 * Criterion 3 as far as facilities tell: not met where a health station has no oxygen; met where every one has and a mobile station or a care team is reported;
 * else not known. Source of the contents: sggpnews 94926 (a proposal).
 */
export function careOfAreas(facilities: readonly Facility[], places: Places): (areaId: string) => boolean | null {
  const of = new Map<string, Facility[]>();
  for (const facility of facilities) {
    if (facility.areaId === null) continue;
    for (const areaId of places.ancestorsOf.get(facility.areaId) ?? []) {
      const own = of.get(areaId) ?? [];
      own.push(facility);
      of.set(areaId, own);
    }
  }
  return (areaId) => {
    const own = of.get(areaId) ?? [];
    const stations = own.filter(({ kind }) => kind === 'health-station');
    if (stations.some(({ oxygenPoints }) => oxygenPoints === 0)) return false;
    const isPlanned = own.some(({ kind }) => kind === 'mobile-station' || kind === 'care-team');
    return stations.length > 0 && isPlanned && stations.every(({ oxygenPoints }) => (oxygenPoints ?? 0) > 0)
      ? true
      : null;
  };
}
