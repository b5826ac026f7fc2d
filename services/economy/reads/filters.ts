import { z } from '@hono/zod-openapi';
import { businessRegistration, businessStatus } from '#contracts/events/economy/business-registered.ts';
import { day } from '#contracts/primitives.ts';
import { knownSql, type Parameters, placeSql } from '../../district/conditions.ts';
import type { Moment } from '../../district/moment.ts';
import { listOf } from '../../district/query.ts';
import type { FilteredRows } from '../../lifecycle/read-page.ts';
import { entityFilter } from '../../lifecycle/route-shapes.ts';
import { formulaOf, formulas } from './formulas.ts';

/** Which businesses: the same for the list, the map's points and the totals. Those that are registered later than `on` are not there yet. */
export const businessFilter = entityFilter(formulas, 'business').extend({
  on: day.optional().openapi({ description: 'the day whose status counts; left out: the local day of asOf' }),
  status: listOf(businessStatus.options, 'open,restricted'),
  form: listOf(businessRegistration.shape.form.unwrap().options, 'household'),
  sector: z.string().max(120).optional(),
});
export type BusinessFilter = z.infer<typeof businessFilter>;

/** Rows `v` of businesses with the span `s` that holds on the day. */
export const fromSql = `economy.business_versions v JOIN economy.status_spans s ON s.district = v.district AND s.business_id = v.business_id`;

export const businessesOf = (filter: BusinessFilter, moment: Moment): FilteredRows => ({
  from: fromSql,
  where: (parameters) => filterSql(filter, moment, parameters),
});

/** SQL conditions on `v` and `s`: known at the moment, holding on the day. */
export function heldSql(moment: Moment, on: string, parameters: Parameters): string {
  const date = `${parameters.add(on)}::date`;
  return `v.district = ${parameters.add(moment.district)} AND ${knownSql('v', moment, parameters)} AND ${knownSql('s', moment, parameters)}
    AND s.from_day <= ${date} AND s.until_day > ${date}`;
}

/** SQL conditions on `v` and `s`, joined by AND. */
function filterSql(filter: BusinessFilter, moment: Moment, parameters: Parameters): string {
  const on = filter.on ?? moment.day;
  const conditions = [heldSql(moment, on, parameters)];
  if (filter.status) conditions.push(`s.status = ANY(${parameters.add(filter.status)}::text[])`);
  if (filter.form) conditions.push(`v.form = ANY(${parameters.add(filter.form)}::text[])`);
  if (filter.sector) conditions.push(`v.sector = ${parameters.add(filter.sector)}`);
  if (filter.formula) conditions.push(formulaOf(filter.formula).sql('s', { ...moment, day: on }, parameters));
  conditions.push(...placeSql('v', filter, moment, parameters));
  return conditions.join(' AND ');
}
