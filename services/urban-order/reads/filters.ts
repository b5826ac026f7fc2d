import type { z } from '@hono/zod-openapi';
import { violationKind } from '#contracts/events/urban-order/violation-reported.ts';
import { day } from '#contracts/primitives.ts';
import { knownSql, type Parameters, placeSql } from '../../district/conditions.ts';
import type { Moment } from '../../district/moment.ts';
import { flag, listOf } from '../../district/query.ts';
import type { FilteredRows } from '../../lifecycle/read-page.ts';
import { entityFilter } from '../../lifecycle/route-shapes.ts';
import { overdueSql } from '../violation/legal-clock.ts';
import { violationTables } from '../violation/tables.ts';
import { violationStatuses } from '../violation/transitions.ts';
import { formulaOf, formulas } from './formulas.ts';

/** Which violations: the same for the list, the map's points and the totals. */
export const violationFilter = entityFilter(formulas, 'violation').extend({
  kind: listOf(violationKind.options, 'without-permit,canal-filling'),
  status: listOf(violationStatuses, 'reported,verified'),
  overdue: flag,
  irregular: flag,
  /** Merged reports are left out unless asked for, here or by status. */
  includeMerged: flag,
  /** First and last local day on which it was seen. */
  from: day.optional(),
  to: day.optional(),
});
export type ViolationFilter = z.infer<typeof violationFilter>;

export const violationsOf = (filter: ViolationFilter, moment: Moment): FilteredRows => ({
  from: `${violationTables.versions} v`,
  where: (parameters) => filterSql(filter, moment, parameters),
});

/** SQL conditions on `v`, joined by AND. */
function filterSql(filter: ViolationFilter, moment: Moment, parameters: Parameters): string {
  const local = () => `(v.occurred_at AT TIME ZONE ${parameters.add(moment.timeZone)})::date`;
  const conditions = [`v.district = ${parameters.add(moment.district)}`, knownSql('v', moment, parameters)];
  if (filter.kind) conditions.push(`v.kind = ANY(${parameters.add(filter.kind)}::text[])`);
  if (filter.status) conditions.push(`v.status = ANY(${parameters.add(filter.status)}::text[])`);
  else if (!filter.includeMerged && !filter.firstSequence) conditions.push(`v.status <> 'merged'`);
  if (filter.overdue !== undefined) {
    const overdue = overdueSql('v', parameters.add(moment.timeZone), `${parameters.add(moment.instant)}::timestamptz`);
    conditions.push(filter.overdue ? overdue : `NOT ${overdue}`);
  }
  if (filter.irregular !== undefined) conditions.push(`(v.irregular <> '[]') = ${filter.irregular}`);
  if (filter.from) conditions.push(`${local()} >= ${parameters.add(filter.from)}::date`);
  if (filter.to) conditions.push(`${local()} <= ${parameters.add(filter.to)}::date`);
  if (filter.formula) conditions.push(formulaOf(filter.formula).sql('v', moment, parameters));
  conditions.push(...placeSql('v', filter, moment, parameters));
  return conditions.join(' AND ');
}
