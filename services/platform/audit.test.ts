import { describe, expect, test } from 'vitest';
import { createApp, type RouteAccess } from './app.ts';
import { type AuditEntry, keepBooks, type Ledger, sameLookMinutes } from './audit.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import type { Caller } from './permission.ts';

const log = createLog('audit', 'silent');
const access: Record<string, RouteAccess> = {
  'GET /rows': { action: 'row.read', dataClass: 'person' },
  'GET /rows/:rowId': { action: 'row.read', dataClass: 'person' },
  'GET /map': { action: 'row.map', dataClass: 'person' },
  'GET /counts': { action: 'row.count', dataClass: 'aggregate' },
  'POST /rows': { action: 'row.report', dataClass: 'person' },
  'POST /counts': { action: 'count.report', dataClass: 'aggregate' },
  'GET /layers/:layer': { action: 'layer.read', dataClass: 'public' },
  'GET /layers/rows': { action: 'row.map', dataClass: 'person' },
};

const doctor: Caller = {
  actor: { authtype: 'user', authid: 'p1' },
  known: true,
  may: (_action, _dataClass, { district }) => district === 'q7' || district === 'play',
  reach: () => 'all',
  roles: ['doctor'],
  purpose: 'care',
  madeUp: (district) => district === 'play',
};

function trial(caller: Caller = doctor) {
  const entries: AuditEntry[] = [];
  let answers = true;
  let now = Date.parse('2026-11-30T05:00:00Z');
  let shown = 0;
  const ledger: Ledger = async (lines) => {
    if (!answers) throw new Error('away');
    entries.push(...lines);
  };
  const books = keepBooks(ledger, { log });
  const app = createApp({
    name: 'trial',
    log,
    metrics: createMetrics('trial'),
    access,
    permit: () => caller,
    audit: {
      books,
      now: () => new Date(now),
      personsIn: (text) => [...text.matchAll(/"rowId":"(\w+)"/g)].map((match) => match[1]!),
      personParameter: 'rowId',
    },
  });
  app.get('/rows', (context) => {
    shown += 1;
    return context.json([{ rowId: 'a' }, { rowId: 'b' }, { rowId: 'a' }]);
  });
  app.get('/rows/:rowId', (context) =>
    context.req.param('rowId') === 'none' ? context.json({}, 404) : context.json({}),
  );
  app.get('/map', (context) => context.body(new Uint8Array([1, 2])));
  app.get('/layers/:layer', (context) => context.json([]));
  app.get('/layers/rows', (context) => context.json([]));
  app.get('/counts', (context) => context.json({ count: 3 }));
  app.post('/rows', (context) => context.json({ rowId: 'new' }, 201));
  app.post('/counts', (context) => context.json({}, 201));
  return {
    app,
    entries,
    books,
    away: (is: boolean) => (answers = !is),
    later: (minutes: number) => (now += minutes * 60_000),
    shown: () => shown,
    ask: (method: string, address: string) => app.request(`${address}?district=q7`, { method }),
  };
}

describe('a read of rows of persons', () => {
  test('stands in the ledger when the answer comes: who, in which role, for what, whom, when and by which route', async () => {
    const { ask, entries } = trial();
    expect((await ask('GET', '/rows')).status).toBe(200);
    expect(entries).toEqual([
      {
        at: '2026-11-30T05:00:00.000Z',
        service: 'trial',
        requestId: expect.any(String),
        actor: 'user:p1',
        roles: ['doctor'],
        purpose: 'care',
        action: 'row.read',
        dataClass: 'person',
        method: 'GET',
        route: '/rows',
        address: '/rows?district=q7',
        districts: ['q7'],
        areas: [],
        persons: ['a', 'b'],
        status: 200,
      },
    ]);
    expect((await ask('GET', '/rows/c')).status).toBe(200);
    expect(entries.at(-1)!.persons).toEqual(['c']);
  });

  test('shows nobody when it cannot be noted', async () => {
    const { ask, away, entries } = trial();
    away(true);
    const refused = await ask('GET', '/rows');
    expect([refused.status, await refused.json()]).toEqual([
      503,
      expect.objectContaining({ code: 'audit-unavailable' }),
    ]);
    expect((await ask('GET', '/counts')).status).toBe(200);
    away(false);
    expect((await ask('GET', '/rows')).status).toBe(200);
    expect(entries).toHaveLength(1);
  });

  test('of the same rows again within a quarter of an hour is one line; of others, or later, it is another', async () => {
    const { ask, entries, later } = trial();
    for (const address of ['/rows', '/rows', '/map', '/map', '/rows/c', '/rows/d']) await ask('GET', address);
    expect(entries.map(({ route, persons }) => [route, persons.join()])).toEqual([
      ['/rows', 'a,b'],
      ['/map', ''],
      ['/rows/:rowId', 'c'],
      ['/rows/:rowId', 'd'],
    ]);
    later(sameLookMinutes);
    await ask('GET', '/rows');
    expect(entries).toHaveLength(5);
  });

  test('that is refused is noted too; one that finds nobody is not', async () => {
    const { app, ask, entries, books } = trial();
    expect((await app.request('/rows?district=q1')).status).toBe(403);
    expect((await ask('GET', '/rows/none')).status).toBe(404);
    await books.stop();
    expect(entries.map(({ status, districts }) => [status, districts])).toEqual([[403, ['q1']]]);
  });

  test('of an exercise is not noted: its persons are made up', async () => {
    const { app, entries, books } = trial();
    expect((await app.request('/rows?district=play')).status).toBe(200);
    await books.stop();
    expect(entries).toEqual([]);
  });

  test('of an exercise and a real district at once is noted, and so is one that names no district', async () => {
    const { app, entries } = trial({ ...doctor, may: () => true });
    await app.request('/rows?district=play&district=q7');
    await app.request('/rows');
    expect(entries.map(({ districts }) => districts)).toEqual([['play', 'q7'], []]);
  });

  test('is one by the closest of the rows that its path fits', async () => {
    const { ask, entries } = trial();
    await ask('GET', '/layers/rows');
    await ask('GET', '/layers/others');
    expect(entries.map(({ action }) => action)).toEqual(['row.map']);
  });

  test('by who is only asked for his purpose, or of counts, is refused without a line', async () => {
    const { ask, entries, books } = trial({ ...doctor, may: () => false, lacksPurpose: () => true });
    const refused = await ask('GET', '/rows');
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([403, 'purpose-required']);
    await books.stop();
    expect(entries).toEqual([]);
    const other = trial({ ...doctor, may: () => false });
    expect((await other.ask('GET', '/counts')).status).toBe(403);
    await other.books.stop();
    expect(other.entries).toEqual([]);
  });
});

test('counts are read without a line', async () => {
  const { ask, entries, books } = trial();
  await ask('GET', '/counts');
  await books.stop();
  expect(entries).toEqual([]);
});

describe('a change', () => {
  test('with rows of persons is noted before the answer, with whom it made; another soon after', async () => {
    const { ask, entries, books } = trial();
    await ask('POST', '/rows');
    expect(entries.map(({ action, persons, status }) => [action, persons, status])).toEqual([
      ['row.report', ['new'], 201],
    ]);
    await ask('POST', '/counts');
    await books.stop();
    expect(entries.at(-1)).toMatchObject({ action: 'count.report', status: 201 });
  });

  test('that is made while the ledger is away is answered, and noted when it is back', async () => {
    const { ask, entries, away, books } = trial();
    away(true);
    expect((await ask('POST', '/rows')).status).toBe(201);
    expect((await ask('POST', '/counts')).status).toBe(201);
    expect(entries).toEqual([]);
    away(false);
    await books.stop();
    expect(entries.map(({ action }) => action)).toEqual(['row.report', 'count.report']);
  });

  test('of a visitor, the front door or a programme of ours is not', async () => {
    for (const caller of [
      { ...doctor, known: false, roles: [] },
      { ...doctor, roles: ['gateway'] },
      { ...doctor, roles: ['programme'] },
    ]) {
      const { ask, entries, books } = trial(caller);
      await ask('POST', '/rows');
      await books.stop();
      expect(entries).toEqual([]);
    }
  });
});

test('what comes while a write is on its way goes together with the next', async () => {
  const writes: number[] = [];
  let free: () => void = () => {};
  const books = keepBooks(
    async (lines) => {
      writes.push(lines.length);
      await new Promise<void>((done) => {
        free = done;
      });
    },
    { log },
  );
  const line = { address: '' } as AuditEntry;
  const all = [books.write(line), books.write(line), books.write(line)];
  free();
  await all[0];
  await Promise.resolve();
  free();
  await Promise.all(all.slice(1));
  expect(writes).toEqual([1, 2]);
});

test('lines beyond what is kept are gone, and a line says how many', async () => {
  const entries: AuditEntry[] = [];
  let away = true;
  const books = keepBooks(
    async (lines) => {
      if (away) throw new Error('away');
      entries.push(...lines);
    },
    { log, most: 3 },
  );
  for (let i = 0; i < 5; i++) books.later({ service: 's', address: String(i) } as AuditEntry);
  await new Promise((done) => setTimeout(done, 20));
  away = false;
  await books.stop();
  expect(entries.map(({ action, address }) => [action, address])).toEqual([
    ['audit.lost', '2'],
    [undefined, '2'],
    [undefined, '3'],
    [undefined, '4'],
  ]);
});
