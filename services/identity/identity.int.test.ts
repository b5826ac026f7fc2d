import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Principal } from '#contracts/access/principal.ts';
import { productPermit } from '#contracts/access/product-permit.ts';
import type { AccountRow, Me, SessionRow, TokenRow } from '#contracts/http/identity.ts';
import type { App } from '#platform/app.ts';
import { type Database, migrate, openDatabase } from '#platform/database.ts';
import { createMetrics } from '#platform/metrics.ts';
import { callerHeader, sealCaller, vouchedFor } from '#platform/sealed-caller.ts';
import { silentLog, temporaryDatabase } from '#platform/testing/servers.ts';
import { createIdentity } from './app.ts';
import { keepInvitation } from './invitations.ts';
import { resolvePrincipal } from './resolve.ts';
import { hashOf } from './secret-text.ts';
import { createSignIn, type SignIn } from './sign-in.ts';

const secret = 'a secret of thirty-two characters!';
const password = 'mật khẩu của một người';
const firstCode = 'first-'.repeat(6);
const operatorToken = 'operator-'.repeat(5);

let database: Database;
let drop: () => Promise<void>;
let app: App;
let signIn: SignIn;
let now = new Date();
const parts = () => ({
  database,
  signIn,
  now: () => now,
  operatorHash: hashOf(operatorToken),
  programmeHashes: { import: hashOf('import-'.repeat(6)) },
});

beforeAll(async () => {
  const made = await temporaryDatabase();
  drop = made.drop;
  await migrate(made.url, 'geography', new URL('../geography/migrations/', import.meta.url));
  await migrate(made.url, 'identity', new URL('./migrations/', import.meta.url));
  database = openDatabase(made.url, { schema: 'identity' });
  signIn = createSignIn(database, { secret, publicUrl: 'http://localhost:8080' });
  await keepInvitation(database, { hash: hashOf(firstCode), userId: null, now });
  app = createIdentity({
    ...parts(),
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

/** As the front door passes it on: who shows the cookie or the token is sealed in. */
async function ask(
  method: string,
  address: string,
  body?: unknown,
  { cookie, token, from = '127.0.0.1' }: { cookie?: string; token?: string; from?: string } = {},
): Promise<Response> {
  const who = await resolvePrincipal(parts(), {
    ...(cookie ? { cookie } : {}),
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  });
  const requestId = randomUUID();
  return app.request(address, {
    method,
    headers: {
      'content-type': 'application/json',
      'x-request-id': requestId,
      'x-forwarded-for': from,
      ...(cookie ? { cookie } : {}),
      ...(who
        ? { [callerHeader]: sealCaller(secret, JSON.stringify(who), { method, address, requestId }, Date.now()) }
        : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
const welcome = (body: Record<string, string>) => ask('POST', '/api/identity/welcome', body);
async function enter(
  email: string,
  typed = password,
  from?: string,
): Promise<{ status: number; cookie: string; set: string }> {
  const answer = await ask('POST', '/api/identity/sign-in', { email, password: typed }, from ? { from } : {});
  const set = answer.headers.getSetCookie().join('; ');
  return { status: answer.status, cookie: set.split(';')[0]!, set };
}
const me = async (cookie: string) => (await (await ask('GET', '/api/identity/me', undefined, { cookie })).json()) as Me;
const admin = { token: operatorToken };
const principalOf = (cookie: string): Promise<Principal | undefined> => resolvePrincipal(parts(), { cookie });

describe('the first administrator', () => {
  test('comes by the one-time code, chooses a password of twelve characters, and once only', async () => {
    expect((await me('')).firstAdministrator).toBe(true);
    const person = { code: firstCode, name: 'Lan', email: 'Lan@Q7.vn' };
    expect((await welcome({ ...person, password: 'ngắn quá' })).status).toBe(422);
    expect((await welcome({ ...person, code: 'x'.repeat(43), password })).status).toBe(403);
    const both = await Promise.all([
      welcome({ ...person, password }),
      welcome({ ...person, email: 'hai@q7.vn', password }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([204, 403]);
    expect((await me('')).firstAdministrator).toBe(false);
    expect((await welcome({ ...person, email: 'ba@q7.vn', password })).status).toBe(403);
  });

  test('signs in with a cookie that no script reads, and may look after accounts', async () => {
    const { rows } = await database.query<{ email: string }>('SELECT email FROM "user"');
    const { status, cookie, set } = await enter(rows[0]!.email.toUpperCase());
    expect(status).toBe(204);
    expect(set).toMatch(/HttpOnly/);
    expect(set).toMatch(/SameSite=Lax/i);
    expect(await me(cookie)).toMatchObject({ known: true, kind: 'user', name: 'Lan', manages: true });
    expect((await ask('GET', '/api/identity/accounts', undefined, { cookie })).status).toBe(200);
    const stored = await database.query('SELECT password FROM account');
    expect(JSON.stringify(stored.rows)).not.toContain(password);
  });
});

describe('accounts', () => {
  const invite = async (email: string, grants: unknown[] = []) => {
    const answer = await ask('POST', '/api/identity/accounts', { name: 'Minh', email, grants }, admin);
    expect(answer.status).toBe(201);
    return (await answer.json()) as { accountId: string; code: string };
  };
  const newcomer = async (email: string, grants: unknown[] = []) => {
    const { accountId, code } = await invite(email, grants);
    expect((await welcome({ code, password })).status).toBe(204);
    return accountId;
  };
  const rowOf = async (id: string) =>
    ((await (await ask('GET', '/api/identity/accounts', undefined, admin)).json()) as AccountRow[]).find(
      (row) => row.id === id,
    )!;

  test('nobody makes one without the right', async () => {
    const body = { name: 'A', email: 'a@q7.vn' };
    expect((await ask('POST', '/api/identity/accounts', body)).status).toBe(401);
    await newcomer('doctor@q7.vn', [{ role: 'epidemiologist', districts: ['q7'] }]);
    const { cookie } = await enter('doctor@q7.vn');
    expect((await ask('POST', '/api/identity/accounts', body, { cookie })).status).toBe(403);
    await newcomer('half@q7.vn', [{ role: 'administrator', districts: ['q7'] }]);
    const half = await enter('half@q7.vn');
    expect((await ask('POST', '/api/identity/accounts', body, { cookie: half.cookie })).status).toBe(403);
  });

  test('an address has one account; the code of a new one is shown once and an older one is worth nothing', async () => {
    const { accountId, code } = await invite('one@q7.vn');
    expect((await ask('POST', '/api/identity/accounts', { name: 'B', email: 'ONE@q7.vn' }, admin)).status).toBe(409);
    const again = (await (
      await ask('POST', `/api/identity/accounts/${accountId}/invitation`, undefined, admin)
    ).json()) as { code: string };
    expect((await welcome({ code, password })).status).toBe(403);
    expect((await welcome({ code: again.code, password })).status).toBe(204);
    const { rows } = await database.query<{ code_hash: string }>('SELECT code_hash FROM invitations');
    expect(rows.map((row) => row.code_hash)).not.toContain(again.code);
  });

  test('a code is not taken after 24 hours', async () => {
    const { code } = await invite('late@q7.vn');
    const before = now;
    now = new Date(before.getTime() + 24 * 3_600_000);
    expect((await welcome({ code, password })).status).toBe(403);
    now = before;
    expect((await welcome({ code, password })).status).toBe(204);
  });

  test('a grant has its districts, its areas with those below them, and its time', async () => {
    await database.query(
      `INSERT INTO geography.area_versions (district, area_id, parent_id, level, name, name_plain, valid_from, known_at, estimated, sequence, event_id)
       SELECT 'q7', id, parent, 'ward', id, id, '2020-01-01', '2020-01-01', false, 1, 'e'
       FROM (VALUES ('w', NULL), ('w-1', 'w'), ('w-1-a', 'w-1'), ('v', NULL)) AS made (id, parent)`,
    );
    const id = await newcomer('officer@q7.vn', [
      { role: 'health-station-officer', districts: ['q7'], areas: ['w'], until: '2027-01-01T00:00:00Z' },
    ]);
    const { cookie } = await enter('officer@q7.vn');
    expect((await principalOf(cookie))!.grants).toEqual([
      {
        role: 'health-station-officer',
        districts: ['q7'],
        areas: ['w', 'w-1', 'w-1-a'],
        until: '2027-01-01T00:00:00.000Z',
      },
    ]);
    expect((await principalOf(cookie))!.actor).toEqual({ authtype: 'user', authid: id });
    const [grant] = (await rowOf(id)).grants;
    expect((await ask('DELETE', `/api/identity/grants/${grant!.id}`, undefined, admin)).status).toBe(204);
    expect((await principalOf(cookie))!.grants).toEqual([]);
    expect((await ask('DELETE', `/api/identity/grants/${grant!.id}`, undefined, admin)).status).toBe(404);
  });

  test('five wrong tries lock the account for a quarter of an hour, for the right password too', async () => {
    const id = await newcomer('locked@q7.vn');
    for (let wrong = 0; wrong < 5; wrong++)
      expect((await enter('locked@q7.vn', 'wrong', `10.0.0.${wrong}`)).status).toBe(401);
    expect((await enter('locked@q7.vn')).status).toBe(429);
    expect((await rowOf(id)).lockedUntil).toBe(new Date(now.getTime() + 15 * 60_000).toISOString());
    const before = now;
    now = new Date(before.getTime() + 15 * 60_000);
    expect((await enter('locked@q7.vn')).status).toBe(204);
    now = before;
  });

  test('a wrong address is told as a wrong password is', async () => {
    const answers = await Promise.all(
      ['nobody-there@q7.vn', 'officer@q7.vn'].map((email) =>
        ask('POST', '/api/identity/sign-in', { email, password: 'wrong' }),
      ),
    );
    const told = await Promise.all(
      answers.map(async (answer) => [answer.status, ((await answer.json()) as { title: string }).title]),
    );
    expect(told[0]).toEqual(told[1]);
  });

  test('sessions are listed, ended one by one, all by a new password and by a disabled account', async () => {
    const id = await newcomer('sessions@q7.vn');
    const [one, two, three] = [
      await enter('sessions@q7.vn'),
      await enter('sessions@q7.vn'),
      await enter('sessions@q7.vn'),
    ];
    const list = async (cookie: string) =>
      (await (await ask('GET', '/api/identity/sessions', undefined, { cookie })).json()) as SessionRow[];
    expect((await list(one.cookie)).length).toBe(3);
    const current = (await list(two.cookie)).find((session) => session.current)!;
    expect(
      (await ask('DELETE', `/api/identity/sessions/${current.id}`, undefined, { cookie: one.cookie })).status,
    ).toBe(204);
    expect(await principalOf(two.cookie)).toBeUndefined();
    const change = { current: password, password: `${password} mới` };
    expect(
      (await ask('POST', '/api/identity/password', { ...change, current: 'wrong' }, { cookie: one.cookie })).status,
    ).toBe(403);
    expect((await ask('POST', '/api/identity/password', change, { cookie: one.cookie })).status).toBe(204);
    expect(await principalOf(three.cookie)).toBeUndefined();
    expect(await principalOf(one.cookie)).toBeDefined();
    expect((await ask('POST', `/api/identity/accounts/${id}/disable`, undefined, admin)).status).toBe(204);
    expect(await principalOf(one.cookie)).toBeUndefined();
    expect((await enter('sessions@q7.vn', change.password)).status).toBe(401);
    expect((await ask('POST', `/api/identity/accounts/${id}/enable`, undefined, admin)).status).toBe(204);
    expect((await enter('sessions@q7.vn', change.password)).status).toBe(204);
  });

  test('nobody ends a session of somebody else', async () => {
    await newcomer('a-person@q7.vn');
    await newcomer('b-person@q7.vn');
    const [a, b] = [await enter('a-person@q7.vn'), await enter('b-person@q7.vn')];
    const [session] = (await (
      await ask('GET', '/api/identity/sessions', undefined, { cookie: a.cookie })
    ).json()) as SessionRow[];
    expect((await ask('DELETE', `/api/identity/sessions/${session!.id}`, undefined, { cookie: b.cookie })).status).toBe(
      404,
    );
    expect(await principalOf(a.cookie)).toBeDefined();
  });

  test('a session ends by signing out, and after twelve hours', async () => {
    await newcomer('shift@q7.vn');
    const { cookie } = await enter('shift@q7.vn');
    expect((await ask('POST', '/api/identity/sign-out', undefined, { cookie })).status).toBe(204);
    expect(await principalOf(cookie)).toBeUndefined();
    const { cookie: later } = await enter('shift@q7.vn');
    const { rows } = await database.query<{ hours: number }>(
      `SELECT round(extract(epoch FROM max("expiresAt" - "createdAt")) / 3600)::float AS hours FROM session`,
    );
    expect(rows[0]!.hours).toBe(12);
    await database.query(`UPDATE session SET "expiresAt" = now() - interval '1 second'`);
    expect(await principalOf(later)).toBeUndefined();
  });
});

describe('tokens', () => {
  const make = async (more: Record<string, unknown> = {}) => {
    const answer = await ask(
      'POST',
      '/api/identity/tokens',
      { name: 'lab', districts: ['q7'], eventTypes: ['case-confirmed'], expiresAt: '2100-01-01T00:00:00Z', ...more },
      admin,
    );
    expect(answer.status).toBe(201);
    return (await answer.json()) as { id: string; token: string };
  };
  const whose = (token: string) => resolvePrincipal(parts(), { authorization: `Bearer ${token}` });

  test('a token is its feed’s, with its types, districts and expiry; only its hash is kept; its use is noted', async () => {
    const { id, token } = await make();
    expect(await whose(token)).toEqual({
      actor: { authtype: 'api_key', authid: id },
      known: true,
      grants: [{ role: 'feed', districts: ['q7'], areas: 'all', until: '2100-01-01T00:00:00.000Z' }],
      eventTypes: ['case-confirmed'],
      purpose: 'reporting',
    });
    const listed = (await (await ask('GET', '/api/identity/tokens', undefined, admin)).json()) as TokenRow[];
    expect(listed.find((row) => row.id === id)).toMatchObject({
      lastUsedAt: now.toISOString(),
      madeBy: 'service_account:operator',
    });
    const { rows } = await database.query('SELECT * FROM tokens');
    expect(JSON.stringify(rows)).not.toContain(token.slice(5));
  });

  test('one that was revoked, has expired, or never was, is nobody’s', async () => {
    const { id, token } = await make();
    expect((await ask('DELETE', `/api/identity/tokens/${id}`, undefined, admin)).status).toBe(204);
    await expect(whose(token)).rejects.toMatchObject({ status: 401 });
    const short = await make({ expiresAt: new Date(now.getTime() + 60_000).toISOString() });
    const before = now;
    now = new Date(before.getTime() + 60_000);
    await expect(whose(short.token)).rejects.toMatchObject({ status: 401 });
    now = before;
    await expect(whose('vx_never')).rejects.toMatchObject({ status: 401 });
  });

  test('none is made for an administrator, or without an end', async () => {
    const body = { name: 'x', districts: 'all', expiresAt: '2100-01-01T00:00:00Z' };
    expect((await ask('POST', '/api/identity/tokens', { ...body, role: 'administrator' }, admin)).status).toBe(422);
    expect((await ask('POST', '/api/identity/tokens', { name: 'x', districts: 'all' }, admin)).status).toBe(422);
    expect(
      (await ask('POST', '/api/identity/tokens', { ...body, expiresAt: '2020-01-01T00:00:00Z' }, admin)).status,
    ).toBe(422);
  });
});

test('the operator and the programmes are known without the database, and the front door alone asks who somebody is', async () => {
  const away = { ...parts(), database: openDatabase('postgresql://127.0.0.1:1/none') };
  const of = (token: string) => resolvePrincipal(away, { authorization: `Bearer ${token}` });
  expect(await of(operatorToken)).toMatchObject({ actor: { authid: 'operator' } });
  expect(await of('import-'.repeat(6))).toMatchObject({ actor: { authid: 'import' }, grants: [{ role: 'programme' }] });
  const body = { authorization: `Bearer ${operatorToken}` };
  expect(
    (
      await app.request('/api/identity/principal', {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      })
    ).status,
  ).toBe(401);
  const { rows } = await database.query<{ email: string }>('SELECT email FROM "user" ORDER BY "createdAt" LIMIT 1');
  const { cookie } = await enter(rows[0]!.email);
  expect((await ask('POST', '/api/identity/principal', body, { cookie })).status).toBe(403);
});
