import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toldRetention } from '#contracts/access/retention.ts';
import { createApp } from '#platform/app.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import { listen } from '#platform/serve.ts';
import { addGateway } from './gateway.ts';

/** A service that says one event, waits until it is told, and says another; it notices when its listener is gone. */
let second = () => {};
let left = Promise.resolve();
const service = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write('event: run\ndata: 1\n\n');
  second = () => response.write('event: run\ndata: 2\n\n');
  left = new Promise((resolve) => response.on('close', resolve));
});
let gateway: Awaited<ReturnType<typeof listen>>;

beforeAll(async () => {
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const { port } = service.address() as AddressInfo;
  const log = createLog('gateway-test', 'silent');
  const app = createApp({ name: 'live', log, metrics: createMetrics('live'), access: {} });
  const base = `http://127.0.0.1:${port}`;
  addGateway(app, {
    services: { ml: base },
    prefixes: { '/api/scenarios': 'ml' },
    own: () => ({ openapi: '3.1.0', info: { title: 'live', version: '1' } }),
    log,
  });
  gateway = await listen(app, 0, '127.0.0.1');
});
afterAll(async () => {
  await gateway.stop();
  service.closeAllConnections();
  service.close();
});

test('a stream of a service goes through as it comes, and ends with its listener', async () => {
  const stop = new AbortController();
  const address = `http://127.0.0.1:${gateway.port}/api/scenarios/run-1/progress`;
  const response = await fetch(address, { signal: stop.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  // the second event is only said once the first has come through
  expect((await reader.read()).value).toContain('data: 1');
  second();
  expect((await reader.read()).value).toContain('data: 2');
  stop.abort();
  await left;
});

test('the status tells every period of retention that holds, and none that nobody set', async () => {
  const log = createLog('gateway-test', 'silent');
  const app = createApp({ name: 'live', log, metrics: createMetrics('live'), access: {} });
  const now = () => new Date('2026-12-01T00:00:00Z');
  addGateway(app, {
    ...{ services: {}, prefixes: {}, log, now },
    own: () => ({ openapi: '3.1.0', info: { title: 'live', version: '1' } }),
  });
  const { retention } = (await (await app.request('/api/status')).json()) as { retention: { periodDays: unknown }[] };
  expect(retention).toEqual(toldRetention('2026-12-01T00:00:00Z'));
  expect(retention.map(({ periodDays }) => periodDays)).toEqual(retention.map(() => null));
});
