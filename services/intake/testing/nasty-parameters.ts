/** One parameter of a route, as its OpenAPI says. */
export interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header' | 'cookie';
  required?: boolean | undefined;
  schema?: Record<string, unknown> | undefined;
}

const base64url = (text: string) => Buffer.from(text).toString('base64url');

/**
 * Texts that a parameter of an address may be, and that were seen to break a read, with their like: quotes and control characters, days and moments at the ends of
 * the calendar, numbers that are none or too large, boxes that are not on Earth, cursors that no list gave.
 */
export const nastyTexts: readonly string[] = [
  '',
  ' ',
  "'x",
  '"; DROP TABLE x;--',
  'a\u0000b',
  '\u0001',
  '\ufffe\uffff',
  '😀',
  'ệ'.repeat(100),
  'x'.repeat(300),
  'x'.repeat(6000),
  '%',
  '%25%00',
  '../..',
  '*',
  '>',
  'a.b',
  'q7.ward',
  '__proto__',
  'constructor',
  'null',
  'true',
  'NaN',
  'Infinity',
  '-1',
  '0',
  '1',
  '1.5',
  '1e3',
  '1e309',
  '0x10',
  '2147483648',
  '9007199254740993',
  '99999999999999999999',
  '0000-01-01',
  '0001-01-01',
  '1000-01-01',
  '2026-02-30',
  '9999-12-31',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00+14:00',
  '9999-12-31T23:59:59Z',
  '9999-12-31T23:59:59.999999999-12:00',
  '2026-06-01T00:00:00+23:59',
  '2026-06-01T23:59:60Z',
  '2026-06-01T24:00:00Z',
  `2026-06-01T00:00:00.${'1'.repeat(60)}Z`,
  '../2026-06-01T00:00:00Z',
  '2026-06-01T00:00:00Z/..',
  '0000-01-01T00:00:00Z/9999-12-31T23:59:59Z',
  '2026-06-02T00:00:00Z/2026-06-01T00:00:00Z',
  '2026-06-01/2026-06-02/2026-06-03',
  '/',
  '..',
  '-180,-90,180,90',
  '170,10,-170,11',
  '0,0,0,0',
  '-1e308,-1e308,1e308,1e308',
  'NaN,NaN,NaN,NaN',
  ',,,',
  '1,2,3',
  '1,2,3,4,5,6',
  '300,95,301,96',
  '[]',
  '{}',
  '~',
  '2026-01-01~',
  "2026-01-01~'",
  '0000-01-01~1',
  '2026-13-45~1',
  '2026-01-01~99999999999999999999',
  '9999-12-31~9223372036854775808',
  base64url('0000-01-01 00:00:00+00|1'),
  base64url('294277-01-01 00:00:00+00|1'),
  base64url('1|1'),
  base64url('2026|2'),
  base64url('1 Jan 2026 (x)|1'),
  base64url('2026-01-01T00:00:00Z|999999999999999'),
  base64url('["a",1]'),
  base64url('\u0000|\u0000'),
  'a:b',
  'all,all',
  `${'a,'.repeat(400)}a`,
];

/** Texts that stand in an address as they are: no decoder makes a text of them. */
export const rawTexts: readonly string[] = ['%00', '%FF', '%ED%A0%80', '%', '%zz', '+', "'"];

/** Values with which a route of a district can be answered, by the parameter's name. */
export type Sound = Readonly<Record<string, string>>;

/** The address of a route with what it needs, and one parameter as given (encoded). Undefined parameter: all as they should be. */
export function addressOf(
  path: string,
  parameters: readonly Parameter[],
  sound: Sound,
  nasty?: { name: string; encoded: string },
): string {
  const textOf = ({ name, schema }: Parameter) =>
    nasty?.name === name ? nasty.encoded : encodeURIComponent(sound[name] ?? anyOf(schema));
  const filled = path.replace(/\{(\w+)\}|:(\w+)/g, (_, braced?: string, colon?: string) => {
    const name = (braced ?? colon)!;
    return textOf(parameters.find((one) => one.in === 'path' && one.name === name) ?? { name, in: 'path' });
  });
  const query = parameters
    .filter((one) => one.in === 'query' && (one.required || one.name === nasty?.name || one.name === 'district'))
    .map((one) => `${one.name}=${textOf(one)}`)
    .join('&');
  return query ? `${filled}?${query}` : filled;
}

/** A value that fits a schema well enough: its example, the first of its list, else by type. */
function anyOf(schema: Record<string, unknown> = {}): string {
  const {
    example,
    enum: list,
    type,
    minimum,
  } = schema as {
    example?: unknown;
    enum?: unknown[];
    type?: string | string[];
    minimum?: number;
  };
  if (example !== undefined) return String(example);
  if (list?.length) return String(list[0]);
  if (type === 'integer' || type === 'number') return String(minimum ?? 1);
  return 'x';
}
