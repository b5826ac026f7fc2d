import { nastyValues } from './nasty-events.ts';
import type { Sound } from './nasty-parameters.ts';

/** JSON Schema of draft 2020-12, as far as bodies use it. */
interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  enum?: unknown[];
  const?: unknown;
  example?: unknown;
  examples?: unknown[];
  default?: unknown;
  minimum?: number;
  minLength?: number;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

/** The parts of an OpenAPI document that say what a body is. */
export interface Described {
  paths?: Record<string, Record<string, { requestBody?: { content?: Record<string, { schema?: Schema }> } }>>;
  components?: { schemas?: Record<string, Schema> };
}

/** What the body of a route is; undefined: it takes none, or none of JSON. Names are resolved in it. `pattern`: `:name` for parameters. */
export function bodySchemaOf(document: Described, method: string, pattern: string): Schema | undefined {
  const path = pattern.replace(/:(\w+)/g, '{$1}');
  const content = document.paths?.[path]?.[method.toLowerCase()]?.requestBody?.content;
  const schema = content?.['application/json']?.schema;
  if (!schema) return undefined;
  const resolved = (one: Schema, depth: number): Schema => {
    if (depth > 12) return {};
    const named = one.$ref?.split('/').at(-1);
    const whole = named === undefined ? one : { ...document.components?.schemas?.[named], ...one, $ref: undefined };
    return Object.fromEntries(
      Object.entries(whole).map(([key, value]) => [key, resolvedIn(value, (inner) => resolved(inner, depth + 1))]),
    );
  };
  return resolved(schema, 0);
}

const resolvedIn = (value: unknown, resolve: (one: Schema) => Schema): unknown =>
  Array.isArray(value)
    ? value.map((one) => (typeof one === 'object' && one !== null ? resolve(one) : one))
    : typeof value === 'object' && value !== null
      ? resolve(value)
      : value;

/**
 * A body that fits its schema well enough: every field that is required or is known by name.
 *
 * @param known values by the field's name
 */
export function soundBody(schema: Schema, known: Sound, name = ''): unknown {
  const type = [schema.type ?? []].flat()[0];
  const example = schema.example ?? schema.examples?.[0] ?? schema.const ?? schema.enum?.[0] ?? schema.default;
  const told = known[name];
  if (told !== undefined && (type === 'string' || type === undefined)) return told;
  if (example !== undefined) return example;
  const parts = schema.anyOf ?? schema.oneOf;
  if (parts) return soundBody(parts[0]!, known, name);
  if (schema.allOf)
    return Object.assign({}, ...schema.allOf.map((one) => soundBody(one, known, name) as Record<string, unknown>));
  if (schema.properties)
    return Object.fromEntries(
      Object.entries(schema.properties).map(([field, one]) => [field, soundBody(one, known, field)]),
    );
  if (type === 'array') return schema.items ? [soundBody(schema.items, known, name)] : [];
  if (type === 'object') return {};
  if (type === 'integer' || type === 'number') return Math.max(schema.minimum ?? 1, 1);
  if (type === 'boolean') return true;
  if (/Date$|^date$/.test(name) || schema.format === 'date') return '2026-05-30';
  if (/[tT]ime$|At$/.test(name) || schema.format === 'date-time') return '2026-05-30T00:00:00Z';
  return 'x'.repeat(Math.max(1, schema.minLength ?? 1));
}

/** The body, as text, with each of its values in turn replaced by each nasty one, or left out; then texts that are no such body at all. */
export function* nastyBodies(sound: unknown): Generator<string> {
  for (const path of placesIn(sound)) {
    for (const value of nastyValues) yield JSON.stringify(replaced(sound, path, value));
    yield JSON.stringify(replaced(sound, path, undefined));
  }
  yield* [
    '',
    ' ',
    'null',
    '[]',
    '{}',
    '1',
    '"x"',
    '{"a":',
    '[{}]',
    '\u0000',
    '{"__proto__":1}',
    `${'['.repeat(5000)}${']'.repeat(5000)}`,
  ];
}

function placesIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return path.length > 0 ? [path] : [];
  const inside = Object.entries(value).flatMap(([key, one]) => placesIn(one, [...path, key]));
  return path.length > 0 ? [path, ...inside] : inside;
}

function replaced(value: unknown, [key, ...rest]: string[], nasty: unknown): unknown {
  if (key === undefined) return nasty;
  if (Array.isArray(value))
    return value.map((one, index) => (String(index) === key ? replaced(one, rest, nasty) : one));
  const fields = value as Record<string, unknown>;
  return { ...fields, [key]: replaced(fields[key], rest, nasty) };
}
