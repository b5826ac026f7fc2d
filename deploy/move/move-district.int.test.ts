import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { localPerson } from '../../services/contracts/actor.ts';
import type { EventType } from '../../services/contracts/catalogue.ts';
import { attributedEvent, type NewEvent } from '../../services/contracts/new-event.ts';
import { Appender } from '../../services/platform/append.ts';
import { type Broker, openBroker } from '../../services/platform/broker.ts';
import { openDeadLetters } from '../../services/platform/dead-letters.ts';
import { findDistrictStream, lastMessage, openDistrictStream, streamOf } from '../../services/platform/journal.ts';
import { silentLog, temporaryDatabase } from '../../services/platform/testing/servers.ts';
import '../../services/services.ts';
import { makeSchemas } from '../local/database-roles.ts';
import { type PrivateBroker, startNats } from '../local/nats.ts';
import { contentOf, differences } from './compare-rows.ts';
import { CannotMove, moveDistrict } from './move-district.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** Servers of a product of its own. */
interface Product {
  broker: Broker;
  nats: PrivateBroker;
  database: Awaited<ReturnType<typeof temporaryDatabase>>;
}
const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-two-'));
const user = { user: 'operator', password: 'of-this-test' };
async function product(name: string): Promise<Product> {
  const nats = await startNats(join(folder, name), [user]);
  const database = await temporaryDatabase();
  await makeSchemas(database.url);
  const broker = await openBroker(nats.url.replace('//', `//${user.user}:${user.password}@`), name);
  await openDeadLetters(broker);
  return { broker, nats, database };
}
let old: Product;
let next: Product;
beforeAll(async () => {
  [old, next] = await Promise.all([product('old'), product('next')]);
});
afterAll(async () => {
  for (const one of [old, next]) {
    await one?.broker.close();
    await one?.nats.stop();
    await one?.database.drop();
  }
  rmSync(folder, { recursive: true, force: true });
});

const place = ({ broker, database }: Product) => ({ broker, databaseUrl: database.url });
const at = '2026-11-01T02:00:00Z';

async function said(district: string) {
  await openDistrictStream(old.broker, district, { clock: 'live', exercise: false, timeZone: 'Asia/Ho_Chi_Minh' });
  const appender = new Appender(old.broker);
  onTestFinished(() => appender.close());
  const message = <Type extends EventType>(type: Type, id: string, data: NewEvent<Type>['data']) =>
    attributedEvent({ type, id, source: 'test', district, time: at, recordedTime: at, data } as NewEvent<Type>, {
      actor: localPerson,
      correlationId: 'test',
    }).message;
  const messages = [
    message('district-registered', 'd', {
      districtId: district,
      name: 'Quận thử',
      timeZone: 'Asia/Ho_Chi_Minh',
      clock: 'live',
      exercise: false,
      centre: { lon: 106.705, lat: 10.705 },
    }),
    message('area-revised', 'a1', {
      areaId: 'D',
      parentId: null,
      level: 'district',
      name: 'Quận thử',
      validFrom: '2020-01-01',
      geometry: null,
    }),
    ...Array.from({ length: 40 }, (_, index) =>
      message('case-confirmed', `c${index}`, { caseId: `c${index}`, confirmedDate: '2026-10-30', areaId: 'D' }),
    ),
    ...Array.from({ length: 5 }, (_, index) =>
      message('business-registered', `b${index}`, {
        businessId: `b${index}`,
        name: `Quán ${index}`,
        form: 'household',
        registeredDate: '2019-05-20',
      }),
    ),
  ];
  const results = await appender.appendAll(messages);
  expect(results.filter(({ ok }) => !ok)).toEqual([]);
  return { appender, more: message('case-confirmed', 'later', { caseId: 'later', confirmedDate: '2026-10-31' }) };
}

test('a district is moved with its journal as it was and equal rows; where it was it is closed and loses nothing', async () => {
  const district = 'moves';
  const { appender, more } = await said(district);
  const lines: string[] = [];
  const moved = await moveDistrict(district, {
    ...{ from: place(old), to: place(next), log: silentLog },
    say: (line) => void lines.push(line),
  });
  expect(moved).toMatchObject({ district, events: 47, lastSequence: 47, differences: [], notMoved: {} });
  expect(moved.rows).toBeGreaterThan(45);
  expect(moved.projections).toBeGreaterThan(5);
  // The same journal: same beginning, same sequences, same words.
  const [was, is] = await Promise.all([old, next].map(({ broker }) => findDistrictStream(broker, district)));
  // When it was opened there is another moment: its rows are of a journal of its own.
  expect({ ...is, created: '' }).toEqual({ ...was, created: '' });
  const newest = ({ broker }: Product) => lastMessage(broker, streamOf(district), `vx.${district}.epidemic.>`);
  expect(await newest(next)).toEqual(await newest(old));
  const rows = async ({ database }: Product) =>
    contentOf(database.database, ['epidemic', 'geography', 'economy'], district);
  const content = await rows(next);
  expect(differences(await rows(old), content).filter((line) => !line.includes('.positions'))).toEqual([]);
  expect(content.find(({ table }) => table === 'epidemic.case_versions')?.rows).toBe(40);
  // A fact that comes late is refused in a way that it is sent again, and is taken at the new place.
  expect(await appender.append(more)).toMatchObject({ ok: false, reason: 'not-acknowledged' });
  expect((await findDistrictStream(old.broker, district))?.lastSequence).toBe(47);
  const there = new Appender(next.broker);
  onTestFinished(() => there.close());
  expect(await there.append(more)).toMatchObject({ ok: true, sequence: 48 });
  expect(lines[0]).toContain('closed at sequence 47');
});

test('what is there already is not overwritten, and what is not there is said', async () => {
  const district = 'stays';
  const { appender, more } = await said(district);
  await openDistrictStream(next.broker, district, { clock: 'live', exercise: false });
  const move = (name: string) =>
    moveDistrict(name, { from: place(old), to: place(next), log: silentLog, say: () => {} });
  await expect(move(district)).rejects.toThrow(CannotMove);
  await expect(move('nowhere')).rejects.toThrow('there is no district nowhere');
  expect(await appender.append(more)).toMatchObject({ ok: true });
});

test('a move that fails leaves the district where it was, open, and nothing of it there', async () => {
  const district = 'comes-back';
  const { appender, more } = await said(district);
  const failing = { ...place(next), databaseUrl: `${next.database.url}_is_not_there` };
  const move = moveDistrict(district, { from: place(old), to: failing, log: silentLog, say: () => {} });
  await expect(move).rejects.toThrow();
  expect(await findDistrictStream(next.broker, district)).toBeUndefined();
  expect(await appender.append(more)).toMatchObject({ ok: true, sequence: 48 });
});

test('tables are compared by what they say', () => {
  const table = { table: 'a.b', rows: 2, digest: 'x' };
  expect(differences([table], [table])).toEqual([]);
  expect(differences([table], [{ ...table, digest: 'y' }])).toEqual(['a.b: 2 rows that say something else']);
  expect(differences([table], [{ ...table, rows: 3 }])).toEqual(['a.b: 3 rows in place of 2']);
  expect(differences([table], [])).toEqual(['a.b: is not there']);
});
