import { z } from '@hono/zod-openapi';
import sql, { join, type Sql } from 'sql-template-tag';
import { businessRegistration, businessStatus } from '#contracts/events/economy/business-registered.ts';
import { askedDay } from '#contracts/primitives.ts';
import { placeConditions } from '../../district/conditions.ts';
import { known } from '../../district/known.ts';
import type { Moment } from '../../district/moment.ts';
import { listOf } from '../../district/query.ts';
import type { FilteredRows } from '../../lifecycle/read-page.ts';
import { entityFilter } from '../../lifecycle/route-shapes.ts';
import { formulaOf, formulas } from './formulas.ts';

/** Which businesses: the same for the list, the map's points and the totals. Those that are registered later than `on` are not there yet. */
export const businessFilter = entityFilter(formulas, 'business').extend({
  on: askedDay.optional().openapi({ description: 'the day whose status counts; left out: the local day of asOf' }),
  status: listOf(businessStatus.options, 'open,restricted'),
  form: listOf(businessRegistration.shape.form.unwrap().options, 'household'),
  sector: z.string().max(120).optional(),
});
export type BusinessFilter = z.infer<typeof businessFilter>;

/** Rows `v` of businesses with the span `s` that holds on the day. */
export const withSpans: Sql = sql`economy.business_versions v JOIN economy.status_spans s ON s.district = v.district AND s.business_id = v.business_id`;

/** SQL conditions on `v` and `s`: known at the moment, holding on the day. */
export const held = (moment: Moment, on: string): Sql =>
  sql`v.district = ${moment.district} AND v.registered AND ${known('v', moment)} AND ${known('s', moment)}
    AND s.from_day <= ${on}::date AND s.until_day > ${on}::date`;

export function businessesOf(filter: BusinessFilter, moment: Moment): FilteredRows {
  const { on = moment.day, status, form, sector, formula } = filter;
  const conditions = [held(moment, on)];
  if (status) conditions.push(sql`s.status = ANY(${status}::text[])`);
  if (form) conditions.push(sql`v.form = ANY(${form}::text[])`);
  if (sector) conditions.push(sql`v.sector = ${sector}`);
  if (formula) conditions.push(formulaOf(formula).condition({ ...moment, day: on }));
  conditions.push(...placeConditions('v', filter, moment));
  return { from: withSpans, where: join(conditions, ' AND ') };
}
