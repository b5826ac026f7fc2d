import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Appender } from './append.ts';
import type { Broker } from './broker.ts';
import { type Database, migrate } from './database.ts';
import { listDeadLetters } from './dead-letters.ts';
import { deleteDistrictStream, openDistrictStream } from './journal.ts';
import type { Projection } from './projection.ts';
import { type FollowedProjection, followDistricts } from './projections.ts';
import { silentLog, temporaryDatabase, temporaryDistrict, testBroker } from './testing/servers.ts';

interface Counted {
  key: string;
  amount: number;
  poison?: boolean;
}

/** The smallest projection: adds amounts up. Not idempotent by itself, so a doubled effect shows. */
const totals = (name: string): Projection<Counted> => ({
  name,
  schema: 'totals',
  filter: (district) => `vx.${district}.test.>`,
  apply: async (transaction, district, entries) => {
    for (const { event } of entries) {
      if (event.poison) await transaction.query('SELECT 1 / 0');
      await transaction.query(
        `INSERT INTO totals.totals VALUES ($1, $2, $3) ON CONFLICT (district, key) DO UPDATE SET amount = totals.amount + excluded.amount`,
        [district, event.key, event.amount],
      );
    }
  },
  forget: async (transaction, district) => {
    await transaction.query('DELETE FROM totals.totals WHERE district = $1', [district]);
  },
});

describe('projection', () => {
  let broker: Broker;
  let database: Database;
  let drop: () => Promise<void>;
  let appender: Appender;
  const running: FollowedProjection[] = [];
  const follow = async (projection: Projection<Counted>, batchEntries?: number) => {
    const followed = await followDistricts(projection, { database, broker, log: silentLog, batchEntries });
    running.push(followed);
    return followed;
  };
  afterEach(async () => {
    for (const followed of running.splice(0)) await followed.stop();
  });

  beforeAll(async () => {
    broker = await testBroker();
    appender = new Appender(broker);
    const temporary = await temporaryDatabase();
    ({ database, drop } = temporary);
    await migrate(temporary.url, 'totals', new URL('./testing/totals/', import.meta.url));
  });
  afterAll(async () => {
    appender.close();
    await broker.close();
    await drop();
  });

  const message = (district: string, id: string, event: Counted) => ({
    subject: `vx.${district}.test.noun.${event.key}`,
    id,
    payload: JSON.stringify(event),
  });
  const rows = async (district: string) =>
    (await database.query('SELECT key, amount FROM totals.totals WHERE district = $1 ORDER BY key', [district])).rows;

  test('writes each event once, also when it is appended twice and the follower starts again', async () => {
    const district = temporaryDistrict();
    await openDistrictStream(broker, district, { clock: 'live', exercise: true });
    const events = Array.from({ length: 500 }, (_, i) => message(district, `e${i}`, { key: `k${i % 3}`, amount: 1 }));
    const first = await appender.appendAll(events);
    expect(first.every((result) => result.ok && !result.duplicate)).toBe(true);
    const again = await appender.appendAll(events);
    expect(again.every((result) => result.ok && result.duplicate)).toBe(true);
    for (let start = 0; start < 3; start++) {
      const followed = await follow(totals('once'), 70);
      expect(await followed.reached(district, 500, 10_000)).toBe(true);
      await followed.stop();
    }
    expect(await rows(district)).toEqual([
      { key: 'k0', amount: 167 },
      { key: 'k1', amount: 167 },
      { key: 'k2', amount: 166 },
    ]);
    await deleteDistrictStream(broker, district);
  });

  test('a district that is opened while somebody waits for its rows is waited for; a district that never comes is not there after the time', async () => {
    const district = temporaryDistrict();
    const followed = await follow(totals('opened'));
    const waiting = followed.reached(district, 1, 60_000);
    await openDistrictStream(broker, district, { clock: 'live', exercise: true });
    await appender.append(message(district, 'e', { key: 'k', amount: 1 }));
    expect(await waiting).toBe(true);
    expect(await followed.reached(temporaryDistrict(), 1, 100)).toBe(false);
    await deleteDistrictStream(broker, district);
  });

  test('parks a poisonous event with its reason, goes on, and takes it back on retry', async () => {
    const district = temporaryDistrict();
    await openDistrictStream(broker, district, { clock: 'live', exercise: true });
    await appender.appendAll([
      message(district, 'a', { key: 'good', amount: 1 }),
      message(district, 'b', { key: 'bad', amount: 1, poison: true }),
      message(district, 'c', { key: 'good', amount: 1 }),
      { subject: `vx.${district}.test.noun.broken`, id: 'd', payload: '{not json' },
      message(district, 'e', { key: 'good', amount: 1 }),
    ]);
    const projection = totals('poison');
    const followed = await follow(projection);
    expect(await followed.reached(district, 5, 10_000)).toBe(true);
    expect(await rows(district)).toEqual([{ key: 'good', amount: 3 }]);
    const letters = (await listDeadLetters(broker, 'poison'))
      .filter((letter) => letter.district === district)
      .sort((a, b) => a.sequence - b.sequence);
    expect(letters.map(({ sequence, reason }) => [sequence, /division by zero|JSON/i.test(reason)])).toEqual([
      [2, true],
      [4, true],
    ]);
    const { apply } = projection;
    projection.apply = (transaction, where, entries) =>
      apply(
        transaction,
        where,
        entries.map((entry) => ({ ...entry, event: { ...entry.event, poison: false } })),
      );
    expect(await followed.retryDeadLetters()).toContain(letters[0]!.number);
    expect(await rows(district)).toEqual([
      { key: 'bad', amount: 1 },
      { key: 'good', amount: 3 },
    ]);
    await deleteDistrictStream(broker, district);
  });

  test('a thrown-away district takes its rows with it, and a new one of the same name starts from nothing', async () => {
    const district = temporaryDistrict();
    const followed = await follow(totals('thrown'));
    for (const amount of [5, 7]) {
      await openDistrictStream(broker, district, { clock: 'recorded', exercise: true });
      await appender.append(message(district, `x${amount}`, { key: 'k', amount }));
      await expect.poll(() => rows(district), { timeout: 90_000 }).toEqual([{ key: 'k', amount }]);
      await deleteDistrictStream(broker, district);
      await expect.poll(() => rows(district), { timeout: 90_000 }).toEqual([]);
    }
    await followed.stop();
  });

  test('refuses an append whose expected sequence is stale, naming the reason', async () => {
    const district = temporaryDistrict();
    await openDistrictStream(broker, district, { clock: 'live', exercise: true });
    const first = await appender.append({
      ...message(district, '1', { key: 'k', amount: 1 }),
      expectedSubjectSequence: 0,
    });
    expect(first).toMatchObject({ ok: true, sequence: 1 });
    const stale = await appender.append({
      ...message(district, '2', { key: 'k', amount: 1 }),
      expectedSubjectSequence: 0,
    });
    expect(stale).toMatchObject({ ok: false, reason: 'wrong-sequence' });
    const nowhere = await appender.append(message('nobody', '3', { key: 'k', amount: 1 }));
    expect(nowhere).toMatchObject({ ok: false, reason: 'no-stream' });
    await deleteDistrictStream(broker, district);
  });
});
