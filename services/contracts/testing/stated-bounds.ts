import { z } from '@hono/zod-openapi';

/** The part of JSON Schema by which bounds are written. */
interface Schema {
  type?: string | string[];
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  items?: Schema | boolean;
  prefixItems?: Schema[];
  anyOf?: Schema[];
}

/** Patterns that stand for a name in the tables of bounds. */
const patterns: Record<string, string> = {
  '^[A-Za-z0-9_-]{1,80}$': 'identifier',
  '^[a-z0-9-]{1,32}$': 'district',
  '^(all|\\d{1,3}-\\d{1,3}|\\d{1,3}\\+)$': 'age group',
  '^[a-z0-9-]{1,40}$': 'version',
  '^[0-9a-f]{64}$': 'SHA-256',
  '^application\\/(json|[\\w.+-]+\\+json)\\s*(;.*)?$': 'JSON media type',
};

/**
 * Every bound of a schema, by path (`horizons[].weeks`): `integer 0..125`, `number 0..1`, `number >0..`, `text 1..200`, `list 1..8`, or the name of a
 * pattern. Where a value may have several shapes nothing beneath is told: each shape has a schema of its own.
 */
export function statedBounds(schema: z.ZodType): Record<string, string> {
  const bounds: Record<string, string> = {};
  walk(z.toJSONSchema(schema, { unrepresentable: 'any' }) as Schema, '', bounds);
  return bounds;
}

function walk(schema: Schema, path: string, bounds: Record<string, string>): void {
  const shapes = schema.anyOf?.filter(({ type }) => type !== 'null');
  if (shapes) {
    if (shapes.length === 1) walk(shapes[0]!, path, bounds);
    return;
  }
  const bound = boundOf(schema);
  if (bound) bounds[path] = bound;
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    walk(property, path ? `${path}.${name}` : name, bounds);
  for (const [index, item] of (schema.prefixItems ?? []).entries()) walk(item, `${path}[${index}]`, bounds);
  if (schema.items && typeof schema.items === 'object' && !schema.prefixItems) walk(schema.items, `${path}[]`, bounds);
}

function boundOf(schema: Schema): string | undefined {
  // What a number of this machine can hold anyway is no bound.
  const safe = (value: number | undefined) => (Math.abs(value ?? 0) === Number.MAX_SAFE_INTEGER ? undefined : value);
  const span = (kind: string, low: number | undefined, high: number | undefined, sign = '') =>
    low === undefined && high === undefined
      ? undefined
      : `${kind} ${low === undefined ? '' : sign}${low ?? ''}..${high ?? ''}`;
  if (schema.format === 'date') return 'day';
  if (schema.format === 'date-time') return 'instant';
  if (schema.pattern) return patterns[schema.pattern] ?? schema.pattern;
  switch (schema.type) {
    case 'integer':
    case 'number':
      return schema.exclusiveMinimum === undefined
        ? span(schema.type, safe(schema.minimum), safe(schema.maximum))
        : span(schema.type, schema.exclusiveMinimum, safe(schema.maximum), '>');
    case 'string':
      return span('text', schema.minLength, schema.maxLength);
    case 'array':
      return schema.prefixItems ? undefined : span('list', schema.minItems, schema.maxItems);
  }
}

const names: Record<string, { within: unknown[]; beyond: unknown[] }> = {
  identifier: { within: ['a', 'A-_9'.repeat(20)], beyond: ['', 'a'.repeat(81), 'a.b', 'a b', 'a/b', 'â'] },
  district: { within: ['q', 'q7-'.repeat(10), 'a'.repeat(32)], beyond: ['', 'a'.repeat(33), 'Q7', 'q_7', 'q.7'] },
  'age group': {
    within: ['all', '0-4', '18-49', '100-125', '65+'],
    beyond: ['', 'All', '18', '18-', '+', '1000+', '18–49', '1-2+'],
  },
  version: { within: ['v', 'v-1'.repeat(13), 'a'.repeat(40)], beyond: ['', 'a'.repeat(41), 'V1', 'v.1'] },
  'JSON media type': {
    within: ['application/json', 'Application/JSON', 'application/cloudevents+json; charset=utf-8'],
    beyond: ['', 'text/plain', 'application/xml', 'xapplication/json', 'application/jsonx', 'application/+json'],
  },
  'SHA-256': { within: ['0f'.repeat(32)], beyond: ['0f'.repeat(31), `${'0f'.repeat(32)}0`, '0F'.repeat(32)] },
  day: {
    within: ['2020-02-29', '2021-12-31'],
    beyond: ['2021-02-29', '2021-12-32', '2021-1-01', '2021-01-01T00:00:00Z'],
  },
  instant: {
    within: ['2021-01-01T00:00:00Z', '2021-01-01T23:59:59.999+07:00'],
    beyond: [
      '2021-01-01T00:00:00',
      '2021-01-01',
      '2021-01-01T24:00:00Z',
      '2021-02-29T00:00:00Z',
      '2021-01-01 00:00:00Z',
    ],
  },
};

/** Values on both sides of a bound as `statedBounds` writes it. `element`: what a list is made of. */
export function sidesOf(bound: string, element: unknown): { within: unknown[]; beyond: unknown[] } {
  if (names[bound]) return names[bound];
  const [, kind, above, low, high] = /^(integer|number|text|list) (>?)(-?[\d.]*?)\.\.(.*)$/.exec(bound)!;
  const of = {
    integer: (value: number, step: number) => value + step,
    // The next number of this size that can be told apart.
    number: (value: number, step: number) => value + step * 1e-9 * Math.max(1, Math.abs(value)),
    text: (value: number, step: number) => 'x'.repeat(value + step),
    list: (value: number, step: number) => new Array(value + step).fill(element),
  }[kind!]!;
  const within: unknown[] = [];
  const beyond: unknown[] = kind === 'integer' ? [Number(low || high) + (low ? 0.5 : -0.5)] : [];
  if (low) {
    within.push(of(Number(low), above ? 1 : 0));
    if (above) beyond.push(of(Number(low), 0));
    else if (Number(low) > 0 || kind === 'integer' || kind === 'number') beyond.push(of(Number(low), -1));
  }
  if (high) {
    within.push(of(Number(high), 0));
    beyond.push(of(Number(high), 1));
  }
  return { within, beyond };
}

/** A copy of `data` with another value at a path as `statedBounds` writes it; of lists the first element. */
export function withValue(data: unknown, path: string, value: unknown): unknown {
  const copy = structuredClone(data);
  const keys = keysOf(path);
  let place = copy as Record<string | number, unknown>;
  for (const key of keys.slice(0, -1)) place = place[key] as Record<string | number, unknown>;
  place[keys.at(-1)!] = value;
  return copy;
}

export function valueAt(data: unknown, path: string): unknown {
  return keysOf(path).reduce(
    (place: unknown, key) => (place as Record<string | number, unknown> | undefined)?.[key],
    data,
  );
}

/** True when the schema finds fault with the value itself at the path, or with what is in it. */
export function isRefusedAt(schema: z.ZodType, data: unknown, path: string): boolean {
  const prefix = keysOf(path).join('.');
  const { error } = schema.safeParse(data);
  return (error?.issues ?? []).some((issue) => `${issue.path.join('.')}.`.startsWith(`${prefix}.`));
}

const keysOf = (path: string): (string | number)[] =>
  path
    .replaceAll('[]', '[0]')
    .split(/\.|(?=\[)/)
    .filter(Boolean)
    .map((part) => (part.startsWith('[') ? Number(part.slice(1, -1)) : part));
