import { z } from '@hono/zod-openapi';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import { cases as feed } from '#contracts/events/epidemic/feeds.ts';
import { askedDay } from '#contracts/primitives.ts';
import { known } from '../../district/known.ts';
import type { Moment } from '../../district/moment.ts';
import { flag } from '../../district/query.ts';
import { countsFor } from '../areas.ts';

/** The days whose cases are meant: a window that ends on the moment's day, or from one day to another. */
export const caseDays = z.object({
  windowDays: z.coerce.number().int().min(1).max(3660).optional(),
  from: askedDay.optional(),
  to: askedDay.optional(),
});

export const caseFilter = caseDays.extend({
  active: flag,
  status: z.enum(feed.points.statuses).optional(),
  firstSequence: z.coerce
    .number()
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .optional()
    .openapi({ description: 'the case of a point: it is found whatever became of it' }),
});
export type CaseFilter = z.infer<typeof caseFilter> & { areaId?: string | undefined };

export const notACase = 'not-a-case';

/** SQL: the case `v` is in the window of days that ends on the moment's day. */
export const inWindow = (moment: Moment, days: number): Sql =>
  sql`v.event_date > ${moment.day}::date - ${days}::int AND v.event_date <= ${moment.day}::date`;

/** SQL: the case `v` is still being looked after. The list of statuses is that of a partial index. */
export const isActive: Sql = raw(`v.status IN (${feed.points.openStatuses.map((status) => `'${status}'`).join(', ')})`);

/** SQL conditions on the cases `v` of a filter, joined by AND: list, points, series and figures count by them. Wants `areasSql`. */
export function casesOf(filter: CaseFilter, moment: Moment): Sql {
  const conditions = [sql`v.district = ${moment.district}`, known('v', moment)];
  if (filter.status !== notACase && !filter.firstSequence) conditions.push(sql`v.status <> ${notACase}`);
  if (filter.status) conditions.push(sql`v.status = ${filter.status}`);
  if (filter.windowDays !== undefined) conditions.push(inWindow(moment, filter.windowDays));
  if (filter.from) conditions.push(sql`v.event_date >= ${filter.from}::date`);
  if (filter.to) conditions.push(sql`v.event_date <= ${filter.to}::date`);
  if (filter.firstSequence) conditions.push(sql`v.first_sequence = ${filter.firstSequence}::bigint`);
  if (filter.active) conditions.push(isActive);
  if (filter.areaId) conditions.push(countsFor('v', filter.areaId));
  return join(conditions, ' AND ');
}
