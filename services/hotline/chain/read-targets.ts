import type { Position } from '#contracts/primitives.ts';
import type { Reads } from '#platform/database.ts';
import type { Moment } from '../../district/moment.ts';
import type { ChainRule, Target, Targets } from './rules.ts';

interface Caller {
  location?: Position | undefined;
  areaId?: string | undefined;
}

/**
 * SQL: the facilities that are open: somebody is there, or nobody said how many are. A report with no staff closes one. Those of the map of which no report came are open. $1 district.
 */
const open = `SELECT facility_id, name, kind, area_id, at FROM epidemic.published_capacity
  WHERE district = $1 AND known_until = 'infinity' AND COALESCE(staff, 1) > 0
  UNION ALL
  SELECT feature_id, name, CASE class WHEN 'ward-health-station' THEN 'health-station' ELSE class END, NULL, ST_PointOnSurface(geom)
  FROM geography.published_map_features f
  WHERE district = $1 AND kind = 'place' AND class IN ('ward-health-station', 'hospital') AND known_until = 'infinity'
    AND NOT EXISTS (SELECT 1 FROM epidemic.published_capacity c WHERE c.district = f.district AND c.facility_id = f.feature_id AND c.known_until = 'infinity')`;

/** The nearest open one of some kinds, by metres on the ground; of two that are as near the one that comes first by number. */
async function nearest(
  reads: Reads,
  district: string,
  { lon, lat }: Position,
  kinds: readonly string[],
): Promise<Target | undefined> {
  const { rows } = await reads.query<Target>(
    `SELECT facility_id AS id, name FROM (${open}) f WHERE kind = ANY($2::text[]) AND at IS NOT NULL
     ORDER BY ST_Distance(at::geography, ST_SetSRID(ST_MakePoint($3, $4), 4326)::geography), facility_id LIMIT 1`,
    [district, kinds, lon, lat],
  );
  return rows[0];
}

/** The first open one of some kinds that says it is in an area, or below it; one that says none is where it stands. */
async function inArea(
  reads: Reads,
  { district, now, day }: Moment,
  areaId: string,
  kinds: readonly string[],
): Promise<Target | undefined> {
  const { rows } = await reads.query<Target>(
    `SELECT facility_id AS id, name FROM (${open}) f WHERE kind = ANY($2::text[])
     AND (area_id = $3 OR area_id IN (SELECT area_id FROM geography.ancestors_at($1, $4::timestamptz, $5::date) WHERE ancestor_id = $3)
       OR (area_id IS NULL AND ST_Covers((SELECT geom FROM geography.areas_at($1, $4::timestamptz, $5::date) w WHERE w.area_id = $3), at)))
     ORDER BY facility_id LIMIT 1`,
    [district, kinds, areaId, now, day],
  );
  return rows[0];
}

/** The ward of a point, else the ward at or above an area; undefined: neither is known. */
export async function wardOf(
  reads: Reads,
  { district, now, day }: Moment,
  { location, areaId }: Caller,
): Promise<Target | undefined> {
  const { rows } = await reads.query<Target>(
    `SELECT w.area_id AS id, w.name FROM geography.areas_at($1, $2::timestamptz, $3::date) w
     WHERE w.level = 'ward' AND (CASE WHEN $4::float8 IS NOT NULL THEN ST_Covers(w.geom, ST_SetSRID(ST_MakePoint($4, $5), 4326))
       ELSE w.area_id IN (SELECT ancestor_id FROM geography.ancestors_at($1, $2::timestamptz, $3::date) WHERE area_id = $6 UNION SELECT $6) END)
     ORDER BY w.area_id LIMIT 1`,
    [district, now, day, location?.lon ?? null, location?.lat ?? null, areaId ?? null],
  );
  return rows[0];
}

const stations = ['health-station', 'mobile-station'];
const hospitals = ['hospital', 'field-hospital'];

/** Whom a rule's steps name for a caller, as known now. */
export async function readTargets(reads: Reads, moment: Moment, rule: ChainRule, caller: Caller): Promise<Targets> {
  const { district } = moment;
  const ward = await wardOf(reads, moment, caller);
  const near = (kinds: readonly string[]) =>
    caller.location ? nearest(reads, district, caller.location, kinds) : ward && inArea(reads, moment, ward.id, kinds);
  const named = rule.steps.find(({ target }) => target === 'facility')?.facilityId;
  const { rows } = await reads.query<Target>(`SELECT facility_id AS id, name FROM (${open}) f WHERE facility_id = $2`, [
    district,
    named ?? null,
  ]);
  const anyHospital = async () =>
    (
      await reads.query<Target>(
        `SELECT facility_id AS id, name FROM (${open}) f WHERE kind = 'hospital' ORDER BY facility_id LIMIT 1`,
        [district],
      )
    ).rows[0];
  return { ward, station: await near(stations), hospital: rows[0] ?? (await near(hospitals)) ?? (await anyHospital()) };
}
