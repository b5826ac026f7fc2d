import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { frontDoor, productPermit } from '#contracts/access/product-permit.ts';
import type { AuditLine, UnusualRow } from '#contracts/http/audit.ts';
import type { App } from '#platform/app.ts';
import { type AuditEntry, keepBooks } from '#platform/audit.ts';
import { type Database, migrate, openDatabase } from '#platform/database.ts';
import { createMetrics } from '#platform/metrics.ts';
import { callerHeader, sealCaller, vouchedFor } from '#platform/sealed-caller.ts';
import { silentLog, temporaryDatabase } from '#platform/testing/servers.ts';
import { createIdentity } from './app.ts';
import { ledgerHead, ledgerIn } from './ledger.ts';
import { verifyLedger } from './ledger-chain.ts';
import { ledgerSchema } from './ledger-schema.ts';
import { hashOf } from './secret-text.ts';
import { createSignIn } from './sign-in.ts';

const secret = 'a secret of thirty-two characters!';
const administrator = {
  actor: { authtype: 'user', authid: 'a1' },
  known: true,
  grants: [{ role: 'administrator', districts: 'all', areas: 'all' }],
};
const now = new Date('2026-11-30T05:00:00Z');
let database: Database;
let url: string;
let drop: () => Promise<void>;
let app: App;

const entry = (more: Partial<AuditEntry> = {}): AuditEntry => ({
  at: now.toISOString(),
  service: 'epidemic',
  requestId: randomUUID(),
  actor: 'user:p1',
  roles: ['epidemiologist'],
  purpose: 'care',
  action: 'case.read',
  dataClass: 'person',
  method: 'GET',
  route: '/api/epidemic/cases/:caseId',
  address: '/api/epidemic/cases/c-1?district=q7',
  districts: ['q7'],
  areas: [],
  persons: ['c-1'],
  status: 200,
  ...more,
});

beforeAll(async () => {
  const made = await temporaryDatabase();
  ({ url, drop } = made);
  await migrate(url, 'geography', new URL('../geography/migrations/', import.meta.url));
  await migrate(url, 'identity', new URL('./migrations/', import.meta.url));
  await migrate(url, ledgerSchema.schema, ledgerSchema.folder);
  database = openDatabase(url, { schema: 'identity' });
  app = createIdentity({
    database,
    signIn: createSignIn(database, { secret, publicUrl: 'http://localhost:8080' }),
    now: () => now,
    newId: randomUUID,
    operatorHash: hashOf('x'),
    programmeHashes: {},
    log: silentLog,
    metrics: createMetrics('identity'),
    permit: productPermit(vouchedFor(secret)),
    books: keepBooks(ledgerIn(database), { log: silentLog }),
  });
});
afterAll(async () => {
  await database.end();
  await drop();
});

function ask(method: string, address: string, who: unknown, body?: unknown): Promise<Response> {
  const requestId = randomUUID();
  return Promise.resolve(
    app.request(address, {
      method,
      headers: {
        'content-type': 'application/json',
        'x-request-id': requestId,
        [callerHeader]: sealCaller(secret, JSON.stringify(who), { method, address, requestId }, Date.now()),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
}
const lines = async (query: string) =>
  ((await (await ask('GET', `/api/identity/audit?${query}`, administrator)).json()) as { lines: AuditLine[] }).lines;

test('the services write it, an administrator reads who looked at a person, and nobody else does either', async () => {
  const note = {
    entries: [entry(), entry({ actor: 'user:p2', persons: ['c-1', 'c-2'], route: '/api/epidemic/cases' })],
  };
  expect((await ask('POST', '/api/identity/audit', frontDoor, note)).status).toBe(204);
  expect((await ask('POST', '/api/identity/audit', administrator, note)).status).toBe(403);
  const doctor = { ...administrator, grants: [{ role: 'epidemiologist', districts: 'all', areas: 'all' }] };
  expect((await ask('GET', '/api/identity/audit', doctor)).status).toBe(403);
  expect((await lines('caseId=c-2')).map(({ actor, personCount }) => [actor, personCount])).toEqual([['user:p2', 2]]);
  expect((await lines('caseId=c-1')).map(({ actor }) => actor)).toEqual(['user:p2', 'user:p1']);
});

test('who looked at a map of the district stands beside who opened the person, and is told apart', async () => {
  const tile = { route: '/api/tiles/cases/:z/:x/:tile', action: 'case.map', persons: [], actor: 'user:m1' };
  await ledgerIn(database)([entry(tile), entry({ ...tile, districts: ['q1'], actor: 'user:m2' })]);
  const found = await lines('caseId=c-2&district=q7');
  expect(found.map(({ actor, wide }) => [actor, wide])).toEqual([
    ['user:m1', true],
    ['user:p2', false],
  ]);
});

test('a change that an administrator makes is in it before the answer', async () => {
  const made = await ask('POST', '/api/identity/accounts', administrator, { name: 'Minh', email: 'minh@q7.vn' });
  expect(made.status).toBe(201);
  expect((await lines('actor=user:a1&limit=1'))[0]).toMatchObject({
    action: 'account.manage',
    method: 'POST',
    route: '/api/identity/accounts',
    status: 201,
  });
});

test('lines of many writers at once are one chain', async () => {
  const before = (await ledgerHead(database)).sequence;
  await Promise.all(Array.from({ length: 20 }, (_, i) => ledgerIn(database)([entry({ actor: `user:w${i}` })])));
  const head = await ledgerHead(database);
  expect(head.sequence).toBe(before + 20);
  expect(await verifyLedger(database)).toEqual(head);
});

/** Does what no user of the product may: with the guard of the table away. */
async function tamper(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`BEGIN; ALTER TABLE audit.entries DISABLE TRIGGER only_added; ${sql}; COMMIT`);
  await client.query('ALTER TABLE audit.entries ENABLE TRIGGER only_added');
  await client.end();
}

test('a line that was changed, taken out, or cut off at the end is named', async () => {
  const kept = await ledgerHead(database);
  await expect(database.query('DELETE FROM audit.entries WHERE sequence = 2')).rejects.toThrow('only added to');
  await expect(database.query(`UPDATE audit.entries SET content = '{}'`)).rejects.toThrow('only added to');
  await expect(database.query('TRUNCATE audit.entries')).rejects.toThrow('only added to');

  await tamper(`UPDATE audit.entries SET content = jsonb_set(content, '{actor}', '"user:p9"') WHERE sequence = 2`);
  expect(await verifyLedger(database)).toEqual({ sequence: 2, reason: 'was changed, or stands on one that was' });
  await tamper(`UPDATE audit.entries SET content = jsonb_set(content, '{actor}', '"user:p2"') WHERE sequence = 2`);
  expect(await verifyLedger(database, kept)).toEqual(kept);

  await tamper(
    `CREATE TABLE public.aside AS SELECT * FROM audit.entries WHERE sequence = 3; DELETE FROM audit.entries WHERE sequence = 3`,
  );
  expect(await verifyLedger(database)).toEqual({ sequence: 3, reason: 'is missing' });
  await tamper('INSERT INTO audit.entries SELECT * FROM public.aside');
  expect(await verifyLedger(database)).toEqual(kept);

  await tamper(`DELETE FROM audit.entries WHERE sequence = ${kept.sequence}`);
  expect(await verifyLedger(database)).toEqual({ sequence: kept.sequence, reason: 'is missing: the end was cut off' });
  // Who also mends the head is found by a head that was kept elsewhere.
  await tamper(
    `UPDATE audit.head SET (sequence, hash) = (SELECT sequence, hash FROM audit.entries ORDER BY sequence DESC LIMIT 1)`,
  );
  expect(await verifyLedger(database)).toMatchObject({ sequence: kept.sequence - 1 });
  expect(await verifyLedger(database, kept)).toMatchObject({
    sequence: kept.sequence,
    reason: expect.stringContaining('cut off before the head that was kept'),
  });
});

test('unusual reading is listed with its reason, and usual reading is not', async () => {
  const at = (hoursAgo: number) => new Date(now.getTime() - hoursAgo * 3_600_000).toISOString();
  const many = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `m-${from + i}`);
  await ledgerIn(database)([
    // Used to forty an hour: sixty is no more than one and a half times that.
    entry({ actor: 'user:busy', at: at(30), persons: many(40) }),
    entry({ actor: 'user:busy', at: at(3), persons: many(60) }),
    // Three a day, and then eighty at once.
    entry({ actor: 'user:curious', at: at(50), persons: many(3) }),
    entry({ actor: 'user:curious', at: at(3), persons: many(80) }),
    // 18:00 UTC is one o'clock at night in Ho Chi Minh City.
    ...[26, 27, 28, 29].map((hoursAgo) => entry({ actor: 'user:night', at: at(hoursAgo), persons: many(2) })),
    entry({ actor: 'user:night', at: at(11), persons: many(8) }),
    ...[0, 1, 2].map(() => entry({ actor: 'user:tries', at: at(2), persons: [], status: 403 })),
    ...[1, 1.3, 1.6, 2, 2.3, 2.6].map((hoursAgo) => entry({ actor: 'user:again', at: at(hoursAgo), persons: ['m-1'] })),
  ]);
  const rows = (await (await ask('GET', '/api/identity/audit/unusual', administrator)).json()) as UnusualRow[];
  const of = (actor: string) =>
    rows.filter((row) => row.actor === `user:${actor}`).map(({ reason, count }) => [reason, count]);
  expect(of('busy')).toEqual([]);
  expect(of('curious')).toEqual([['many-persons', 80]]);
  expect(of('night')).toEqual([['at-night', 8]]);
  expect(of('tries')).toEqual([['refused', 3]]);
  expect(of('again')).toEqual([['same-person', 6]]);
});
