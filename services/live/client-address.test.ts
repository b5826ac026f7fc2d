import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '#platform/app.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import { listen } from '#platform/serve.ts';
import { addGateway } from './gateway.ts';

/** Tells what it was told of who asks. */
const service = createServer((request, response) => response.end(String(request.headers['x-forwarded-for'])));
const log = createLog('gateway-test', 'silent');
let base = '';
beforeAll(async () => {
  await new Promise<void>((listening) => service.listen(0, '127.0.0.1', listening));
  base = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
});
afterAll(() => {
  service.closeAllConnections();
  service.close();
});
async function told(trustedProxies: string[], services: Record<string, string>, headers: Record<string, string>) {
  const app = createApp({ name: 'live', log, metrics: createMetrics('live'), access: {} });
  const own = () => ({ openapi: '3.1.0', info: { title: 'live', version: '1' } }) as const;
  addGateway(app, { services, prefixes: { '/api/identity': 'identity' }, own, log, trustedProxies });
  const gateway = await listen(app, 0, '127.0.0.1');
  const answer = await fetch(`http://127.0.0.1:${gateway.port}/api/identity/me`, { headers });
  const text = await answer.text();
  await gateway.stop();
  return { status: answer.status, text };
}

test('a service is told the address of the connection, and what a header says from a trusted proxy alone', async () => {
  const services = { identity: base };
  const said = { 'x-forwarded-for': '6.6.6.6, 1.2.3.4' };
  expect((await told([], services, said)).text).toBe('127.0.0.1');
  expect((await told(['10.0.0.1'], services, said)).text).toBe('127.0.0.1');
  expect((await told(['127.0.0.1'], services, said)).text).toBe('1.2.3.4');
  expect((await told(['127.0.0.1'], services, {})).text).toBe('127.0.0.1');
});

test('a service that is away, or not there at all, is said in the reader’s language', async () => {
  const gone = { identity: 'http://127.0.0.1:1' };
  for (const [services, vietnamese, english] of [
    [gone, 'chưa trả lời', 'does not answer'],
    [{}, 'Lần khởi động này không có', 'not part of this start'],
  ] as const) {
    const vi = await told([], services, { 'accept-language': 'vi' });
    expect([vi.status, vi.text]).toEqual([503, expect.stringContaining(vietnamese)]);
    expect((await told([], services, { 'accept-language': 'en' })).text).toContain(english);
  }
});
