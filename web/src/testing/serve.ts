import { vi } from 'vitest';

/** A request that a component sent. */
export interface Asked {
  method: string;
  path: string;
  query: Record<string, string>;
  /** What was sent as JSON. */
  json?: unknown;
  /** What was sent as a form. */
  form?: FormData;
}

/** An answer that is not a success, as the services write it. */
export const problem = (status: number, body: Record<string, unknown> = {}) =>
  new Response(JSON.stringify({ status, ...body }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });

/**
 * Answers requests from a table: by path, a value that is sent as JSON, or a function of the request. What is not in the table is not found.
 *
 * @returns everything that was asked, in order
 */
export function serve(answers: Record<string, unknown>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', async (address: string, { method = 'GET', body }: RequestInit = {}) => {
    const [path = '', query] = address.split('?');
    const request: Asked = {
      method,
      path,
      query: Object.fromEntries(new URLSearchParams(query)),
      json: typeof body === 'string' ? JSON.parse(body) : undefined,
      ...(body instanceof FormData ? { form: body } : {}),
    };
    asked.push(request);
    if (!(path in answers)) return problem(404);
    const answer = answers[path];
    const given = typeof answer === 'function' ? await answer(request) : answer;
    return given instanceof Response ? given : Response.json(given);
  });
  return asked;
}
