import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventReader } from '#contracts/read-event.ts';
import { Appender } from '#platform/append.ts';
import type { Broker } from '#platform/broker.ts';
import { type Database, migrate } from '#platform/database.ts';
import { listDeadLetters, removeDeadLetter } from '#platform/dead-letters.ts';
import { deleteDistrictStream, openDistrictStream } from '#platform/journal.ts';
import { createMetrics } from '#platform/metrics.ts';
import type { Projection } from '#platform/projection.ts';
import { followDistricts } from '#platform/projections.ts';
import { retryDeadLetters } from '#platform/retry-dead-letters.ts';
import { until } from '#platform/testing/requests.ts';
import { silentLog, temporaryDatabase, temporaryDistrict, testBroker } from '#platform/testing/servers.ts';
import { allProjections } from './projections.ts';

// Version 1 counted in tens.
const counted = { version: 2, upcast: { 1: ({ tens }: Record<string, unknown>) => ({ ones: Number(tens) * 10 }) } };
type Counted = { data: { ones: number } };

const totals = (name: string, newest: { version: number }): Projection<Counted> => ({
  name,
  schema: 'totals',
  filter: (district) => `vx.${district}.test.>`,
  read: eventReader((type) => (type === 'counted' ? { ...counted, ...newest } : undefined)),
  apply: async (transaction, district, entries) => {
    for (const { event } of entries)
      await transaction.query(
        `INSERT INTO totals.totals VALUES ($1, 'all', $2) ON CONFLICT (district, key) DO UPDATE SET amount = totals.amount + excluded.amount`,
        [district, event.data.ones],
      );
  },
  forget: async (transaction, district) => {
    await transaction.query('DELETE FROM totals.totals WHERE district = $1', [district]);
  },
});

let broker: Broker;
let appender: Appender;
let database: Database;
let drop: () => Promise<void>;
const district = temporaryDistrict();
beforeAll(async () => {
  broker = await testBroker();
  appender = new Appender(broker);
  const temporary = await temporaryDatabase();
  ({ database, drop } = temporary);
  await migrate(temporary.url, 'totals', new URL('./platform/testing/totals/', import.meta.url));
  await openDistrictStream(broker, district, { clock: 'live', exercise: true });
});
afterAll(async () => {
  appender.close();
  await deleteDistrictStream(broker, district);
  await broker.close();
  await drop();
});

const total = async () =>
  (await database.query<{ amount: number }>('SELECT amount FROM totals.totals WHERE district = $1', [district])).rows[0]
    ?.amount;

test('a version-1 event in the journal is projected as version 2; one from the future is parked, and goes through once it is known', async () => {
  const journalled = [
    { type: 'counted', data: { tens: 4 } },
    { type: 'counted', dataversion: 1, data: { tens: 1 } },
    { type: 'counted', dataversion: 2, data: { ones: 3 } },
    { type: 'counted', dataversion: 3, data: { ones: 500 } },
  ];
  const results = await appender.appendAll(
    journalled.map((event, index) => ({
      subject: `vx.${district}.test.count.all`,
      id: `${index}`,
      payload: JSON.stringify(event),
    })),
  );
  expect(results.every(({ ok }) => ok)).toBe(true);
  const name = `versions-${district}`;
  const followed = await followDistricts(totals(name, { version: 2 }), { database, broker, log: silentLog });
  await until(async () => ((await followed.reached(district, 3, 1000)) ? true : undefined));
  await followed.stop();
  expect(await total()).toBe(53);
  const [parked, ...more] = await listDeadLetters(broker, name);
  expect(more).toEqual([]);
  expect(parked).toMatchObject({ sequence: 4, reason: 'counted is known here up to version 2, got 3' });
  await retryDeadLetters(totals(name, { version: 2 }), { database, broker, log: silentLog });
  expect(await total()).toBe(53);
  const through = await retryDeadLetters(totals(name, { version: 3 }), { database, broker, log: silentLog });
  expect([through, await total()]).toEqual([[parked!.number], 553]);
  await removeDeadLetter(broker, parked!.number).catch(() => {});
});

test('every projection reads by the catalogue', async () => {
  const parts = {
    database,
    broker,
    appender,
    log: silentLog,
    metrics: createMetrics('versions-test'),
    now: () => new Date(),
    newId: randomUUID,
  };
  const projections = await allProjections(parts);
  expect(projections.length).toBeGreaterThan(5);
  const fromTheFuture = { type: 'case-confirmed', dataversion: 999, data: {} };
  for (const { name, read } of projections)
    expect(() => read?.(fromTheFuture), name).toThrow('case-confirmed is known here up to version');
});
