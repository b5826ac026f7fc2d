import { expect, onTestFinished, test } from 'vitest';
import { createApp } from './app.ts';
import { Appender } from './append.ts';
import { openDeadLetters } from './dead-letters.ts';
import { openDistrictStream } from './journal.ts';
import { journalMetrics, streamStates } from './journal-metrics.ts';
import { measureService } from './measures.ts';
import { createMetrics } from './metrics.ts';
import { listenForMetrics } from './metrics-listener.ts';
import { everybodyMay } from './permission.ts';
import { lagOf, type Measured, measureLag } from './projection-lag.ts';
import { silentLog, temporaryDistrict, testBroker } from './testing/servers.ts';

const valuesOf = async (text: Promise<string>, name: string) =>
  (await text).split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));

async function journal(events: number) {
  const broker = await testBroker();
  onTestFinished(() => broker.close());
  const district = temporaryDistrict();
  const { stream } = await openDistrictStream(broker, district, { clock: 'recorded', exercise: true });
  onTestFinished(async () => {
    await broker.manager.streams.delete(stream);
  });
  const metrics = createMetrics('test');
  const appender = new Appender(broker, { metrics });
  onTestFinished(() => appender.close());
  const messages = Array.from({ length: events }, (_, index) => ({
    subject: `vx.${district}.${index % 2 ? 'other' : 'own'}.thing.k`,
    id: `${district} ${index}`,
    payload: '{}',
  }));
  await appender.appendAll(messages);
  return { broker, district, stream, metrics, appender, messages };
}

test('the journal itself says what stands after a position on the subjects of a projection, and for how long', async () => {
  const { broker, stream, district } = await journal(10);
  const filter = `vx.${district}.own.>`;
  const inAMinute = Date.now() + 60_000;
  const behind = await lagOf(broker, { stream, after: 2, filter }, inAMinute);
  // Sequences 3, 5, 7, 9.
  expect(behind.events).toBe(4);
  expect(behind.seconds).toBeGreaterThan(59);
  expect(behind.seconds).toBeLessThan(180);
  // After sequence 9 there is one more, of another projection.
  expect(await lagOf(broker, { stream, after: 9, filter }, inAMinute)).toEqual({ events: 0, seconds: 0 });
});

test('a projection that stands still is seen, and one that is whole; one whose district is gone is told of no more', async () => {
  const { broker, stream, district, metrics } = await journal(10);
  let at = 4;
  let districts = [district];
  const projection: Measured = {
    name: 'rows',
    districts: () => districts,
    position: async () => at,
    filter: (one) => `vx.${one}.own.>`,
  };
  // Nothing is late for a person before its time; in a minute it is.
  let clock = Date.now();
  const { measure, late } = measureLag(broker, [projection], metrics, () => clock);
  const lag = async () => {
    await measure([{ stream, lastSequence: 10, bytes: 0, cluster: undefined }]);
    const lines = await valuesOf(metrics.registry.metrics(), 'vx_projection_lag_events');
    return lines.map((line) => [line.includes(`stream="${stream}"`), Number(line.split(' ').at(-1))]);
  };
  expect(await lag()).toEqual([[true, 3]]);
  expect(late()).toEqual([]);
  clock += 60_000;
  expect(await lag()).toEqual([[true, 3]]);
  expect(late()).toMatchObject([{ projection: 'rows', district, events: 3 }]);
  expect(clock - Date.parse(late()[0]!.since)).toBeGreaterThanOrEqual(59_000);
  at = 9;
  expect(await lag()).toEqual([[true, 0]]);
  expect(late()).toEqual([]);
  districts = [];
  expect(await lag()).toEqual([]);
});

test('a service measures by itself that the broker answers, and what it could not write', async () => {
  const { broker, stream, metrics } = await journal(2);
  await openDeadLetters(broker);
  const projection: Measured = { name: 'nobody', districts: () => [], position: async () => 0, filter: (one) => one };
  const measuring = measureService(broker, [projection], metrics, silentLog);
  onTestFinished(() => measuring.stop());
  const told = async (name: string) => (await valuesOf(metrics.registry.metrics(), name)).join('\n');
  await expect.poll(() => told('vx_parked_events'), { timeout: 90_000 }).toMatch(/projection="nobody".* 0$/);
  expect(await told('vx_journal_answers')).toMatch(/ 1$/);
  expect(await told('vx_journal_last_sequence')).toContain(`stream="${stream}"`);
});

test('what became of messages is counted, with the time until it was known', async () => {
  const { metrics, appender, messages } = await journal(10);
  await appender.appendAll([...messages, { subject: 'vx.nowhere.own.thing.k', id: 'lost', payload: '{}' }]);
  const counted = await valuesOf(metrics.registry.metrics(), 'vx_published_messages_total');
  expect(counted.map((line) => line.replace(/.*result="([^"]+)".* /, '$1 ')).sort()).toEqual([
    'duplicate 10',
    'no-stream 1',
    'stored 10',
  ]);
  const [count] = await valuesOf(metrics.registry.metrics(), 'vx_publish_acknowledgement_seconds_count');
  expect(count).toMatch(/ 2$/);
});

test('every journal is told of: who leads it, and which copies are late', async () => {
  const { broker, stream } = await journal(3);
  const states = await streamStates(broker);
  expect(states.find((one) => one.stream === stream)).toMatchObject({ lastSequence: 3 });
  const { registry } = createMetrics('test');
  const { told } = journalMetrics(registry);
  const state = (cluster: (typeof states)[number]['cluster'], name = 'VX_a') => ({
    ...{ stream: name, lastSequence: 3, bytes: 10 },
    cluster,
  });
  told([state({ leader: false, copies: [{ current: true, lag: 0 }] }), state(undefined, 'VX_b')]);
  const leaders = await valuesOf(registry.metrics(), 'vx_journal_leader');
  expect(leaders.map((line) => line.replace(/.*stream="(\w+)".* /, '$1 '))).toEqual(['VX_a 0', 'VX_b 1']);
  const late = [
    { current: true, lag: 0 },
    { current: false, lag: 7 },
  ];
  told([state({ leader: true, copies: late })]);
  expect((await valuesOf(registry.metrics(), 'vx_journal_copies_behind'))[0]).toMatch(/ 1$/);
  expect((await valuesOf(registry.metrics(), 'vx_journal_copy_lag_events'))[0]).toMatch(/ 7$/);
  told(undefined);
  expect((await valuesOf(registry.metrics(), 'vx_journal_answers'))[0]).toMatch(/ 0$/);
});

test('the port of the metrics answers nothing else', async () => {
  const metrics = createMetrics('test');
  const listening = await listenForMetrics(metrics, 0, '127.0.0.1');
  onTestFinished(() => listening.stop());
  const ask = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${listening.port}${path}`, { method });
  const answer = await ask('/metrics');
  expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  expect(await answer.text()).toContain('nodejs_eventloop_lag_seconds');
  expect((await ask('/metrics', 'POST')).status).toBe(405);
  expect((await ask('/api/status')).status).toBe(404);
});

test('requests are counted by the pattern of their route, and never by what stands in it', async () => {
  const metrics = createMetrics('test');
  const access = { 'GET /api/things/:id': { action: 'thing.read', dataClass: 'public' as const, district: 'none' } };
  const app = createApp({ name: 'test', log: silentLog, metrics, access, permit: everybodyMay });
  app.get('/api/things/:id', (context) => context.json({}));
  for (const path of ['/api/things/1', '/api/things/2', '/api/nothing/1', '/api/nothing/2', '/x'])
    await app.request(path);
  const lines = await valuesOf(metrics.registry.metrics(), 'vx_http_request_duration_seconds_count');
  const counted = lines.map((line) => line.replace(/.*route="([^"]*)",status="(\d+)".* /, '$1 $2 ')).sort();
  expect(counted).toHaveLength(2);
  expect(counted.at(-1)).toBe('/api/things/:id 200 2');
  expect(counted[0]).toMatch(/ 404 3$/);
});

test('an app that has a row for /metrics asks for the right', async () => {
  const row = { action: 'metrics.read', dataClass: 'public' as const, district: 'none' };
  const options = { name: 'test', log: silentLog, metrics: createMetrics('test') };
  const closed = createApp({
    ...options,
    access: { 'GET /metrics': row },
    permit: () => ({ known: true, may: () => false, reach: () => undefined }),
  });
  expect((await closed.request('/metrics')).status).toBe(403);
  const open = createApp({ ...options, access: { 'GET /metrics': row }, permit: everybodyMay });
  expect((await open.request('/metrics')).status).toBe(200);
});
