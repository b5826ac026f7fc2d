import { z } from '@hono/zod-openapi';
import { dayInWords } from '#contracts/days.ts';
import { areaQuery } from '#contracts/http.ts';
import { allowedLeadMs } from '#contracts/plausibility.ts';
import { askedDay } from '#contracts/primitives.ts';
import type { Reads } from '#platform/database.ts';
import { localDay } from '#platform/local-time.ts';
import { Problem } from '#platform/problem.ts';
import type { ServiceParts } from '#platform/service.ts';
import type { Moment } from '../../district/moment.ts';
import { momentOf } from '../moment.ts';
import type { Releases } from '../released/read-week.ts';

/** What reads of epidemic need. */
export type ReadParts = Pick<ServiceParts, 'database' | 'now'> & { releases: Releases };

const withDay = z.object({
  onDay: askedDay
    .optional()
    .openapi({ description: 'last day of the rolling windows; left out: today of the district’s clock' }),
});

/** What every read can be asked: district, asOf, an area, and the last day of the rolling windows. */
export const dayQuery = areaQuery.extend(withDay.shape);

/**
 * From where a question looks.
 * @throws Problem 404 for a district that is not known, 422 for a moment or a day that the district's clock has not reached
 */
export async function momentAsked(
  { database, now }: Pick<ReadParts, 'now'> & { database: Reads },
  query: { district: string; asOf?: string | undefined; onDay?: string | undefined },
): Promise<Moment> {
  const moment = await momentOf(database, query.district, query.asOf, now(), query.onDay);
  assertDayReached(query.onDay, moment);
  return moment;
}

/** A window that ends on a day to come would count 0 where nobody knows. In recorded history a day may be asked for up to today. */
function assertDayReached(onDay: string | undefined, { timeZone, instant, now }: Moment): void {
  const latestMs = Math.max(Date.parse(instant), Date.parse(now)) + allowedLeadMs;
  const latest = localDay(latestMs, timeZone);
  if (onDay === undefined || onDay <= latest) return;
  const words = {
    vi: `muộn nhất là hôm nay, ${dayInWords(latest)}`,
    en: `at most ${latest}, today in the district`,
  };
  throw new Problem(422, 'The day has not come yet', {
    vietnamese: { title: 'Ngày này chưa đến' },
    errors: [{ field: 'query.onDay', value: onDay, reason: words.en, words }],
  });
}
