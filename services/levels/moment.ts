import type { Database, Reads } from '#platform/database.ts';
import { Problem } from '#platform/problem.ts';
import { type CaseMoment, momentOf } from '../case-history/moment.ts';

/**
 * From where a level is looked at: what was known at `asOf`, for the day `onDay` or that of the clock.
 *
 * @throws Problem 422 for a day that the district's clock has not reached
 */
export async function levelMoment(
  database: Database,
  { district, asOf, onDay }: { district: string; asOf?: string | undefined; onDay?: string | undefined },
  now: Date,
): Promise<CaseMoment> {
  const moment = await momentOf(database, district, asOf, now);
  if (onDay !== undefined && onDay > moment.day)
    throw new Problem(422, 'The request does not fit', {
      errors: [{ field: 'query.onDay', value: onDay, reason: `not after ${moment.day}` }],
    });
  return { ...moment, day: onDay ?? moment.day };
}

/** Names of the district and of its areas that people read. */
export async function districtName(database: Reads, district: string): Promise<string> {
  const { rows } = await database.query<{ name: string }>(
    'SELECT name FROM geography.published_districts WHERE district = $1',
    [district],
  );
  return rows[0]?.name ?? district;
}
