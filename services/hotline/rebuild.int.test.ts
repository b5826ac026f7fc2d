import { expect, onTestFinished, test } from 'vitest';
import { registerEvents } from '#contracts/catalogue.ts';
import { inTransaction } from '#platform/database.ts';
import { readSubject, streamOf } from '#platform/journal.ts';
import { exclusiveTransactionLockSql } from '#platform/projection.ts';
import { followDistricts } from '#platform/projections.ts';
import { allRows, post } from '#platform/testing/requests.ts';
import { silentLog } from '#platform/testing/servers.ts';
import { startServiceUnderTest } from '#platform/testing/service.ts';
import { keepRetention } from '../district/keep-retention.ts';
import { stamp } from '../district/stamp.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { hotline } from './app.ts';
import { callerRetention } from './calls/remove-caller.ts';
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

test('a caller is removed once when his time is over, and by no look before', async () => {
  onTestFinished(registerEvents(declared.events));
  let now = new Date('2021-10-01T16:59:59.999Z');
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
  const district = await openTestDistrict(service, { clock: 'live', exercise: false });
  onTestFinished(async () => {
    await service.parts.broker.manager.streams.delete(streamOf(district));
    await service.stop();
  });
  const { broker, database } = service.parts;
  const receive = async (callId: string) => {
    const call = { callId, carrier: 'app', areaId: 'W1', callerNumber: '0909000001' };
    expect((await post(service, `/api/hotline/calls?district=${district}`, call)).status).toBeLessThan(300);
  };
  // One on the last millisecond of 1 October at home, one on the first of 2 October.
  await receive('one-day');
  now = new Date(now.getTime() + 1);
  await receive('next-day');
  const numbers = async () =>
    (
      await database.query<{ call: string; number: string | null }>(
        'SELECT call_id AS call, caller_number AS number FROM hotline.callers WHERE district = $1 ORDER BY call_id',
        [district],
      )
    ).rows.map(({ call, number }) => [call, number]);
  const removals = async () =>
    (await readSubject(broker, streamOf(district), `vx.${district}.hotline.caller.one-day`, 1e9)).filter(({ text }) =>
      text.includes('caller-removed'),
    ).length;
  const known = [
    ['next-day', '0909000001'],
    ['one-day', '0909000001'],
  ];
  await expect.poll(numbers, { timeout: 60_000 }).toEqual(known);
  const lookAt = async (at: string) => {
    now = new Date(at);
    const duty = callerRetention({
      ...service.parts,
      stampOf: (one, by) => stamp(service.parts, one, by, async () => now),
    });
    const rule = { class: duty.class, periodDays: 1, from: null, until: null, verified: false } as const;
    const keeping = keepRetention({
      ...{ ...service.parts, service: 'hotline', duties: [duty] },
      policy: [{ ...rule, source: { vi: 'thử', en: 'a test' } }],
      leads: (one) => one === district,
    });
    await keeping.look();
    await keeping.stop();
  };
  // 1 October and one whole day after it: until 3 October begins.
  await lookAt('2021-10-02T16:59:59.999Z');
  expect([await numbers(), await removals()]).toEqual([known, 0]);
  await lookAt('2021-10-02T17:00:00.000Z');
  const removed = [known[0], ['one-day', null]];
  await expect.poll(numbers, { timeout: 60_000 }).toEqual(removed);
  await lookAt('2021-10-02T17:00:00.000Z');
  expect(await removals()).toBe(1);
  await service.rebuild(district);
  await lookAt('2021-10-03T16:59:59.999Z');
  expect([await numbers(), await removals()]).toEqual([removed, 1]);
});
