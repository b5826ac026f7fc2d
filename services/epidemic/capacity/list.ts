import sql, { raw, type Sql } from 'sql-template-tag';
import type { Database } from '#platform/database.ts';
import { known, knownSince } from '../../district/known.ts';
import type { Moment } from '../../district/moment.ts';
import { areasSql, countsFor } from '../areas.ts';

/** A report of a facility, from a row `v`. */
const shown: Sql =
  raw(`facility_id AS "facilityId", name, kind, area_id AS "areaId", ST_X(at) AS lon, ST_Y(at) AS lat, beds_total AS "bedsTotal",
       beds_occupied AS "bedsOccupied", beds_total - beds_occupied AS "bedsFree", intensive_care_total AS "intensiveCareTotal",
       intensive_care_occupied AS "intensiveCareOccupied", oxygen_points AS "oxygenPoints", staff, reported_at AS "reportedAt", known_at AS "knownAt", sequence`);

/** The newest known report of each facility of an area and what is below it; all facilities when no area is named. */
export async function listFacilities(
  database: Database,
  moment: Moment,
  areaId: string | undefined,
): Promise<{ total: number; items: Record<string, unknown>[] }> {
  const { rows } = await database.query<Record<string, unknown>>(
    sql`WITH ${areasSql(moment)}
     SELECT ${shown}
     FROM epidemic.capacity_versions AS v
     WHERE v.district = ${moment.district} AND ${known('v', moment)} AND ${areaId === undefined ? sql`true` : countsFor('v', areaId)}
     ORDER BY name`,
  );
  return { total: rows.length, items: rows };
}

/** Numbers of a facility, which reports say anew. */
const numbers = [
  'bedsTotal',
  'bedsOccupied',
  'intensiveCareTotal',
  'intensiveCareOccupied',
  'oxygenPoints',
  'staff',
] as const;

type FacilityRow = Record<string, unknown> & { reportedAt: Date; knownAt: Date; sequence: number; source: string };

/** A facility as known at the moment, and each report up to it, oldest first, with what it says that the one before did not. Undefined when none was known. */
export async function findFacility(database: Database, moment: Moment, facilityId: string) {
  const { rows } = await database.query<FacilityRow>(
    sql`SELECT ${shown}, split_part(event_id, ' ', 1) AS source FROM epidemic.capacity_versions AS v
     WHERE v.district = ${moment.district} AND v.facility_id = ${facilityId} AND ${knownSince('v', moment)} ORDER BY sequence`,
  );
  const newest = rows.at(-1);
  if (!newest) return undefined;
  const { source: _source, ...facility } = newest;
  const history = rows.map((row, index) => {
    const before = rows[index - 1];
    return {
      type: 'capacity-reported',
      occurredAt: row.reportedAt.toISOString(),
      knownAt: row.knownAt.toISOString(),
      sequence: row.sequence,
      source: row.source,
      data: Object.fromEntries(
        numbers.flatMap((name) => (row[name] === (before ? before[name] : null) ? [] : [[name, row[name]]])),
      ),
    };
  });
  return { ...facility, facilityId, name: String(facility.name), history };
}
