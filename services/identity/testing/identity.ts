import { randomUUID } from 'node:crypto';
import { productPermit } from '#contracts/access/product-permit.ts';
import type { App } from '#platform/app.ts';
import { type Database, migrate, openDatabase } from '#platform/database.ts';
import { createMetrics } from '#platform/metrics.ts';
import { callerHeader, sealCaller, vouchedFor } from '#platform/sealed-caller.ts';
import { silentLog, temporaryDatabase } from '#platform/testing/servers.ts';
import { createIdentity } from '../app.ts';
import { resolvePrincipal } from '../resolve.ts';
import type { IdentityParts } from '../route-shapes.ts';
import { hashOf } from '../secret-text.ts';
import { createSignIn } from '../sign-in.ts';

const secret = 'a secret of thirty-two characters!';
const operatorToken = 'operator-'.repeat(5);
export const publicUrl = 'http://localhost:8080';
export const password = 'mật khẩu của một người';

export interface Shown {
  cookie?: string | undefined;
  token?: string;
  from?: string;
  headers?: Record<string, string>;
}

/** Identity on a database of its own, asked as the front door asks it; the clock stands where the test puts it. */
export async function openIdentity(more: Partial<IdentityParts> = {}) {
  const made = await temporaryDatabase();
  await migrate(made.url, 'geography', new URL('../../geography/migrations/', import.meta.url));
  await migrate(made.url, 'identity', new URL('../migrations/', import.meta.url));
  const database: Database = openDatabase(made.url, { schema: 'identity' });
  const clock = { now: new Date() };
  const parts: IdentityParts = {
    database,
    signIn: createSignIn(database, { secret, publicUrl }),
    now: () => clock.now,
    newId: randomUUID,
    operatorHash: hashOf(operatorToken),
    programmeHashes: {},
    ...more,
  };
  const app: App = createIdentity({
    ...parts,
    log: silentLog,
    metrics: createMetrics('identity'),
    permit: productPermit(vouchedFor(secret)),
  });

  async function ask(method: string, address: string, body?: unknown, shown: Shown = {}): Promise<Response> {
    const { cookie, token, from = '127.0.0.1', headers = {} } = shown;
    const who = await resolvePrincipal(parts, {
      ...(cookie ? { cookie } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    });
    const requestId = randomUUID();
    return app.request(`${publicUrl}${address}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'x-request-id': requestId,
        'x-forwarded-for': from,
        ...(cookie ? { cookie } : {}),
        ...headers,
        ...(who
          ? { [callerHeader]: sealCaller(secret, JSON.stringify(who), { method, address, requestId }, Date.now()) }
          : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
  const admin: Shown = { token: operatorToken };
  const read = async <T>(answer: Promise<Response>): Promise<T> => (await answer).json() as Promise<T>;

  return {
    database,
    parts,
    clock,
    ask,
    admin,
    /** The JSON of an answer. */
    read,
    /** An account with a password and these roles. @returns its id */
    newcomer: async (email: string, grants: unknown[] = []): Promise<string> => {
      const { accountId, code } = await read<{ accountId: string; code: string }>(
        ask('POST', '/api/identity/accounts', { name: 'Minh', email, grants }, admin),
      );
      await ask('POST', '/api/identity/welcome', { code, password });
      return accountId;
    },
    enter: async (email: string, code?: string, typed = password, from?: string) => {
      const answer = await ask(
        'POST',
        '/api/identity/sign-in',
        { email, password: typed, ...(code === undefined ? {} : { code }) },
        from ? { from } : {},
      );
      return {
        status: answer.status,
        cookie: answer.headers.getSetCookie().join('; ').split(';')[0]!,
        body: answer.status === 204 ? {} : ((await answer.json()) as Record<string, unknown>),
      };
    },
    /** Roles that count by a session. */
    rolesOf: async (cookie: string): Promise<string[]> =>
      (await resolvePrincipal(parts, { cookie }))?.grants.map(({ role }) => role) ?? [],
    close: async () => {
      await database.end();
      await made.drop();
    },
  };
}

export type TestIdentity = Awaited<ReturnType<typeof openIdentity>>;
