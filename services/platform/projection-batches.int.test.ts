import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Appender } from './append.ts';
import type { Broker } from './broker.ts';
import { type Database, migrate } from './database.ts';
import { deleteDistrictStream, openDistrictStream } from './journal.ts';
import { followDistricts } from './projections.ts';
import { silentLog, temporaryDatabase, temporaryDistrict, testBroker } from './testing/servers.ts';

let broker: Broker;
let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  broker = await testBroker();
  const temporary = await temporaryDatabase();
  ({ database, drop } = temporary);
  await migrate(temporary.url, 'totals', new URL('./testing/totals/', import.meta.url));
});
afterAll(async () => {
  await broker.close();
  await drop();
});

/** Seen with an import: entries that came while PostgreSQL was busy were each "the last" to the broker, and were written one by one. */
test('entries that arrive one by one while a slow batch is written are the next batch, behind a filter too', async () => {
  const district = temporaryDistrict();
  await openDistrictStream(broker, district, { clock: 'live', exercise: true });
  const batches: number[] = [];
  let applied = 0;
  const followed = await followDistricts(
    {
      name: 'batches',
      schema: 'totals',
      filter: (of: string) => `vx.${of}.test.>`,
      apply: async (_transaction, of, entries) => {
        // The broker is shared with the other tests of the run.
        if (of !== district) return;
        batches.push(entries.length);
        await sleep(30);
        applied += entries.length;
      },
      forget: async () => {},
    },
    { database, broker, log: silentLog },
  );
  const appender = new Appender(broker);
  const events = 1500;
  for (let index = 0; index < events; index++) {
    // Every third is for somebody else.
    await appender.append({ subject: `vx.${district}.other.noun.x`, id: `o${index}`, payload: '{}' });
    if (index % 3) await appender.append({ subject: `vx.${district}.test.noun.x`, id: `t${index}`, payload: '{}' });
  }
  await expect.poll(() => applied, { timeout: 90_000 }).toBe(events - events / 3);
  expect(batches.length).toBeLessThan(400);
  appender.close();
  await followed.stop();
  await deleteDistrictStream(broker, district);
}, 60_000);
