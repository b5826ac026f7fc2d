import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue, definitionOf } from '#contracts/catalogue.ts';
import { newEvent, newEventOf } from '#contracts/new-event.ts';
import { Appender, type Message } from '#platform/append.ts';
import type { Broker } from '#platform/broker.ts';
import { type Database, migrate } from '#platform/database.ts';
import { deleteDistrictStream, openDistrictStream } from '#platform/journal.ts';
import { createMetrics } from '#platform/metrics.ts';
import { type FollowedProjection, followDistricts } from '#platform/projections.ts';
import { silentLog, temporaryDatabase, temporaryDistrict, testBroker } from '#platform/testing/servers.ts';
import { simulateWave } from './drill/simulation/simulate-wave.ts';
import { registerPack } from './geography/district-pack/register-pack.ts';
import { loadDistrict7Pack } from './geography/district7/pack.ts';
import { schemas } from './migrations.ts';
import { allProjections, rebuildStages } from './projections.ts';
import { rebuild } from './rebuild.ts';

/** A fortnight of the drill, cases, doses, capacity, violations, businesses and incidents with everything that happens to them, and every full fixture. */
describe('rebuild', () => {
  const district = temporaryDistrict();
  let broker: Broker;
  let database: Database;
  let url: string;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    broker = await testBroker();
    ({ database, url, drop } = await temporaryDatabase());
    for (const { schema, folder } of schemas) await migrate(url, schema, folder);
  });
  afterAll(async () => {
    await deleteDistrictStream(broker, district);
    await broker.close();
    await drop();
  });

  /** Every row of every table of ours, without the positions' wall clock. */
  const allRows = async () => {
    const { rows: tables } = await database.query<{ schema: string; name: string }>(
      `SELECT schemaname AS schema, tablename AS name FROM pg_tables WHERE schemaname = ANY($1) AND tablename NOT IN ('migrations', 'positions') ORDER BY 1, 2`,
      [schemas.map(({ schema }) => schema)],
    );
    const content: Record<string, string[]> = {};
    for (const { schema, name } of tables) {
      const { rows } = await database.query<{ row: string }>(
        `SELECT to_jsonb(t)::text AS row FROM "${schema}"."${name}" t WHERE to_jsonb(t)->>'district' = $1 ORDER BY 1`,
        [district],
      );
      content[`${schema}.${name}`] = rows.map(({ row }) => row);
    }
    return content;
  };

  test('drops every projection and replays the journal to the same rows, table by table', async () => {
    const appender = new Appender(broker);
    const pack = loadDistrict7Pack();
    await openDistrictStream(broker, district, { clock: 'recorded', exercise: true });
    await registerPack(appender, broker, pack, {
      district,
      clock: 'recorded',
      exercise: true,
      recordedTime: '2021-05-01T00:00:00.000Z',
    });
    const messages: Message[] = [];
    for (const { event } of simulateWave({ seed: 7, pack, from: '2021-06-01', to: '2021-06-14', district })) {
      const { type, time, recordedtime, data } = event;
      const fact = {
        district,
        source: 'drill',
        id: `d${messages.length}`,
        time,
        recordedTime: recordedtime,
        exercise: true,
        data,
      };
      messages.push(newEventOf(definitionOf(type)!, fact).message);
    }
    const fixtures = new URL('./contracts/fixtures/', import.meta.url);
    for (const name of Object.keys(catalogue).filter((type) => type !== 'district-registered')) {
      const { type, time, data } = JSON.parse(readFileSync(new URL(`${name}.full.json`, fixtures), 'utf8'));
      messages.push(
        newEvent({
          type,
          district,
          source: 'fixtures',
          id: name,
          time,
          recordedTime: '2021-09-01T00:00:00.000Z',
          exercise: true,
          data,
        }).message,
      );
    }
    for (let at = 0; at < messages.length; at += 2000)
      for (const result of await appender.appendAll(messages.slice(at, at + 2000)))
        if (!result.ok) throw new Error(result.detail);
    const { state } = await broker.manager.streams.info(`VX_${district}`);
    const running: FollowedProjection[] = [];
    const parts = {
      database,
      broker,
      appender,
      log: silentLog,
      metrics: createMetrics('rebuild-test'),
      now: () => new Date(),
      newId: randomUUID,
    };
    for (const stage of rebuildStages(await allProjections(parts))) {
      const followed = [];
      for (const projection of stage) {
        const last = await broker.manager.streams
          .getMessage(`VX_${district}`, { last_by_subj: projection.filter(district) })
          .catch(() => undefined);
        const following = await followDistricts({ ...projection, restWhenBehind: 0 } as never, {
          database,
          broker,
          log: silentLog,
          batchEntries: 333,
        });
        followed.push({ following, until: last?.seq ?? 0 });
        running.push(following);
      }
      for (const { following, until } of followed) expect(await following.reached(district, until, 60_000)).toBe(true);
    }
    for (const following of running) await following.stop();
    appender.close();

    const before = await allRows();
    expect(Object.values(before).flat().length).toBeGreaterThan(3000);
    for (const table of [
      'epidemic.case_versions',
      'epidemic.capacity_versions',
      'urban_order.violation_versions',
      'economy.business_heads',
      'geography.points',
      'geography.area_versions',
    ])
      expect([table, before[table]?.length]).toEqual([table, expect.any(Number)]);
    const steps = await rebuild({ databaseUrl: url, broker, log: silentLog, districts: [district] });
    expect(steps.reduce((sum, step) => sum + step.events, 0)).toBeGreaterThan(state.messages - 10);
    const after = await allRows();
    expect(Object.keys(after)).toEqual(Object.keys(before));
    for (const table of Object.keys(before)) expect({ [table]: after[table] }).toEqual({ [table]: before[table] });
  }, 180_000);
});
