import sql from 'sql-template-tag';
import { addDays } from '#contracts/days.ts';
import type { Reads } from '#platform/database.ts';
import type { CaseMoment } from '../../case-history/moment.ts';
import { known } from '../../district/known.ts';
import type { Places } from '../../district/places.ts';

/** The window that ends the day before `day`, both days included. */
export const windowOf = (day: string, days: number) => ({ from: addDays(day, -days), to: addDays(day, -1) });

/** Days of a window that a policy counts over. */
export type WindowDays = 7 | 14;

/** Cases of an area, by window. */
export interface CaseSums {
  all: Record<WindowDays, number>;
  community: Record<WindowDays, number>;
  unknownExposure: Record<WindowDays, number>;
  intensiveCare: number;
  inHospital: number;
  deaths: number;
}

export const noCases = (): CaseSums => ({
  all: { 7: 0, 14: 0 },
  community: { 7: 0, 14: 0 },
  unknownExposure: { 7: 0, 14: 0 },
  intensiveCare: 0,
  inHospital: 0,
  deaths: 0,
});

/** Cases of every area that has any, with all below it; what lies in no known area belongs to the top one. One statement. */
export async function readCaseSums(
  database: Reads,
  moment: CaseMoment,
  places: Places,
): Promise<Map<string, CaseSums>> {
  return sumUp(await readCases(database, moment), places);
}

interface CaseRow {
  area_id: string | null;
  all_7: number;
  all_14: number;
  community_7: number;
  community_14: number;
  unknown_7: number;
  unknown_14: number;
  intensive_care: number;
  in_hospital: number;
  deaths: number;
}

/** Cases by the area in which they lie, with the patients and deaths of the last week. */
async function readCases(database: Reads, moment: CaseMoment): Promise<CaseRow[]> {
  const week = windowOf(moment.day, 7);
  const { rows } = await database.query<CaseRow>(
    sql`SELECT area_id,
       count(*) FILTER (WHERE recent)::int AS all_7, count(*) FILTER (WHERE counted)::int AS all_14,
       count(*) FILTER (WHERE recent AND community)::int AS community_7, count(*) FILTER (WHERE counted AND community)::int AS community_14,
       count(*) FILTER (WHERE recent AND exposure = 'unknown')::int AS unknown_7, count(*) FILTER (WHERE counted AND exposure = 'unknown')::int AS unknown_14,
       count(*) FILTER (WHERE status = 'intensive-care')::int AS intensive_care,
       count(*) FILTER (WHERE status IN ('hospitalised', 'intensive-care'))::int AS in_hospital,
       count(*) FILTER (WHERE status = 'deceased' AND (status_since AT TIME ZONE ${moment.timeZone})::date BETWEEN ${week.from}::date AND ${week.to}::date)::int AS deaths
     FROM (SELECT v.area_id, v.exposure, v.status, v.status_since, v.exposure IN ('community', 'unknown') AS community,
         v.event_date BETWEEN ${week.from}::date AND ${week.to}::date AS recent,
         v.event_date BETWEEN ${windowOf(moment.day, 14).from}::date AND ${week.to}::date AS counted
       FROM epidemic.published_cases AS v
       WHERE v.district = ${moment.district} AND ${known('v', moment)}
         AND (v.event_date BETWEEN ${windowOf(moment.day, 14).from}::date AND ${week.to}::date OR v.status IN ('hospitalised', 'intensive-care')
           OR (v.status = 'deceased' AND v.status_since >= ${week.from}::date - 1))) AS cases
     GROUP BY area_id`,
  );
  return rows;
}

function sumUp(rows: readonly CaseRow[], places: Places): Map<string, CaseSums> {
  const sums = new Map<string, CaseSums>();
  for (const row of rows) {
    const above =
      (row.area_id === null ? undefined : places.ancestorsOf.get(row.area_id)) ?? (places.top ? [places.top] : []);
    for (const areaId of above) {
      const sum = sums.get(areaId) ?? noCases();
      sums.set(areaId, sum);
      sum.all[7] += row.all_7;
      sum.all[14] += row.all_14;
      sum.community[7] += row.community_7;
      sum.community[14] += row.community_14;
      sum.unknownExposure[7] += row.unknown_7;
      sum.unknownExposure[14] += row.unknown_14;
      sum.intensiveCare += row.intensive_care;
      sum.inHospital += row.in_hospital;
      sum.deaths += row.deaths;
    }
  }
  return sums;
}
