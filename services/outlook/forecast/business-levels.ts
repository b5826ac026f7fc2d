import { dayNumber, isoDate } from '@vungxanh/ml';
import type { Database } from '#platform/database.ts';
import { groupPlaces } from '../../case-history/known-counts.ts';
import type { Moment } from '../../district/moment.ts';
import type { Places } from '../../district/places.ts';

const lookBackDays = 150;

/**
 * Active businesses of each area by day, as known at the moment. Earlier days are as known now: a change that was entered late is in them.
 * undefined: no business was ever heard of, or the economy service has no tables yet.
 */
export async function readBusinessLevels(
  database: Database,
  moment: Moment,
  places: Places,
  areaIds: readonly string[],
): Promise<{ first: number; last: number; values: Float64Array } | undefined> {
  const last = dayNumber(moment.day);
  const from = last - lookBackDays + 1;
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
  const ancestorsOf = new Map(places.all.map((place) => [place.areaId, place.ancestors]));
  const groups = groupPlaces(ids, areaIds, ancestorsOf, undefined);
  const rowOf = new Map(ids.map((id, index) => [id, groups[index]!]));
  const values = new Float64Array(areaIds.length * steps);
  for (const { area_id, day, active } of rows) {
    const group = rowOf.get(area_id)!;
    if (group >= 0) values[group * steps + dayNumber(day) - first]! += Number(active);
  }
  return { first, last, values };
}
