import { dayNumber, isoDate } from '@vungxanh/ml';
import type { Database } from '#platform/database.ts';
import { groupPlaces } from '../../case-history/known-counts.ts';
import type { Moment } from '../../district/moment.ts';
import type { Places } from '../../district/places.ts';

/** So many days back are looked at. */
export const businessDays = 150;

/**
 * Active businesses of each area by day, as known at the moment. Earlier days are as known now: a change that was entered late is in them.
 * What lies in none of the areas stands last, where there is any (`hasElsewhere`). undefined: no business was ever heard of, or the economy service has no tables yet.
 */
export async function readBusinessLevels(
  database: Database,
  moment: Moment,
  places: Places,
  areaIds: readonly string[],
): Promise<{ first: number; last: number; values: Float64Array; hasElsewhere: boolean } | undefined> {
  const last = dayNumber(moment.day);
  const from = last - businessDays + 1;
  let rows: { area_id: string | null; day: string; active: number }[];
  try {
    ({ rows } = await database.query<{ area_id: string | null; day: string; active: number }>(
      'SELECT area_id, day, active FROM economy.active_daily($1, $2, $3::date, $4::date) ORDER BY day',
      [moment.district, moment.instant, isoDate(from), moment.day],
    ));
  } catch (error) {
    if (['3F000', '42P01', '42883'].includes((error as { code?: string }).code ?? '')) return undefined;
    throw error;
  }
  if (rows.length === 0) return undefined;
  const first = Math.max(from, dayNumber(rows[0]!.day));
  const steps = last - first + 1;
  const ids = [...new Set(rows.map(({ area_id }) => area_id))];
  const groups = groupPlaces(ids, areaIds, places.ancestorsOf, undefined);
  const hasElsewhere = groups.includes(-1);
  const rowOf = new Map(ids.map((id, index) => [id, groups[index]! < 0 ? areaIds.length : groups[index]!]));
  const values = new Float64Array((areaIds.length + (hasElsewhere ? 1 : 0)) * steps);
  for (const { area_id, day, active } of rows) {
    values[rowOf.get(area_id)! * steps + dayNumber(day) - first]! += Number(active);
  }
  return { first, last, values, hasElsewhere };
}

/** Whether an area ever had a business: of these nobody says from when. */
export async function businessesSaid(database: Database, moment: Moment): Promise<(areaId: string) => boolean> {
  if (!(await economyIsThere(database))) return () => false;
  const { rows } = await database.query<{ area_id: string }>(
    'SELECT DISTINCT area_id FROM economy.published_businesses WHERE district = $1 AND known_at <= $2 AND known_until > $2 AND area_id IS NOT NULL',
    [moment.district, moment.instant],
  );
  const said = new Set(rows.map(({ area_id }) => area_id));
  return (areaId) => said.has(areaId);
}

/** Whether the economy service has ever run on this database. */
const economyIsThere = async (database: Database): Promise<boolean> =>
  (await database.query<{ there: boolean }>(`SELECT to_regclass('economy.published_businesses') IS NOT NULL AS there`))
    .rows[0]!.there;
