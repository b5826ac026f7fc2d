import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { LiveBatch } from '#contracts/live.ts';
import { startDeclared } from '#lifecycle/testing/declared.ts';
import { createApp } from '#platform/app.ts';
import { Appender } from '#platform/append.ts';
import { Gateway } from '#platform/gateway.ts';
import { deleteDistrictStream, lastMessage, streamOf } from '#platform/journal.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import { everybodyMay } from '#platform/permission.ts';
import { listen } from '#platform/serve.ts';
import { get } from '#platform/testing/requests.ts';
import { silentLog, testBroker } from '#platform/testing/servers.ts';
import { openTracer, type Tracer, tracesOf } from '#platform/tracing.ts';
import { openTestDistrict } from './district/testing/district.ts';
import define from './incidents/app.ts';
import { incidents } from './incidents/declaration.ts';
import { createIntake } from './intake/app.ts';
import { knownDistricts } from './intake/districts.ts';
import { parseFilter } from './live/filter.ts';
import { DistrictHub } from './live/hub.ts';

interface Gathered {
  service: string;
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
}

/** A gatherer of traces in this process: what OTLP over HTTP brings, as JSON. */
async function gatherer() {
  const spans: Gathered[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const { resourceSpans = [] } = JSON.parse(text);
    for (const { resource, scopeSpans } of resourceSpans) {
      const service = resource.attributes.find(({ key }: { key: string }) => key === 'service.name').value.stringValue;
      for (const scope of scopeSpans) for (const span of scope.spans) spans.push({ service, ...span });
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tracerOf = async (service: string): Promise<Tracer> => {
    const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: 1 };
    const tracer = await openTracer(service, settings, silentLog);
    onTestFinished(() => tracer!.stop());
    return tracer!;
  };
  return { spans, tracerOf };
}

const remote = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
const traceparent = `00-${remote.traceId}-${remote.spanId}-01`;

/** Door, rows and stream of a district, each with a tracer of its own. */
async function product() {
  const { spans, tracerOf } = await gatherer();
  const broker = await testBroker();
  onTestFinished(() => broker.close());
  const service = await startDeclared(incidents, define(), undefined, { tracer: await tracerOf('incidents') });
  onTestFinished(() => service.stop());
  const district = await openTestDistrict(service, { clock: 'live' });
  onTestFinished(() => deleteDistrictStream(broker, district));
  const tracer = await tracerOf('intake');
  const appender = new Appender(broker, { tracer });
  onTestFinished(() => appender.close());
  const districts = await knownDistricts(broker);
  onTestFinished(districts.stop);
  const options = { rules: districts.rules, now: () => new Date(), log: silentLog, ready: async () => {} };
  const door = createIntake({ ...options, appender, metrics: createMetrics('door'), permit: everybodyMay, tracer });
  const hub = new DistrictHub(district, {
    ...{ broker, log: silentLog, now: () => new Date(), batchMs: 20 },
    tracer: await tracerOf('live'),
  });
  onTestFinished(() => hub.stop());
  const told: LiveBatch['items'] = [];
  await hub.join(
    parseFilter({}),
    {
      write: (text) => {
        if (text.includes('event: batch'))
          told.push(...(JSON.parse(/^data: (.*)$/m.exec(text)![1]!) as LiveBatch).items);
      },
      bufferedBytes: () => 0,
      close: () => {},
    },
    undefined,
  );
  const occurredAt = new Date(Date.now() - 60_000).toISOString();
  const report = (id: string, more: object = {}) => ({
    specversion: '1.0',
    id,
    source: '/cameras',
    type: 'incident-reported',
    time: occurredAt,
    district,
    data: { incidentId: id, kind: 'crash', severity: 2, occurredAt, location: { lon: 106.712, lat: 10.705 } },
    ...more,
  });
  const send = (event: object, headers: Record<string, string> = {}) =>
    door.request('/api/events', {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json', ...headers },
      body: JSON.stringify(event),
    });
  const spansOf = (traceId: string, ...services: string[]) =>
    expect
      .poll(
        () => {
          const found = spans.filter((span) => span.traceId === traceId);
          return services.every((one) => found.some((span) => span.service === one)) ? found : undefined;
        },
        { timeout: 90_000 },
      )
      .toBeTruthy()
      .then(() => spans.filter((span) => span.traceId === traceId));
  return { broker, district, service, told, report, send, spans, spansOf, door };
}

test('one report has one trace from the door through journal and rows to the browser, and its request id', async () => {
  const { broker, district, told, report, send, spansOf } = await product();
  const answer = await send(report('a'), { traceparent, 'x-request-id': 'asked-1' });
  expect([answer.status, answer.headers.get('x-request-id')]).toEqual([201, 'asked-1']);
  const spans = await spansOf(remote.traceId, 'intake', 'incidents', 'live');
  const named = new Map(spans.map((span) => [`${span.service}: ${span.name}`, span]));
  expect([...named.keys()].sort()).toEqual([
    'incidents: rows of incidents',
    'intake: intake POST /api/events',
    'intake: journal',
    'live: told to browsers',
  ]);
  const asked = named.get('intake: intake POST /api/events')!;
  expect(asked.parentSpanId).toBe(remote.spanId);
  for (const name of ['intake: journal', 'incidents: rows of incidents', 'live: told to browsers'])
    expect(named.get(name)!.parentSpanId, name).toBe(asked.spanId);
  const own = `00-${remote.traceId}-${asked.spanId}-01`;
  const journalled = await lastMessage(broker, streamOf(district), `vx.${district}.incidents.>`);
  expect(journalled!.event).toMatchObject({ traceparent: own, correlationid: 'asked-1' });
  expect(told).toMatchObject([{ id: 'a', traceparent: own }]);
});

test('a trace of the sender goes on; one that is none begins at the door, and is kept as a claim', async () => {
  const { broker, district, report, send, spansOf } = await product();
  expect((await send(report('a', { traceparent }))).status).toBe(201);
  const spans = await spansOf(remote.traceId, 'intake', 'incidents', 'live');
  expect(spans.every((span) => span.parentSpanId === remote.spanId)).toBe(true);
  expect((await send(report('b', { traceparent: '00-1' }))).status).toBe(201);
  const journalled = await lastMessage<Record<string, string>>(
    broker,
    streamOf(district),
    `vx.${district}.incidents.incident.b`,
  );
  expect(journalled!.event).toMatchObject({ claimedtraceparent: '00-1' });
  await spansOf(journalled!.event.traceparent!.split('-')[1]!, 'intake', 'incidents', 'live');
});

test('the same event with another trace is the same event: no second row, no second fact', async () => {
  const { report, send, service, district } = await product();
  const event = report('a');
  expect(await (await send({ ...event, traceparent })).json()).toMatchObject({ accepted: 1, duplicates: 0 });
  const other = traceparent.replace('c-b7', 'd-b7');
  expect(await (await send({ ...event, traceparent: other })).json()).toMatchObject({ accepted: 1, duplicates: 1 });
  expect(await (await send(event)).json()).toMatchObject({ accepted: 1, duplicates: 1 });
  // Beyond the broker's window the rows know it: another trace is no other statement.
  const appender = new Appender(service.parts.broker);
  onTestFinished(() => appender.close());
  const { event: first, sequence } = (await lastMessage<object>(
    service.parts.broker,
    streamOf(district),
    `vx.${district}.incidents.>`,
  ))!;
  const subject = `vx.${district}.incidents.incident.a`;
  const again = await appender.append({
    subject,
    id: 'again',
    payload: JSON.stringify({ ...first, traceparent: other }),
  });
  expect(again).toMatchObject({ ok: true, sequence: sequence + 1 });
  const [projection] = service.projections;
  expect(await projection!.reached(district, sequence + 1, 90_000)).toBe(true);
  const list = await get<{ items: unknown[] }>(service, `/api/incidents/incidents?district=${district}`);
  expect(list.items).toMatchObject([{ incidentId: 'a' }]);
  expect(await projection!.deadLetters()).toEqual([]);
});

test('a command is traced as a report is', async () => {
  const { service, district, spansOf, told } = await product();
  const answer = await service.app.request(`/api/incidents/incidents?district=${district}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent },
    body: JSON.stringify({ incidentId: 'c', kind: 'crash', severity: 1, location: { lon: 106.712, lat: 10.705 } }),
  });
  expect(answer.status).toBe(201);
  const spans = await spansOf(remote.traceId, 'incidents', 'live');
  expect(spans.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['journal', 'rows of incidents', 'told to browsers']),
  );
  expect(told[0]?.traceparent).toContain(remote.traceId);
});

test('where nobody gathers traces nothing of them is loaded, and nothing is added', async () => {
  const off = { OTEL_EXPORTER_OTLP_ENDPOINT: undefined, OTEL_TRACES_SAMPLER_ARG: 1 };
  expect(await openTracer('x', off, silentLog)).toBeUndefined();
  // Its packages are named in one file, which is named by one dynamic import.
  const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.includes('node_modules'))
    .map((path) => [path, readFileSync(join(import.meta.dirname, path), 'utf8')] as const);
  const naming = (words: RegExp) => sources.filter(([, text]) => words.test(text)).map(([path]) => path);
  expect(naming(/from '@opentelemetry\//)).toEqual(['platform/tracing-export.ts']);
  expect(naming(/tracing-export/)).toEqual(['platform/tracing.ts']);
  expect(naming(/await import\('.\/tracing-export.ts'\)/)).toEqual(['platform/tracing.ts']);
  expect(tracesOf([{ traceparent: '00-1' }, {}, null, { traceparent }, { traceparent }])).toEqual(
    new Map([[traceparent, 2]]),
  );
});

test('what is said in the course of a request has its id, also of what it asks another service', async () => {
  const lines: Record<string, unknown>[] = [];
  const log = createLog('one', 'info', { write: (line: string) => void lines.push(JSON.parse(line)) });
  const access = { 'GET /api/x': { action: 'x.read', dataClass: 'public' as const, district: 'none' } };
  const options = { access, permit: everybodyMay };
  const other = createApp({ name: 'two', log, metrics: createMetrics('two'), ...options });
  other.get('/api/x', (context) => {
    log.info('asked');
    return context.json({ id: context.var.requestId });
  });
  const http = await listen(other, 0, '127.0.0.1', undefined, { tells: false });
  onTestFinished(() => http.stop());
  const gateway = new Gateway(`http://127.0.0.1:${http.port}`);
  const app = createApp({ name: 'one', log, metrics: createMetrics('one'), ...options });
  app.get('/api/x', async (context) => {
    log.warn('asks');
    return context.json(await gateway.get('/api/x'));
  });
  log.info('before');
  const answer = await app.request('/api/x', { headers: { 'x-request-id': 'sane-1' } });
  expect(await answer.json()).toEqual({ id: 'sane-1' });
  expect(lines.map(({ msg, requestId }) => [msg, requestId])).toEqual([
    ['before', undefined],
    ['asks', 'sane-1'],
    ['asked', 'sane-1'],
  ]);
  const made = await app.request('/api/x', { headers: { 'x-request-id': 'no {"sane"}' } });
  expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});
