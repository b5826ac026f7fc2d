import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { productPermit } from '#contracts/access/product-permit.ts';
import type { Me } from '#contracts/http/identity.ts';
import type { App } from '#platform/app.ts';
import { type Database, migrate, openDatabase } from '#platform/database.ts';
import { createMetrics } from '#platform/metrics.ts';
import { callerHeader, sealCaller, vouchedFor } from '#platform/sealed-caller.ts';
import { silentLog, temporaryDatabase } from '#platform/testing/servers.ts';
import { createIdentity } from './app.ts';
import { resolvePrincipal } from './resolve.ts';
import { hashOf } from './secret-text.ts';
import { createSignIn } from './sign-in.ts';

const secret = 'a secret of thirty-two characters!';
const operatorToken = 'operator-'.repeat(5);
const password = 'mật khẩu của một người';
let database: Database;
let drop: () => Promise<void>;
let app: App;
let parts: Parameters<typeof resolvePrincipal>[0];

beforeAll(async () => {
  const made = await temporaryDatabase();
  drop = made.drop;
  await migrate(made.url, 'geography', new URL('../geography/migrations/', import.meta.url));
  await migrate(made.url, 'identity', new URL('./migrations/', import.meta.url));
  database = openDatabase(made.url, { schema: 'identity' });
  parts = {
    database,
    signIn: createSignIn(database, { secret, publicUrl: 'http://localhost:8080' }),
    now: () => new Date(),
    operatorHash: hashOf(operatorToken),
    programmeHashes: {},
  };
  app = createIdentity({
    ...parts,
    newId: randomUUID,
    log: silentLog,
    metrics: createMetrics('identity'),
    permit: productPermit(vouchedFor(secret)),
  });
});
afterAll(async () => {
  await database.end();
  await drop();
});

interface Shown {
  cookie?: string;
  authorization?: string;
}
async function ask(method: string, address: string, shown: Shown, body?: unknown): Promise<Response> {
  const who = await resolvePrincipal(parts, shown);
  const requestId = randomUUID();
  return app.request(address, {
    method,
    headers: {
      'content-type': 'application/json',
      'x-request-id': requestId,
      ...(shown.cookie ? { cookie: shown.cookie } : {}),
      ...(who
        ? { [callerHeader]: sealCaller(secret, JSON.stringify(who), { method, address, requestId }, Date.now()) }
        : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
const operator = { authorization: `Bearer ${operatorToken}` };
async function enter(email: string): Promise<{ cookie: string }> {
  const answer = await ask('POST', '/api/identity/sign-in', {}, { email, password });
  return { cookie: answer.headers.getSetCookie()[0]!.split(';')[0]! };
}
async function newcomer(email: string, role: string): Promise<void> {
  const grants = [{ role, districts: ['q7'] }];
  const made = await ask('POST', '/api/identity/accounts', operator, { name: 'Minh', email, grants });
  const { code } = (await made.json()) as { code: string };
  expect((await ask('POST', '/api/identity/welcome', {}, { code, password })).status).toBe(204);
}
const me = async (shown: Shown) => (await (await ask('GET', '/api/identity/me', shown)).json()) as Me;

test('a purpose is said once in a session: the next sign-in asks again, and another session knows nothing of it', async () => {
  await newcomer('bs@q7.vn', 'epidemiologist');
  const first = await enter('bs@q7.vn');
  expect(await me(first)).toMatchObject({ purpose: null, asksPurpose: true });
  expect((await resolvePrincipal(parts, first))!.purpose).toBeNull();

  expect((await ask('POST', '/api/identity/purpose', first, { purpose: 'curiosity' })).status).toBe(422);
  expect((await ask('POST', '/api/identity/purpose', {}, { purpose: 'care' })).status).toBe(401);
  expect((await ask('POST', '/api/identity/purpose', first, { purpose: 'care' })).status).toBe(204);
  expect(await me(first)).toMatchObject({ purpose: 'care', asksPurpose: true });
  expect((await resolvePrincipal(parts, first))!.purpose).toBe('care');

  const second = await enter('bs@q7.vn');
  expect((await resolvePrincipal(parts, second))!.purpose).toBeNull();
  expect((await ask('POST', '/api/identity/purpose', second, { purpose: 'reporting' })).status).toBe(204);
  expect([(await me(first)).purpose, (await me(second)).purpose]).toEqual(['care', 'reporting']);
});

test('who may see no person anyway is not asked', async () => {
  await newcomer('pt@q7.vn', 'analyst');
  expect(await me(await enter('pt@q7.vn'))).toMatchObject({ purpose: null, asksPurpose: false });
});

test('a token carries its purpose from when it was made; without one a token of a person’s role reads nobody', async () => {
  const make = async (more: Record<string, unknown>) => {
    const body = { name: 'x', districts: ['q7'], expiresAt: '2100-01-01T00:00:00Z', ...more };
    return ((await (await ask('POST', '/api/identity/tokens', operator, body)).json()) as { token: string }).token;
  };
  const purposeOf = async (token: string) =>
    (await resolvePrincipal(parts, { authorization: `Bearer ${token}` }))!.purpose;
  expect(await purposeOf(await make({ role: 'epidemiologist', purpose: 'care' }))).toBe('care');
  expect(await purposeOf(await make({ role: 'epidemiologist' }))).toBeNull();
  expect(await purposeOf(await make({}))).toBe('reporting');
  // Of an earlier version.
  const old = await make({});
  await database.query('UPDATE tokens SET purpose = NULL WHERE token_hash = $1', [hashOf(old)]);
  expect(await purposeOf(old)).toBe('reporting');
});
