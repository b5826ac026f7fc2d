import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from './app.ts';
import { Appender } from './append.ts';
import type { Broker } from './broker.ts';
import { type Database, migrate } from './database.ts';
import { openDistrictStream, streamOf } from './journal.ts';
import { createMetrics } from './metrics.ts';
import type { Projection } from './projection.ts';
import { type FollowedProjection, followDistricts } from './projections.ts';
import { silentLog, temporaryDatabase, temporaryDistrict, testBroker } from './testing/servers.ts';

/** Adds amounts up: an event that is applied twice, or a row of an event that is gone, shows. */
const totals: Projection<{ key: string; amount: number }> = {
  name: 'mend',
  schema: 'totals',
  filter: (district) => `vx.${district}.test.>`,
  apply: async (transaction, district, entries) => {
    for (const { event } of entries)
      await transaction.query(
        `INSERT INTO totals.totals VALUES ($1, $2, $3) ON CONFLICT (district, key) DO UPDATE SET amount = totals.amount + excluded.amount`,
        [district, event.key, event.amount],
      );
    return undefined;
  },
  forget: async (transaction, district) => {
    await transaction.query('DELETE FROM totals.totals WHERE district = $1', [district]);
  },
};

describe('rows that are ahead of their journal', () => {
  let broker: Broker;
  let database: Database;
  let drop: () => Promise<void>;
  let appender: Appender;
  let followed: FollowedProjection | undefined;
  const districts: string[] = [];
  beforeAll(async () => {
    broker = await testBroker();
    appender = new Appender(broker);
    const temporary = await temporaryDatabase();
    ({ database, drop } = temporary);
    await migrate(temporary.url, 'totals', new URL('./testing/totals/', import.meta.url));
  });
  afterEach(async () => {
    await followed?.stop();
    for (const district of districts.splice(0)) await broker.manager.streams.delete(streamOf(district));
  });
  afterAll(async () => {
    appender.close();
    await broker.close();
    await drop();
  });

  const follow = async () => {
    followed = await followDistricts(totals, { database, broker, log: silentLog });
    return followed;
  };
  const append = (district: string, ...keys: string[]) =>
    appender.appendAll(
      keys.map((key) => ({
        subject: `vx.${district}.test.noun.${key}`,
        id: crypto.randomUUID(),
        payload: JSON.stringify({ key, amount: 1 }),
      })),
    );
  const rows = async (district: string) =>
    (await database.query('SELECT key, amount FROM totals.totals WHERE district = $1 ORDER BY key', [district])).rows;
  /** A district with five facts in its journal and their rows, not followed any more. */
  const projected = async () => {
    const district = temporaryDistrict();
    await openDistrictStream(broker, district, { clock: 'live', exercise: false });
    districts.push(district);
    await append(district, 'a', 'b', 'a', 'c', 'b');
    const first = await follow();
    expect(await first.reached(district, 5, 90_000)).toBe(true);
    expect(first.mended()).toEqual([]);
    await first.stop();
    return district;
  };
  const asInJournal = [
    { key: 'a', amount: 2 },
    { key: 'b', amount: 2 },
    { key: 'c', amount: 1 },
  ];
  const ghost = (district: string) => database.query(`INSERT INTO totals.totals VALUES ($1, 'ghost', 1)`, [district]);

  test('the journal ends before the position: found at the start, said, and written again', async () => {
    const district = await projected();
    await ghost(district);
    await database.query('UPDATE totals.positions SET sequence = 9 WHERE district = $1', [district]);
    const again = await follow();
    expect(await again.reached(district, 5, 90_000)).toBe(true);
    await expect.poll(() => rows(district)).toEqual(asInJournal);
    expect(again.mended()).toEqual([{ projection: 'mend', district, position: 9, journalEnds: 5, reason: 'ended' }]);
    // And it goes on.
    await append(district, 'c');
    expect(await again.reached(district, 6, 90_000)).toBe(true);
    expect(await rows(district)).toContainEqual({ key: 'c', amount: 2 });

    const app = createApp({
      name: 'totals',
      log: silentLog,
      metrics: createMetrics('totals'),
      access: {},
      mended: again.mended,
    });
    expect(await (await app.request('/readyz')).json()).toMatchObject({ status: 'ready', mended: again.mended() });
  });

  test('at the position stands another message: the sequence was given a second time', async () => {
    const district = await projected();
    await ghost(district);
    await database.query(`UPDATE totals.positions SET stored_at = '1' WHERE district = $1`, [district]);
    const again = await follow();
    await expect.poll(() => rows(district)).toEqual(asInJournal);
    expect(again.mended()).toMatchObject([{ position: 5, journalEnds: 5, reason: 'other-message' }]);
  });

  test('at the position stands no message that the projection reads', async () => {
    const district = await projected();
    await ghost(district);
    await appender.append({ subject: `vx.${district}.elsewhere.noun.x`, id: crypto.randomUUID(), payload: '{}' });
    await broker.manager.streams.deleteMessage(streamOf(district), 5);
    const again = await follow();
    await expect.poll(() => again.mended()).toMatchObject([{ position: 5, journalEnds: 6, reason: 'other-message' }]);
    await expect
      .poll(() => rows(district))
      .toEqual([
        { key: 'a', amount: 2 },
        { key: 'b', amount: 1 },
        { key: 'c', amount: 1 },
      ]);
  });

  test('the journal of a real district is gone whole, and was opened anew', async () => {
    const district = await projected();
    await broker.manager.streams.delete(streamOf(district));
    await openDistrictStream(broker, district, { clock: 'live', exercise: false });
    await append(district, 'new');
    const again = await follow();
    expect(await again.reached(district, 1, 90_000)).toBe(true);
    await expect.poll(() => rows(district)).toEqual([{ key: 'new', amount: 1 }]);
    expect(again.mended()).toMatchObject([{ district, position: 5, reason: 'other-journal' }]);
  });

  test('rows that fit are left alone, those of a version that did not keep the time too', async () => {
    const district = await projected();
    await ghost(district);
    await database.query('UPDATE totals.positions SET stored_at = NULL WHERE district = $1', [district]);
    await append(district, 'c');
    for (let start = 0; start < 2; start++) {
      const again = await follow();
      expect(await again.reached(district, 6, 90_000)).toBe(true);
      expect(again.mended()).toEqual([]);
      await again.stop();
    }
    expect(await rows(district)).toEqual([
      { key: 'a', amount: 2 },
      { key: 'b', amount: 2 },
      { key: 'c', amount: 2 },
      { key: 'ghost', amount: 1 },
    ]);
  });
});
