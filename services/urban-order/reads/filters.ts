import { z } from '@hono/zod-openapi';
import { violationKind } from '#contracts/events/violation-reported.ts';
import { areaQuery } from '#contracts/http.ts';
import { day } from '#contracts/primitives.ts';
import { overdueSql } from '../violation/legal-clock.ts';
import { violationStatuses } from '../violation/transitions.ts';
import { formulaIds, formulaOf } from './formulas.ts';
import { knownSql, type Moment, type Parameters } from './moment.ts';

const listOf = <Value extends string>(values: readonly Value[], example: string) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(values)))
    .optional()
    .openapi({ type: 'string', description: 'one, or several with commas', example });
const flag = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .optional();

/** west,south,east,north in degrees. */
const boundingBox = z
  .string()
  .transform((text) => text.split(',').map(Number))
  .pipe(z.tuple([z.number(), z.number(), z.number(), z.number()]))
  .refine(
    ([west, south, east, north]) => west <= east && south <= north,
    'west,south,east,north with west ≤ east, south ≤ north',
  )
  .optional()
  .openapi({ type: 'string', example: '106.69,10.69,106.77,10.78' });

/** Which violations: the same for the list, the map's points and the totals. */
export const violationFilter = areaQuery.extend({
  kind: listOf(violationKind.options, 'without-permit,canal-filling'),
  status: listOf(violationStatuses, 'reported,verified'),
  overdue: flag,
  irregular: flag,
  /** true: has a position. */
  located: flag,
  /** Merged reports are left out unless asked for, here or by status. */
  includeMerged: flag,
  /** First and last local day on which it was seen. */
  from: day.optional(),
  to: day.optional(),
  bbox: boundingBox,
  formula: z.enum(formulaIds).optional().openapi({ description: 'exactly the rows that this formula counts' }),
  firstSequence: z.coerce.number().int().min(1).optional().openapi({ description: 'the violation that a point names' }),
});
export type ViolationFilter = z.infer<typeof violationFilter>;

/** SQL conditions on `v`, joined by AND. */
export function filterSql(filter: ViolationFilter, moment: Moment, parameters: Parameters): string {
  const local = () => `(v.occurred_at AT TIME ZONE ${parameters.add(moment.timeZone)})::date`;
  const conditions = [`v.district = ${parameters.add(moment.district)}`, knownSql('v', moment, parameters)];
  if (filter.areaId) conditions.push(withinSql('v', filter.areaId, moment, parameters));
  if (filter.kind) conditions.push(`v.kind = ANY(${parameters.add(filter.kind)}::text[])`);
  if (filter.status) conditions.push(`v.status = ANY(${parameters.add(filter.status)}::text[])`);
  else if (!filter.includeMerged && !filter.firstSequence) conditions.push(`v.status <> 'merged'`);
  if (filter.overdue !== undefined) {
    const overdue = overdueSql('v', parameters.add(moment.timeZone), `${parameters.add(moment.instant)}::timestamptz`);
    conditions.push(filter.overdue ? overdue : `NOT ${overdue}`);
  }
  if (filter.irregular !== undefined) conditions.push(`(v.irregular <> '[]') = ${filter.irregular}`);
  if (filter.located !== undefined) conditions.push(`v.at IS ${filter.located ? 'NOT ' : ''}NULL`);
  if (filter.from) conditions.push(`${local()} >= ${parameters.add(filter.from)}::date`);
  if (filter.to) conditions.push(`${local()} <= ${parameters.add(filter.to)}::date`);
  if (filter.bbox)
    conditions.push(
      `v.at && ST_MakeEnvelope(${filter.bbox.map((degrees) => `${parameters.add(degrees)}::float8`).join(', ')}, 4326)`,
    );
  if (filter.formula) conditions.push(formulaOf(filter.formula).sql('v', moment, parameters));
  if (filter.firstSequence) conditions.push(`v.first_sequence = ${parameters.add(filter.firstSequence)}`);
  return conditions.join(' AND ');
}

/** SQL: the row's area is this one or lies below it. Areas are taken as they are known today, as the rows' own area is. */
function withinSql(v: string, areaId: string, moment: Moment, parameters: Parameters): string {
  const area = parameters.add(areaId);
  return `(${v}.area_id = ${area} OR ${v}.area_id IN (SELECT area_id FROM geography.ancestors_at(
    ${parameters.add(moment.district)}, ${parameters.add(moment.now)}::timestamptz, ${parameters.add(moment.day)}::date) WHERE ancestor_id = ${area}))`;
}
