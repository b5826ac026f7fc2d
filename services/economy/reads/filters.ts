import { z } from '@hono/zod-openapi';
import { businessRegistration, businessStatus } from '#contracts/events/business-registered.ts';
import { areaQuery } from '#contracts/http.ts';
import { day } from '#contracts/primitives.ts';
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

/** Which businesses: the same for the list, the map's points and the totals. Those that are registered later than `on` are not there yet. */
export const businessFilter = areaQuery.extend({
  on: day.optional().openapi({ description: 'the day whose status counts; left out: the local day of asOf' }),
  status: listOf(businessStatus.options, 'open,restricted'),
  form: listOf(businessRegistration.shape.form.unwrap().options, 'household'),
  sector: z.string().max(120).optional(),
  located: flag,
  bbox: boundingBox,
  formula: z.enum(formulaIds).optional().openapi({ description: 'exactly the rows that this formula counts' }),
  firstSequence: z.coerce.number().int().min(1).optional().openapi({ description: 'the business that a point names' }),
});
export type BusinessFilter = z.infer<typeof businessFilter>;

/** Rows `v` of businesses with the span `s` that holds on the day. */
export const fromSql = `economy.business_versions v JOIN economy.status_spans s ON s.district = v.district AND s.business_id = v.business_id`;

/** SQL conditions on `v` and `s`: known at the moment, holding on the day. */
export function heldSql(moment: Moment, on: string, parameters: Parameters): string {
  const date = `${parameters.add(on)}::date`;
  return `v.district = ${parameters.add(moment.district)} AND ${knownSql('v', moment, parameters)} AND ${knownSql('s', moment, parameters)}
    AND s.from_day <= ${date} AND s.until_day > ${date}`;
}

/** SQL conditions on `v` and `s`, joined by AND. */
export function filterSql(filter: BusinessFilter, moment: Moment, parameters: Parameters): string {
  const on = filter.on ?? moment.day;
  const conditions = [heldSql(moment, on, parameters)];
  if (filter.areaId) conditions.push(withinSql('v', filter.areaId, moment, parameters));
  if (filter.status) conditions.push(`s.status = ANY(${parameters.add(filter.status)}::text[])`);
  if (filter.form) conditions.push(`v.form = ANY(${parameters.add(filter.form)}::text[])`);
  if (filter.sector) conditions.push(`v.sector = ${parameters.add(filter.sector)}`);
  if (filter.located !== undefined) conditions.push(`v.at IS ${filter.located ? 'NOT ' : ''}NULL`);
  if (filter.bbox)
    conditions.push(
      `v.at && ST_MakeEnvelope(${filter.bbox.map((degrees) => `${parameters.add(degrees)}::float8`).join(', ')}, 4326)`,
    );
  if (filter.formula) conditions.push(formulaOf(filter.formula).sql('s', () => `${parameters.add(on)}::date`));
  if (filter.firstSequence) conditions.push(`v.first_sequence = ${parameters.add(filter.firstSequence)}`);
  return conditions.join(' AND ');
}

/** SQL: the row's area is this one or lies below it. Areas are taken as they are known today, as the rows' own area is. */
export function withinSql(v: string, areaId: string, moment: Moment, parameters: Parameters): string {
  const area = parameters.add(areaId);
  return `(${v}.area_id = ${area} OR ${v}.area_id IN (SELECT area_id FROM geography.ancestors_at(
    ${parameters.add(moment.district)}, ${parameters.add(moment.now)}::timestamptz, ${parameters.add(moment.day)}::date) WHERE ancestor_id = ${area}))`;
}
