import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import type { App } from '#platform/app.ts';
import { Appender } from '#platform/append.ts';
import type { Broker } from '#platform/broker.ts';
import {
  deleteDistrictStream,
  findDistrictStream,
  lastMessage,
  openDistrictStream,
  streamOf,
} from '#platform/journal.ts';
import { createMetrics } from '#platform/metrics.ts';
import { recogniseSender } from '#platform/senders.ts';
import { silentLog, temporaryDistrict, testBroker } from '#platform/testing/servers.ts';
import { createIntake } from './app.ts';
import { knownDistricts } from './districts.ts';

const secrets = { drill: 'd'.repeat(43), import: 'i'.repeat(43), replay: 'r'.repeat(43) };

describe('who sends to the door', () => {
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
      metrics: createMetrics('senders'),
      ready: async () => {},
      senders: recogniseSender(secrets),
    });
  });
  afterAll(async () => {
    stop();
    appender.close();
    await deleteDistrictStream(broker, district);
    await broker.close();
  });

  const caseEvent = (id: string, more: object = {}) => ({
    specversion: '1.0',
    id,
    source: '/lab/quận 7',
    type: 'case-confirmed',
    time: '2026-03-01T00:00:00Z',
    district,
    data: { caseId: id, confirmedDate: '2026-03-01' },
    ...more,
  });
  const risk = {
    specversion: '1.0',
    id: 'forged',
    source: 'ml',
    type: 'risk-scored',
    time: '2026-03-01T00:00:00Z',
    district,
    data: {},
  };
  const send = (body: unknown, headers: Record<string, string> = {}) =>
    app.request('/api/events', {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents-batch+json', ...headers },
      body: JSON.stringify(body),
    });
  const bearing = (secret: string) => ({ authorization: `Bearer ${secret}` });
  const journalled = async (id: string) =>
    (await lastMessage<CloudEvent>(broker, streamOf(district), `vx.${district}.epidemic.case.${id}`))!.event;

  test('a feed that proves nothing is named by its source; its claims are kept beside and not believed', async () => {
    const claims = {
      authtype: 'service_account',
      authid: 'ml',
      authclaims: '{}',
      correlationid: 'mine',
      causationid: 'x',
    };
    const answer = await send([caseEvent('feed', claims)], { 'x-request-id': 'request-1' });
    expect(answer.status).toBe(201);
    const event = await journalled('feed');
    expect(event).toMatchObject({
      authtype: 'unauthenticated',
      authid: 'feed:/lab/qu-n-7',
      correlationid: 'request-1',
      claimedauthtype: 'service_account',
      claimedauthid: 'ml',
      claimedauthclaims: '{}',
      claimedcorrelationid: 'mine',
      claimedcausationid: 'x',
      dataversion: 1,
    });
    for (const name of ['authclaims', 'causationid']) expect(event).not.toHaveProperty(name);
  });

  test('a programme is itself by its secret, whatever its event claims', async () => {
    for (const [programme, secret] of Object.entries(secrets)) {
      const type = programme === 'replay' ? { type: 'case-count-published' } : {};
      const data = { areaId: `of-${programme}`, periodStart: '2026-02-01', periodEnd: '2026-02-07', cases: 3 };
      const event = programme === 'replay' ? caseEvent('of-replay', { ...type, data }) : caseEvent(`of-${programme}`);
      const answer = await send([{ ...event, authid: 'somebody' }], bearing(secret));
      expect([programme, answer.status]).toEqual([programme, 201]);
      const subject = programme === 'replay' ? `count.of-replay` : `case.of-${programme}`;
      const last = await lastMessage<CloudEvent>(broker, streamOf(district), `vx.${district}.epidemic.${subject}`);
      expect(last!.event).toMatchObject({
        authtype: 'service_account',
        authid: programme,
        claimedauthid: 'somebody',
        correlationid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
    }
  });

  test.each([
    ['a feed', undefined, 'risk-scored', 'said by ml only; a sender that proves nothing may not say it'],
    ['the drill', secrets.drill, 'risk-scored', 'said by ml only; drill may not say it'],
    ['the importer', secrets.import, 'model-activated', 'said by ml only; import may not say it'],
    [
      'a feed',
      undefined,
      'area-revised',
      'said by geography, import, replay, drill only; a sender that proves nothing may not say it',
    ],
    ['the drill', secrets.drill, 'district-registered', 'districts are registered with POST /api/districts'],
  ])('%s may not say what is another’s', async (_who, secret, type, reason) => {
    const before = (await findDistrictStream(broker, district))!.lastSequence;
    const answer = await send([{ ...risk, type }], secret ? bearing(secret) : {});
    expect([answer.status, await answer.json()]).toMatchObject([
      422,
      { accepted: 0, rejected: [{ index: 0, id: 'forged', field: 'type', value: type, reason }] },
    ]);
    expect((await findDistrictStream(broker, district))!.lastSequence).toBe(before);
  });

  test('a wrong token is refused as a whole, and never taken for a feed', async () => {
    for (const token of ['x'.repeat(43), `${secrets.drill}x`, secrets.drill.slice(1), '']) {
      const answer = await send([caseEvent('wrong')], { authorization: `Bearer ${token}` });
      expect([token, answer.status, answer.headers.get('www-authenticate')]).toEqual([
        token,
        401,
        'Bearer error="invalid_token"',
      ]);
    }
    expect(await lastMessage(broker, streamOf(district), `vx.${district}.epidemic.case.wrong`)).toBeUndefined();
    expect((await app.request('/api/events/catalogue', { headers: bearing('nobody') })).status).toBe(401);
  });

  test('another scheme is no token of ours: a proxy before the product may have its own', async () => {
    expect((await send([caseEvent('proxied')], { authorization: 'Basic dXNlcjpwYXNz' })).status).toBe(201);
    expect(await journalled('proxied')).toMatchObject({ authtype: 'unauthenticated', authid: 'feed:/lab/qu-n-7' });
  });
});
