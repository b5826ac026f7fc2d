import { expect, test } from 'vitest';
import { createApp } from './app.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { nobodyMay } from './permission.ts';

const access = { action: 'x.read', dataClass: 'public' } as const;
const app = createApp({
  name: 'options',
  log: createLog('options', 'silent'),
  metrics: createMetrics('options'),
  access: { 'GET /api/x/:id': access, 'POST /api/x/:id': access, 'DELETE /api/y': access },
  permit: nobodyMay,
});
app.get('/api/x/:id', (context) => context.text('read'));
app.post('/api/x/:id', (context) => context.text('done'));
app.delete('/api/y', (context) => context.text('gone'));

test.each([
  ['/api/x/1', 'GET, HEAD, POST, OPTIONS'],
  ['/api/y', 'DELETE, OPTIONS'],
  ['/healthz', 'GET, HEAD, OPTIONS'],
])('OPTIONS %s: what may be asked of it, to anybody', async (path, allow) => {
  const answer = await app.request(path, { method: 'OPTIONS', headers: { origin: 'http://elsewhere.example' } });
  expect([answer.status, answer.headers.get('allow'), await answer.text()]).toEqual([204, allow, '']);
  expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
});

test('an address that there is not has no methods', async () => {
  expect((await app.request('/api/z', { method: 'OPTIONS' })).status).toBe(404);
});

test('a method that an address does not answer is 405 with those that it does; TRACE is of no address', async () => {
  const other = await app.request('/api/x/1', { method: 'DELETE' });
  expect([other.status, other.headers.get('content-type')]).toEqual([405, 'application/problem+json']);
  expect(other.headers.get('allow')).toBe((await app.request('/api/x/1', { method: 'OPTIONS' })).headers.get('allow'));
  // What Request refuses to make, a socket can send.
  const trace = new Proxy(new Request('http://x/api/x/1'), {
    get: (request, key) => (key === 'method' ? 'TRACE' : Reflect.get(request, key, request)),
  });
  expect((await app.fetch(trace)).status).toBe(405);
  expect((await app.request('/api/nowhere', { method: 'POST' })).status).toBe(404);
});
