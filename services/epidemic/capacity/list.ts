import type { Database } from '#platform/database.ts';
import type { Moment } from '../../district/moment.ts';
import { geographyMoment, knownSql } from '../moment.ts';

/** The newest known report of each facility of an area and what is below it; all facilities when no area is named. */
export async function listFacilities(
  database: Database,
  moment: Moment,
  areaId: string | undefined,
): Promise<{ total: number; items: unknown[] }> {
  const { rows } = await database.query(
    `WITH paths AS MATERIALIZED (SELECT area_id, ancestor_id FROM geography.ancestors_at($1, $3, $4::date)),
     top AS (SELECT ancestor_id FROM paths GROUP BY 1 ORDER BY count(*) DESC LIMIT 1)
     SELECT facility_id AS "facilityId", name, kind, area_id AS "areaId", ST_X(at) AS lon, ST_Y(at) AS lat, beds_total AS "bedsTotal",
       beds_occupied AS "bedsOccupied", beds_total - beds_occupied AS "bedsFree", intensive_care_total AS "intensiveCareTotal",
       intensive_care_occupied AS "intensiveCareOccupied", oxygen_points AS "oxygenPoints", staff, reported_at AS "reportedAt", known_at AS "knownAt", sequence
     FROM epidemic.capacity_versions AS capacity
     WHERE district = $1 AND ${knownSql('capacity', moment.asOf, '$2')}
       AND ($5::text IS NULL OR area_id IN (SELECT area_id FROM paths WHERE ancestor_id = $5)
         OR ($5 = (SELECT ancestor_id FROM top) AND (area_id IS NULL OR area_id NOT IN (SELECT area_id FROM paths))))
     ORDER BY name`,
    [moment.district, moment.asOf ?? null, geographyMoment(moment.asOf), moment.day, areaId ?? null],
  );
  return { total: rows.length, items: rows };
}
