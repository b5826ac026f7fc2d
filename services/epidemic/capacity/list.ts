import sql from 'sql-template-tag';
import type { Database } from '#platform/database.ts';
import { known } from '../../district/known.ts';
import type { Moment } from '../../district/moment.ts';
import { areasSql, countsFor } from '../areas.ts';

/** The newest known report of each facility of an area and what is below it; all facilities when no area is named. */
export async function listFacilities(
  database: Database,
  moment: Moment,
  areaId: string | undefined,
): Promise<{ total: number; items: Record<string, unknown>[] }> {
  const { rows } = await database.query<Record<string, unknown>>(
    sql`WITH ${areasSql(moment)}
     SELECT facility_id AS "facilityId", name, kind, area_id AS "areaId", ST_X(at) AS lon, ST_Y(at) AS lat, beds_total AS "bedsTotal",
       beds_occupied AS "bedsOccupied", beds_total - beds_occupied AS "bedsFree", intensive_care_total AS "intensiveCareTotal",
       intensive_care_occupied AS "intensiveCareOccupied", oxygen_points AS "oxygenPoints", staff, reported_at AS "reportedAt", known_at AS "knownAt", sequence
     FROM epidemic.capacity_versions AS v
     WHERE v.district = ${moment.district} AND ${known('v', moment)} AND ${areaId === undefined ? sql`true` : countsFor('v', areaId)}
     ORDER BY name`,
  );
  return { total: rows.length, items: rows };
}
