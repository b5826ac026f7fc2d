import { afterAll, beforeAll, expect, test } from 'vitest';
import { Appender } from './append.ts';
import type { Broker } from './broker.ts';
import { type Database, migrate } from './database.ts';
import { deleteDistrictStream, openDistrictStream } from './journal.ts';
import { type FollowedProjection, followDistricts } from './projections.ts';
import { silentLog, temporaryDatabase, temporaryDistrict, testBroker } from './testing/servers.ts';

interface Named {
  name: string;
  fault?: 'poison' | 'server-away-once';
}

interface Told {
  touched: string[];
  throughSequence: number;
  entries: number;
}

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

/** Follows a new district that holds these facts, in one batch if they can be written together; returns what was told after the commits. */
async function toldOf(facts: Named[]): Promise<Told[]> {
  const district = temporaryDistrict();
  await openDistrictStream(broker, district, { clock: 'live', exercise: true });
  const appender = new Appender(broker);
  await appender.appendAll(
    facts.map((fact, index) => ({
      subject: `vx.${district}.test.noun.${index}`,
      id: `e${index}`,
      payload: JSON.stringify(fact),
    })),
  );
  appender.close();
  const told: Told[] = [];
  const failed = new Set<string>();
  let followed: FollowedProjection | undefined;
  try {
    followed = await followDistricts<Named>(
      {
        name: `touched-${district}`,
        schema: 'totals',
        filter: (of) => `vx.${of}.test.>`,
        apply: async (transaction, of, entries) => {
          if (of !== district) return [];
          for (const { event } of entries) {
            if (event.fault === 'poison') await transaction.query('SELECT 1 / 0');
            // Only when it stands alone, so that the batch fails of poison first.
            if (event.fault === 'server-away-once' && entries.length === 1 && !failed.has(event.name)) {
              failed.add(event.name);
              throw Object.assign(new Error('terminating connection'), { code: '57P01' });
            }
          }
          return entries.map(({ event }) => event.name);
        },
        forget: async () => {},
        committed: (of, touched, throughSequence, entries) => {
          if (of === district && entries) told.push({ touched: [...touched], throughSequence, entries });
        },
      },
      { database, broker, log: silentLog, batchEntries: facts.length },
    );
    expect(await followed.reached(district, facts.length, 90_000)).toBe(true);
    return told;
  } finally {
    await followed?.stop();
    await deleteDistrictStream(broker, district);
  }
}

test('what a batch touched is told after its commit, each name once', async () => {
  expect(await toldOf([{ name: 'a' }, { name: 'b' }, { name: 'a' }])).toEqual([
    { touched: ['a', 'b'], throughSequence: 3, entries: 3 },
  ]);
});

test('a batch that is written entry by entry is told once: all that its entries touched, without what was parked', async () => {
  expect(await toldOf([{ name: 'a' }, { name: 'bad', fault: 'poison' }, { name: 'b' }, { name: 'c' }])).toEqual([
    { touched: ['a', 'b', 'c'], throughSequence: 4, entries: 3 },
  ]);
});

test('what was committed entry by entry is told even when the server goes away before the end of the batch', async () => {
  expect(
    await toldOf([
      { name: 'a' },
      { name: 'bad', fault: 'poison' },
      { name: 'b' },
      { name: 'c', fault: 'server-away-once' },
    ]),
  ).toEqual([
    { touched: ['a', 'b'], throughSequence: 3, entries: 2 },
    { touched: ['c'], throughSequence: 4, entries: 1 },
  ]);
});
