import { CloudEvent, HTTP } from 'cloudevents';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '#platform/app.ts';
import { Appender } from '#platform/append.ts';
import type { Broker } from '#platform/broker.ts';
import { deleteDistrictStream, findDistrictStream, openDistrictStream } from '#platform/journal.ts';
import { createMetrics } from '#platform/metrics.ts';
import { silentLog, temporaryDistrict, testBroker } from '#platform/testing/servers.ts';
import { createIntake } from './app.ts';
import { knownDistricts } from './districts.ts';

describe('POST /api/events', () => {
  let broker: Broker;
  let appender: Appender;
  let app: App;
  let stop: () => void;
  const district = temporaryDistrict();

  beforeAll(async () => {
    broker = await testBroker();
    appender = new Appender(broker);
    await openDistrictStream(broker, district, { clock: 'live', exercise: true });
    const districts = await knownDistricts(broker);
    stop = districts.stop;
    app = createIntake({
      appender,
      rules: districts.rules,
      now: () => new Date(),
      log: silentLog,
      metrics: createMetrics('intake'),
      ready: async () => {},
    });
  });
  afterAll(async () => {
    stop();
    appender.close();
    await deleteDistrictStream(broker, district);
    await broker.close();
  });

  const event = (id: string, data: object = { caseId: id, confirmedDate: '2026-03-01' }) => ({
    specversion: '1.0',
    id,
    source: '/lab',
    type: 'case-confirmed',
    time: '2026-03-01T00:00:00Z',
    district,
    data,
  });
  const send = (body: unknown, type = 'application/cloudevents-batch+json') =>
    app.request('/api/events', { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(body) });
  const lastSequence = async () => (await findDistrictStream(broker, district))!.lastSequence;

  test('a batch of 5,000 is on disk when the answer comes; sent again it changes nothing', async () => {
    const batch = Array.from({ length: 5000 }, (_, index) => event(`b${index}`));
    const before = await lastSequence();
    const first = await send(batch);
    expect([first.status, await first.json()]).toMatchObject([
      201,
      { accepted: 5000, duplicates: 0, rejected: [], throughSequence: before + 5000 },
    ]);
    expect(await lastSequence()).toBe(before + 5000);
    const again = await send(batch);
    expect([again.status, await again.json()]).toMatchObject([201, { accepted: 5000, duplicates: 5000 }]);
    expect(await lastSequence()).toBe(before + 5000);
  });

  test('rejected events are named by index, field and reason; the others are taken', async () => {
    const answer = await send([event('m1'), event('m2', { caseId: 'm2' }), 'no event', event('m4')]);
    expect(answer.status).toBe(207);
    const body = (await answer.json()) as {
      accepted: number;
      rejected: { index: number; field: string; reason: string }[];
    };
    expect(body.accepted).toBe(2);
    expect(body.rejected.map(({ index, field }) => [index, field])).toEqual([
      [1, 'data.confirmedDate'],
      [2, '(whole)'],
    ]);
    const none = await send([event('m5', {})]);
    expect(none.status).toBe(422);
  });

  test('the CloudEvents SDK speaks to it, structured and binary', async () => {
    for (const encode of [HTTP.structured, HTTP.binary]) {
      const id = `sdk-${encode === HTTP.binary ? 'binary' : 'structured'}`;
      const { headers, body } = encode(new CloudEvent(event(id)));
      const answer = await app.request('/api/events', {
        method: 'POST',
        headers: headers as Record<string, string>,
        body: body as string,
      });
      expect([answer.status, await answer.json()]).toMatchObject([201, { accepted: 1 }]);
      const stored = await broker.manager.streams.getMessage(`VX_${district}`, {
        last_by_subj: `vx.${district}.epidemic.case.${id}`,
      });
      // What the journal holds is again an event that the SDK takes.
      expect(() => new CloudEvent(stored!.json() as Record<string, unknown>)).not.toThrow();
    }
  });

  test('two feeds that both count from 1 do not swallow each other', async () => {
    const before = await lastSequence();
    await send([
      event('1', { caseId: 'one', confirmedDate: '2026-03-01' }),
      { ...event('1', { caseId: 'two', confirmedDate: '2026-03-01' }), source: '/other' },
    ]);
    expect(await lastSequence()).toBe(before + 2);
  });

  test('a body that is too large is refused with the bound', async () => {
    const answer = await app.request('/api/events', {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json', 'content-length': String(65 * 1024 * 1024) },
      body: 'x',
    });
    expect([answer.status, await answer.json()]).toMatchObject([413, { errors: [{ field: 'body' }] }]);
  });
});
