import type { z } from '@hono/zod-openapi';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import { violations as feed } from '#contracts/events/urban-order/feeds.ts';
import { violationKind } from '#contracts/events/urban-order/violation-reported.ts';
import { askedDay } from '#contracts/primitives.ts';
import { placeConditions } from '../../district/conditions.ts';
import { known } from '../../district/known.ts';
import type { Moment } from '../../district/moment.ts';
import { flag, listOf } from '../../district/query.ts';
import type { FilteredRows } from '../../lifecycle/read-page.ts';
import { entityFilter } from '../../lifecycle/route-shapes.ts';
import { overdueAt } from '../violation/legal-clock.ts';
import { violationTables } from '../violation/tables.ts';
import { violationStatuses } from '../violation/transitions.ts';
import { formulaOf, formulas, seenOn } from './formulas.ts';

/** Which violations: the same for the list, the map's points and the totals. */
export const violationFilter = entityFilter(formulas, 'violation').extend({
  kind: listOf(violationKind.options, 'without-permit,canal-filling'),
  status: listOf(violationStatuses, 'reported,verified'),
  overdue: flag,
  irregular: flag,
  /** Merged and dismissed reports are left out, as on the map, unless asked for: all of them here, some by status. */
  includeMerged: flag,
  /** First and last local day on which it was seen. */
  from: askedDay.optional(),
  to: askedDay.optional(),
});
export type ViolationFilter = z.infer<typeof violationFilter>;

/** SQL: somebody has reported it. While only its steps were heard of, it waits, and is in no list and no figure. */
export const isReported: Sql = raw('v.reported');

/** Versions of violations, as `v`. */
export const versions: Sql = sql`${raw(violationTables.versions)} v`;

export function violationsOf(filter: ViolationFilter, moment: Moment): FilteredRows {
  const { kind, status, overdue, irregular, from, to, formula } = filter;
  const conditions = [sql`v.district = ${moment.district}`, known('v', moment), isReported];
  if (kind) conditions.push(sql`v.kind = ANY(${kind}::text[])`);
  if (status) conditions.push(sql`v.status = ANY(${status}::text[])`);
  else if (!filter.includeMerged && !filter.firstSequence) {
    // A formula says itself which of the dismissed it counts: a report in a week was a report, whatever came of it.
    const left: readonly string[] = formula ? ['merged'] : feed.points.goneStatuses;
    conditions.push(sql`v.status <> ALL(${left}::text[])`);
  }
  if (overdue !== undefined) conditions.push(overdue ? overdueAt(moment) : sql`NOT ${overdueAt(moment)}`);
  if (irregular !== undefined) conditions.push(sql`(v.irregular <> '[]') = ${irregular}`);
  if (from) conditions.push(sql`${seenOn(moment)} >= ${from}::date`);
  if (to) conditions.push(sql`${seenOn(moment)} <= ${to}::date`);
  if (formula) conditions.push(formulaOf(formula).condition(moment));
  conditions.push(...placeConditions('v', filter, moment));
  return { from: versions, where: join(conditions, ' AND ') };
}
