import { z } from '@hono/zod-openapi';

/** The part of JSON Schema by which fields are found. */
export interface FieldSchema {
  type?: string;
  format?: string;
  enum?: unknown[];
  maximum?: number;
  exclusiveMaximum?: number;
  properties?: Record<string, FieldSchema>;
  items?: FieldSchema | boolean;
  anyOf?: FieldSchema[];
  oneOf?: FieldSchema[];
}

export interface SchemaField {
  /** `confirmedDate`, `horizons[].targetDate`. */
  path: string;
  schema: FieldSchema;
}

/** Fields of a schema that are wanted, each path once, in the order of the schema. */
export function fieldsOfSchema(schema: z.ZodType, wanted: (schema: FieldSchema) => boolean): SchemaField[] {
  const fields = new Map<string, SchemaField>();
  collect(z.toJSONSchema(schema, { unrepresentable: 'any' }) as FieldSchema, '', wanted, fields);
  return [...fields.values()];
}

function collect(
  schema: FieldSchema,
  path: string,
  wanted: (schema: FieldSchema) => boolean,
  fields: Map<string, SchemaField>,
): void {
  if (wanted(schema)) fields.set(path, { path, schema });
  for (const shape of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) collect(shape, path, wanted, fields);
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    collect(property, path ? `${path}.${name}` : name, wanted, fields);
  if (typeof schema.items === 'object') collect(schema.items, `${path}[]`, wanted, fields);
}

interface Found<Value> {
  field: string;
  value: Value;
}

/** What stands at a path, each with its own path: of a list every element. */
function valuesAt(data: unknown, path: string): Found<unknown>[] {
  if (!/[.[]/.test(path)) return [{ field: path, value: (data as Record<string, unknown>)[path] }];
  let found: Found<unknown>[] = [{ field: '', value: data }];
  for (const part of path.split('.')) {
    const name = part.replaceAll('[]', '');
    found = found.map(({ field, value }) => ({
      field: field ? `${field}.${name}` : name,
      value: (value as Record<string, unknown> | null | undefined)?.[name],
    }));
    for (let depth = (part.length - name.length) / 2; depth > 0; depth--)
      found = found.flatMap(({ field, value }) =>
        Array.isArray(value) ? value.map((element, index) => ({ field: `${field}.${index}`, value: element })) : [],
      );
  }
  return found;
}

/** The texts at a path. */
export function textsAt(data: unknown, path: string): Found<string>[] {
  // Nearly every path is one name: a door looks at some ten thousand a second.
  if (!/[.[]/.test(path)) {
    const value = (data as Record<string, unknown>)[path];
    return typeof value === 'string' ? [{ field: path, value }] : [];
  }
  return valuesAt(data, path).filter((one): one is Found<string> => typeof one.value === 'string');
}

/** The numbers at a path. */
export const numbersAt = (data: unknown, path: string): Found<number>[] =>
  valuesAt(data, path).filter((one): one is Found<number> => typeof one.value === 'number');

/** The objects at a path. */
export const objectsAt = (data: unknown, path: string): Found<object>[] =>
  valuesAt(data, path).filter((one): one is Found<object> => typeof one.value === 'object' && one.value !== null);
