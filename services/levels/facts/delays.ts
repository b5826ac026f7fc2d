import sql from 'sql-template-tag';
import { addDays } from '#contracts/days.ts';
import type { Reads } from '#platform/database.ts';
import type { CaseMoment } from '../../case-history/moment.ts';
import { type CompletenessByAge, completenessOf } from '../assess/reports-to-come.ts';
import { learnedDays, leastTaught, longestDelayDays } from './policy.ts';

/** After how many whole days the cases of some weeks ago were known; whether any list of cases was ever heard. */
export async function readDelays(
  database: Reads,
  moment: CaseMoment,
): Promise<{ heard: boolean; delays: Map<number, number> }> {
  const last = addDays(moment.day, -longestDelayDays - 1);
  const { rows } = await database.query<{ delay: number | null; cases: number; heard: boolean }>(
    sql`WITH heard AS (SELECT EXISTS (SELECT FROM epidemic.published_cases WHERE district = ${moment.district} AND known_at <= ${moment.instant}::timestamptz) AS heard),
     delays AS (
       SELECT greatest(0, (v.known_at AT TIME ZONE ${moment.timeZone})::date - v.event_date) AS delay, count(*)::int AS cases
       FROM epidemic.published_cases AS v
       WHERE v.district = ${moment.district} AND v.sequence = v.first_sequence AND v.known_at <= ${moment.instant}::timestamptz
         AND v.event_date BETWEEN ${addDays(last, 1 - learnedDays)}::date AND ${last}::date
       GROUP BY 1)
     SELECT delay, coalesce(cases, 0) AS cases, heard FROM heard LEFT JOIN delays ON true`,
  );
  return {
    heard: rows[0]!.heard,
    delays: new Map(rows.flatMap(({ delay, cases }) => (delay === null ? [] : [[delay, cases] as const]))),
  };
}

/** Undefined: too few cases were watched, or most of them came so late that a list was loaded and nobody was slow. */
export function completenessByAge(delays: ReadonlyMap<number, number>): CompletenessByAge | undefined {
  const inTime = Array.from({ length: longestDelayDays + 1 }, (_, delay) => delays.get(delay) ?? 0);
  const taught = inTime.reduce((sum, cases) => sum + cases, 0);
  const all = [...delays.values()].reduce((sum, cases) => sum + cases, 0);
  return taught < leastTaught || 2 * taught < all ? undefined : completenessOf(inTime);
}
