import type { z } from '@hono/zod-openapi';
import type { Implausible } from './define-event.ts';
import { type FieldSchema, fieldsOfSchema, numbersAt } from './schema-fields.ts';

/**
 * The most that a whole number may be whose event says nothing else: people, beds, doses. The country has 100 million people; what is more is a
 * telephone number in the wrong column, or does not fit the rows (32 bits).
 */
export const mostOfWholes = 1_000_000_000;
/** The same of any other number: the gross domestic product of the country in dong is 1.2 × 10^16 (General Statistics Office, 2024: 11.5 million billion). */
export const mostOfNumbers = 1e18;

const known = new WeakMap<object, { path: string; most: number }[]>();

/** Numbers of the schema that it does not bound itself, each with what it may be at most. Made once for each definition. */
function unbounded(definition: { schema: z.ZodType }): { path: string; most: number }[] {
  let fields = known.get(definition);
  if (!fields) {
    const isNumber = ({ type }: FieldSchema) => type === 'integer' || type === 'number';
    fields = fieldsOfSchema(definition.schema, isNumber)
      .filter(({ schema: { maximum, exclusiveMaximum } }) => (maximum ?? exclusiveMaximum ?? 2 ** 53) >= 2 ** 53 - 1)
      .map(({ path, schema }) => ({ path, most: schema.type === 'integer' ? mostOfWholes : mostOfNumbers }));
    known.set(definition, fields);
  }
  return fields;
}

/** Numbers that are larger than anything that is counted or measured here, by their paths. Pure. */
export function unlikelyNumbers<Data>(definition: { schema: z.ZodType<Data> }, data: Data): Implausible[] {
  const found: Implausible[] = [];
  for (const { path, most } of unbounded(definition))
    for (const { field, value } of numbersAt(data, path)) {
      if (Math.abs(value) <= most) continue;
      const words = {
        vi: `nhiều nhất là ${most.toLocaleString('vi')}`,
        en: `at most ${most.toLocaleString('en')}`,
      };
      found.push({ field, value, reason: words.en, words });
    }
  return found;
}
