import type { Database } from '#platform/database.ts';
import type { Moment } from '../district/moment.ts';
import type { CaseChanges } from './known-counts.ts';

/** Longer ago nothing is looked at: the models learn from a year at most. */
const lookBackDays = 400;

/**
 * The line list as changes of counts: so many cases more or fewer of a day in an area, learned so many days before the moment. A change of
 * status that leaves day and area alone cancels itself out, so that a whole wave is a few ten thousand rows.
 */
export async function readCaseChanges(database: Database, moment: Moment): Promise<CaseChanges> {
  const { rows } = await database.query<{ area_id: string | null; day: number; age: number; change: number }>(
    `WITH versions AS MATERIALIZED (
       SELECT area_id, event_date - '1970-01-01'::date AS day, known_at, known_until FROM epidemic.published_cases
       WHERE district = $1 AND known_at <= $2 AND event_date <= $3::date AND event_date > $3::date - ${lookBackDays}),
     changes AS (
       SELECT area_id, day, known_at AS at, 1 AS change FROM versions
       UNION ALL SELECT area_id, day, known_until, -1 FROM versions WHERE known_until <= $2)
     SELECT area_id, day, floor(extract(epoch FROM $2::timestamptz - at) / 86400)::int AS age, sum(change)::int AS change
     FROM changes GROUP BY area_id, day, age HAVING sum(change) <> 0 ORDER BY age DESC, day, area_id`,
    [moment.district, moment.instant, moment.day],
  );
  const places = new Map<string | null, number>();
  const place = Int32Array.from(rows, ({ area_id }) => {
    if (!places.has(area_id)) places.set(area_id, places.size);
    return places.get(area_id)!;
  });
  return {
    places: [...places.keys()],
    place,
    day: Int32Array.from(rows, (row) => row.day),
    age: Int32Array.from(rows, (row) => row.age),
    change: Int32Array.from(rows, (row) => row.change),
  };
}
