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
