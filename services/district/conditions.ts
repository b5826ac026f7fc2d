import type { Moment } from './moment.ts';

/** Collects values for a statement and hands out their placeholders. */
export class Parameters {
  readonly values: unknown[] = [];
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** SQL: the row `v` was known at the moment. */
export function knownSql(v: string, moment: Moment, parameters: Parameters): string {
  if (moment.asOf === undefined) return `${v}.known_until = 'infinity'`;
  const asOf = parameters.add(moment.asOf);
  return `${v}.known_at <= ${asOf}::timestamptz AND ${v}.known_until > ${asOf}::timestamptz`;
}

/** SQL: the row's area is this one or lies below it. Areas are taken as they are known today, as the rows' own area is. */
export function withinSql(v: string, areaId: string, moment: Moment, parameters: Parameters): string {
  const area = parameters.add(areaId);
  return `(${v}.area_id = ${area} OR ${v}.area_id IN (SELECT area_id FROM geography.ancestors_at(
    ${parameters.add(moment.district)}, ${parameters.add(moment.now)}::timestamptz, ${parameters.add(moment.day)}::date) WHERE ancestor_id = ${area}))`;
}

/** SQL conditions on the row `v` with an area and a point, of what a place filter says. */
export function placeSql(
  v: string,
  filter: { areaId?: string; located?: boolean; bbox?: readonly number[]; firstSequence?: number },
  moment: Moment,
  parameters: Parameters,
): string[] {
  const conditions: string[] = [];
  if (filter.areaId) conditions.push(withinSql(v, filter.areaId, moment, parameters));
  if (filter.located !== undefined) conditions.push(`${v}.at IS ${filter.located ? 'NOT ' : ''}NULL`);
  if (filter.bbox)
    conditions.push(
      `${v}.at && ST_MakeEnvelope(${filter.bbox.map((degrees) => `${parameters.add(degrees)}::float8`).join(', ')}, 4326)`,
    );
  if (filter.firstSequence) conditions.push(`${v}.first_sequence = ${parameters.add(filter.firstSequence)}`);
  return conditions;
}
