import { interfaceWords } from '../i18n/interface.ts';

/** One field that the server did not accept. */
export interface FieldError {
  field: string;
  value?: unknown;
  reason: string;
}

/** An answer that is not a success, or no answer at all (status 0). Server problems are RFC 9457 problem+json. */
export class HttpProblem extends Error {
  readonly status: number;
  readonly fields: FieldError[];
  /** The whole problem, for extensions such as the state now or the lawful next steps. */
  readonly body: Record<string, unknown>;

  constructor(status: number, title: string, body: Record<string, unknown> = {}, options?: ErrorOptions) {
    super(title, options);
    this.name = 'HttpProblem';
    this.status = status;
    this.body = body;
    this.fields = Array.isArray(body.errors) ? (body.errors as FieldError[]) : [];
  }
}

export type QueryValues = Record<string, string | number | undefined | null>;

/** Path with the given values as query; empty ones are left out. Values in the path already are kept unless given again. */
export function address(path: string, query: QueryValues = {}): string {
  const [bare, given] = path.split('?');
  const values = new URLSearchParams(given);
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') values.set(key, String(value));
  return values.size ? `${bare}?${values}` : bare!;
}

/** What a refusal for want of a right is to who reads the screen; undefined: it is another one. */
function refusal(status: number): string | undefined {
  const { signIn, forbidden } = interfaceWords[globalThis.document?.documentElement.lang === 'en' ? 'en' : 'vi'].errors;
  return status === 401 ? signIn : status === 403 ? forbidden : undefined;
}

interface Sending {
  query?: QueryValues;
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is, with its own media type. */
  body?: Blob | FormData;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Every request of the product passes here. @throws HttpProblem */
export async function send(
  path: string,
  { query, method = 'GET', json, body, headers = {}, signal }: Sending = {},
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address(path, query), {
      method,
      signal,
      headers: {
        // What the services say of a wrong value is said in the language on the screen, not in the browser's.
        ...(method === 'GET' ? {} : { 'accept-language': globalThis.document?.documentElement.lang || 'vi' }),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: json === undefined ? body : JSON.stringify(json),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new HttpProblem(0, 'no answer', {}, { cause });
  }
  if (response.ok) return response;
  const problem = response.headers.get('content-type')?.includes('json') ? await response.json().catch(() => ({})) : {};
  throw new HttpProblem(
    response.status,
    refusal(response.status) ?? problem.detail ?? problem.title ?? response.statusText,
    problem,
  );
}

export const fetchJson = async <T>(path: string, sending?: Sending): Promise<T> =>
  (await send(path, sending)).json() as Promise<T>;
export const fetchBytes = async (path: string, sending?: Sending): Promise<ArrayBuffer> =>
  (await send(path, sending)).arrayBuffer();
