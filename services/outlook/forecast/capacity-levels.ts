import { dayNumber } from '@vungxanh/ml';
import type { Database } from '#platform/database.ts';
import type { Moment } from '../../district/moment.ts';

/** A facility that is silent for longer has closed, or left the table. */
const carriedDays = 7;
/** A facility of more than this share of the beds that comes or goes breaks the series. */
const breakShare = 0.1;
const lookBackDays = 210;

export interface Levels {
  first: number;
  last: number;
  values: Float64Array;
  /** days on which a large facility came or went */
  breaks: number[];
}

/**
 * Occupied beds (or intensive care) of the whole district at the end of each local day: of each facility its newest report by then, carried on for a
 * few days. Reports are not revised, so what was known on a day is the table up to it. undefined: none was ever heard of.
 */
export async function readCapacityLevels(
  database: Database,
  moment: Moment,
  column: 'beds_occupied' | 'intensive_care_occupied',
): Promise<Levels | undefined> {
  const { rows } = await database.query<{ facility_id: string; day: string; occupied: number; total: number }>(
    `SELECT DISTINCT ON (facility_id, day) facility_id, (known_at AT TIME ZONE $3)::date AS day, ${column} AS occupied, beds_total AS total
     FROM epidemic.published_capacity WHERE district = $1 AND known_at <= $2 AND known_at > $2::timestamptz - interval '${lookBackDays} days'
     ORDER BY facility_id, day, sequence DESC`,
    [moment.district, moment.instant, moment.timeZone],
  );
  if (rows.length === 0) return undefined;
  const reports = rows.map((row) => ({ ...row, at: dayNumber(row.day) }));
  const first = Math.min(...reports.map(({ at }) => at));
  const last = Math.min(dayNumber(moment.day), Math.max(...reports.map(({ at }) => at)));
  const values = new Float64Array(last - first + 1);
  const beds = new Float64Array(values.length);
  const moved = new Map<number, number>();
  const facilities = Map.groupBy(reports, ({ facility_id }) => facility_id);
  for (const own of facilities.values()) {
    own.forEach(({ at, occupied, total }, index) => {
      const until = Math.min(own[index + 1]?.at ?? at + carriedDays + 1, at + carriedDays + 1, last + 1);
      for (let day = at; day < until; day++) {
        values[day - first]! += occupied;
        beds[day - first]! += total;
      }
      const returned = index > 0 && at - own[index - 1]!.at > carriedDays + 1;
      if (at > first + 1 && (index === 0 || returned)) moved.set(at, (moved.get(at) ?? 0) + total);
      if (until === at + carriedDays + 1 && until <= last) moved.set(until, (moved.get(until) ?? 0) + total);
    });
  }
  const breaks = [...moved]
    .filter(([day, total]) => total > breakShare * Math.max(1, beds[day - first]!))
    .map(([day]) => day);
  return { first, last, values, breaks: breaks.sort((a, b) => a - b) };
}
