import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { lastMessage, streamOf } from '#platform/journal.ts';
import { post, until } from '#platform/testing/requests.ts';
import { openScenarioDesk, type ScenarioDesk } from './testing/scenario-desk.ts';

// Simulations on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let desk: ScenarioDesk;
beforeAll(async () => {
  desk = await openScenarioDesk();
});
afterAll(() => desk?.service.stop());

const last = async (subject: string) => {
  const { broker } = desk.service.parts;
  return (await lastMessage<CloudEvent>(broker, streamOf(desk.district), `vx.${desk.district}.ml.${subject}`))?.event;
};
const at = (requestId: string) => ({ 'x-request-id': requestId });
const service = { authtype: 'service_account', authid: 'ml' };

test('a run is asked for by a person; its end is said by the service, came from that event and belongs to that request', async () => {
  const body = desk.request({ paths: 100, seed: 21 });
  const answer = await post(desk.service, '/api/scenarios', body, at('asked-1'));
  expect(answer.status).toBe(202);
  const { id } = (await answer.json()) as { id: string };
  await desk.ended(id);
  expect(await last(`scenario.${id}`)).toMatchObject({
    type: 'scenario-completed',
    ...service,
    correlationid: 'asked-1',
    causationid: `scenario-requested-${id}`,
  });
});

test('a run is cancelled by the person whose request it was', async () => {
  const body = desk.request({ days: 180, paths: 2000, seed: 22 });
  const { id } = (await (await post(desk.service, '/api/scenarios', body, at('asked-2'))).json()) as { id: string };
  const requested = await last(`scenario.${id}`);
  expect(requested).toMatchObject({ authtype: 'unauthenticated', correlationid: 'asked-2' });
  expect(requested).not.toHaveProperty('authid');
  const gone = await desk.service.app.request(`/api/scenarios/${id}`, { method: 'DELETE', headers: at('gone-2') });
  expect(gone.status).toBe(200);
  const cancelled = await last(`scenario.${id}`);
  expect(cancelled).toMatchObject({ type: 'scenario-cancelled', authtype: 'unauthenticated', correlationid: 'gone-2' });
  expect(cancelled).not.toHaveProperty('causationid');
});

test('what the service computes by itself is its own, and what was said at once belongs together', async () => {
  const risk = await until(() => last('risk.>'));
  expect(risk).toMatchObject({ ...service, correlationid: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  const forecast = await until(() => last('forecast.>'));
  expect(forecast).toMatchObject(service);
  expect(forecast.correlationid).not.toBe(risk.correlationid);
});

test('a decision on a model is known by the clock of the exercise, and says by whose request', async () => {
  const decide = (version: string) =>
    post(
      desk.service,
      `/api/models/risk/active?district=${desk.district}`,
      { version, reason: 'thử', by: 'Trực ban' },
      at('decided-3'),
    );
  const refused = (await (await decide('no such version')).json()) as { errors: { reason: string }[] };
  const [first] = refused.errors[0]!.reason.replace('one of ', '').split(', ');
  expect((await decide(first!)).status).toBe(200);
  const decided = await until(() => last('model.>'));
  expect(decided).toMatchObject({ authtype: 'unauthenticated', correlationid: 'decided-3' });
  // The wave of 2021, and not the wall's year.
  expect(decided.recordedtime).toMatch(/^2021-07/);
  expect(decided.time).toBe(decided.recordedtime);
});
