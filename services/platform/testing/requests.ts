import type { Message } from '../append.ts';
import type { ServiceUnderTest } from './service.ts';

/** Appends, and waits until the rows have it. */
export async function append(service: ServiceUnderTest, district: string, messages: Message[]): Promise<void> {
  const results = await service.parts.appender.appendAll(messages);
  const sequences = results.map((result) => {
    if (!result.ok) throw new Error(result.detail);
    return result.sequence;
  });
  // A new district's follower may not be there yet: then the question is answered at once with no.
  const deadline = Date.now() + 90_000;
  while (!(await service.projections[0]!.reached(district, Math.max(...sequences), 1000))) {
    if (Date.now() > deadline) throw new Error('rows did not follow');
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** Asks again and again until there is something. */
export async function until<Value>(ask: () => Promise<Value | undefined>, timeoutMs = 90_000): Promise<Value> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await ask();
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Error(`did not come in ${timeoutMs} ms`);
    await new Promise((done) => setTimeout(done, 30));
  }
}

/** The answer's JSON; throws unless it is a success. */
export async function get<Answer = Record<string, unknown>>(
  service: ServiceUnderTest,
  address: string,
): Promise<Answer> {
  const response = await service.app.request(address);
  if (response.status !== 200) throw new Error(`${response.status} ${address}: ${await response.text()}`);
  return (await response.json()) as Answer;
}

export const post = (service: ServiceUnderTest, address: string, body: unknown, headers: Record<string, string> = {}) =>
  service.app.request(address, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });

/** Every row of a district in the schema's tables, in a stable order. */
export async function allRows(
  service: ServiceUnderTest,
  schema: string,
  tables: readonly string[],
  district: string,
): Promise<Record<string, string[]>> {
  const rows = await Promise.all(
    tables.map(async (table) => {
      const result = await service.parts.database.query<{ row: string }>(
        `SELECT to_jsonb(t)::text AS row FROM ${schema}.${table} t WHERE district = $1 ORDER BY 1`,
        [district],
      );
      return result.rows.map(({ row }) => row);
    }),
  );
  return Object.fromEntries(tables.map((table, index) => [table, rows[index]!]));
}
