import { expect, onTestFinished, test } from 'vitest';
import { registerEvents } from '#contracts/catalogue.ts';
import { inTransaction } from '#platform/database.ts';
import { streamOf } from '#platform/journal.ts';
import { exclusiveTransactionLockSql } from '#platform/projection.ts';
import { followDistricts } from '#platform/projections.ts';
import { allRows, post } from '#platform/testing/requests.ts';
import { silentLog } from '#platform/testing/servers.ts';
import { startServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { hotline } from './app.ts';
import { hotline as declared } from './declaration.ts';

const schemaOf = (schema: string, folder = schema) => ({
  schema,
  migrations: new URL(`../${folder}/migrations/`, import.meta.url),
});
const tables = ['call_versions', 'call_events', 'call_heads', 'due_times', 'callers', 'rounds'];

test('a rebuild writes the same rows, what becomes due among them, and says nothing a second time', async () => {
  onTestFinished(registerEvents(declared.events));
  const now = new Date('2021-10-01T00:00:00.000Z');
  const service = await startServiceUnderTest(hotline(), {
    now: () => now,
    others: [
      schemaOf('geography'),
      schemaOf('epidemic'),
      schemaOf('urban_order', 'urban-order'),
      schemaOf('incidents'),
      schemaOf('officials'),
    ],
  });
  const district = await openTestDistrict(service, { clock: 'live' });
  onTestFinished(async () => {
    await service.parts.broker.manager.streams.delete(streamOf(district));
    await service.stop();
  });
  const say = async (path: string, body: object = {}) =>
    expect((await post(service, `/api/hotline/${path}?district=${district}`, body)).status).toBeLessThan(300);
  for (const callId of ['rings', 'refused', 'answered', 'flagged'])
    await say('calls', { callId, carrier: 'app', areaId: 'W1', callerNumber: '0909000001' });
  await say('calls/refused/refuse', { outcome: 'busy' });
  await say('calls/answered/answer');
  await say('calls/flagged/answer');
  await say('calls/flagged/triage', { keys: '9' });
  await say('calls/refused/triage', { symptoms: ['fever'], breathsPerMinute: 18 });
  await say('daily', { enabled: true });
  const { broker } = service.parts;
  const lastSequence = async () => (await broker.manager.streams.info(streamOf(district))).state.last_seq;
  const rows = () => allRows(service, 'hotline', tables, district);
  await expect.poll(async () => (await rows()).rounds!.length).toBe(1);
  await expect.poll(async () => (await rows()).callers!.filter((row) => row.includes('emergency')).length).toBe(1);
  // Who called and is removed: number and answers are gone from the rows, what was judged is not.
  await expect.poll(async () => (await rows()).callers!.filter((row) => row.includes('fever')).length).toBe(1);
  const of = async (callId: string) => JSON.parse((await rows()).callers!.find((row) => row.includes(`"${callId}"`))!);
  expect(await of('refused')).toMatchObject({ caller_number: '0909000001', triage: { breathsPerMinute: 18 } });
  await say('calls/refused/caller/removal', { reason: 'theo yêu cầu' });
  await expect.poll(() => of('refused'), { timeout: 60_000 }).toMatchObject({ caller_number: null, lon: null });
  expect((await of('refused')).triage).toEqual({
    ...{ level: expect.any(String), ruleSet: expect.any(String), because: [], testReferral: true },
  });
  const again = await post(service, `/api/hotline/calls/refused/caller/removal?district=${district}`, {});
  expect([again.status, await again.json()]).toEqual([201, { sequence: null, keys: 0 }]);
  expect((await post(service, `/api/hotline/calls/nobody/caller/removal?district=${district}`, {})).status).toBe(404);
  const last = await lastSequence();
  const before = await rows();
  expect(before.due_times).toHaveLength(2);
  expect(before.callers).toHaveLength(4);
  expect(before.rounds).toHaveLength(1);
  const { database } = service.parts;
  for (const projection of hotline().compose(service.parts).projections) {
    await inTransaction(database, async (transaction) => {
      await transaction.query(exclusiveTransactionLockSql, [projection.name]);
      await projection.forget(transaction, district);
      await transaction.query('DELETE FROM hotline.positions WHERE projection = $1 AND district = $2', [
        projection.name,
        district,
      ]);
    });
    const again = await followDistricts(projection, { database, broker, log: silentLog, batchEntries: 2 });
    onTestFinished(again.stop);
  }
  await expect.poll(rows).toEqual(before);
  expect(await lastSequence()).toBe(last);
});
