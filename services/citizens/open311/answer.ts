import Builder from 'fast-xml-builder';
import type { Context } from 'hono';
import { databaseProblem } from '#platform/database-problem.ts';
import { Problem } from '#platform/problem.ts';
import { writableInXml } from '#platform/xml-text.ts';

/** One thing that is wrong (GeoReport v2, Errors). */
export interface GeoError {
  code: number;
  description: string;
}

/** An answer other than success: one status, and what is wrong, each by its field. */
export class GeoProblem extends Error {
  readonly status: number;
  readonly errors: readonly GeoError[];
  readonly headers: Record<string, string>;

  constructor(status: number, errors: readonly (string | GeoError)[], headers: Record<string, string> = {}) {
    super('GeoReport error');
    this.status = status;
    this.errors = errors.map((error) => (typeof error === 'string' ? { code: status, description: error } : error));
    this.headers = headers;
  }
}

export type Format = 'json' | 'xml';

/** Value of an answer: text, number, yes or no, nothing, a group, a list of groups. */
export type GeoValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | GeoGroup
  | readonly GeoGroup[]
  | readonly string[];
export interface GeoGroup {
  readonly [field: string]: GeoValue;
}

/** Names of the elements of lists in XML, by the name of the list (the Spark convention: in JSON a list is an array and nothing more). */
const elementOf: Readonly<Record<string, string>> = {
  services: 'service',
  service_requests: 'request',
  errors: 'error',
  attributes: 'attribute',
  values: 'value',
  endpoints: 'endpoint',
  formats: 'format',
};

const builder = new Builder({ format: true, ignoreAttributes: true, suppressEmptyNode: false, processEntities: true });

/** As the library wants it: a list within the group of its name. */
function forXml(name: string, value: GeoValue): unknown {
  if (Array.isArray(value)) return { [elementOf[name] ?? 'item']: value.map((one: GeoValue) => forXml('', one)) };
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([field, one]) => [field, forXml(field, one as GeoValue)]));
  if (value === null || value === undefined) return '';
  return writableInXml(String(value));
}

/** A document: the root has the name of the list or group. */
export const xmlOf = (root: string, value: GeoValue): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n${builder.build({ [root]: forXml(root, value) })}`;

/** JSON of the same: nothing is null, as the standard's examples have it. */
const jsonOf = (value: GeoValue): string =>
  JSON.stringify(value, (_key, one: unknown) => (one === undefined ? null : one));

/** The format of a request: by the end of its path, else by what is accepted; XML is what the standard requires. */
export function formatOf(context: Context): Format {
  if (/\.json$/.test(context.req.path)) return 'json';
  if (/\.xml$/.test(context.req.path)) return 'xml';
  const accepted = context.req.header('accept') ?? '';
  return accepted.includes('json') && !accepted.includes('xml') ? 'json' : 'xml';
}

/** An answer in the format of the request. */
export function answered(
  context: Context,
  root: string,
  value: GeoValue,
  status = 200,
  headers: Record<string, string> = {},
): Response {
  const json = formatOf(context) === 'json';
  return new Response(json ? jsonOf(value) : xmlOf(root, value), {
    status,
    headers: { 'content-type': json ? 'application/json; charset=utf-8' : 'text/xml; charset=utf-8', ...headers },
  });
}

/** Runs a handler, and tells whatever it refuses in the shape of the standard: 404 what is not there, 403 what is not permitted, 400 the rest that the sender can mend. */
export async function inItsShape(context: Context, handler: () => Promise<Response> | Response): Promise<Response> {
  try {
    return await handler();
  } catch (error) {
    if (error instanceof GeoProblem)
      return answered(
        context,
        'errors',
        error.errors.map((one) => ({ ...one })),
        error.status,
        error.headers,
      );
    const problem = error instanceof Problem ? error : databaseProblem(error, context.req.method === 'GET');
    if (!problem) throw error;
    const status = [404, 403, 429, 503, 507].includes(problem.status)
      ? problem.status
      : problem.status === 401
        ? 403
        : problem.status >= 500
          ? problem.status
          : 400;
    const errors =
      problem.errors.length > 0
        ? problem.errors.map(({ field, reason }) => ({ code: status, description: `${parameterOf(field)}: ${reason}` }))
        : [{ code: status, description: problem.message }];
    return answered(context, 'errors', errors, status, problem.headers);
  }
}

/** Our fields by the parameters of the standard. */
const parameters: Readonly<Record<string, string>> = {
  topic: 'service_code',
  address: 'address_string',
  'location.lat': 'lat',
  'location.lon': 'long',
  mediaUrl: 'media_url',
  name: 'first_name, last_name',
  deviceId: 'device_id',
  accountId: 'account_id',
};
const parameterOf = (field: string): string => {
  const own = field.replace(/^(json|data)\./, '');
  return parameters[own] ?? own;
};
