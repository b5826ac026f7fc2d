import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { compressAnswers } from './compressed.ts';

const rows = JSON.stringify(Array.from({ length: 200 }, (_, index) => ({ areaId: `W${index}`, value: index })));
const app = new Hono();
app.use('/api/*', compressAnswers);
const answer = (path: string, headers: Record<string, string>, body = rows) =>
  app.all(path, () => new Response(body, { headers: { 'content-type': 'application/json', ...headers } }));
answer('/api/figures', {});
answer('/api/areas', { 'content-type': 'application/geo+json; charset=utf-8' });
answer('/api/problem', { 'content-type': 'application/problem+json' });
answer('/api/case', { etag: '"7"' });
answer('/api/private-case', { etag: '"7"', 'cache-control': 'private' });
answer('/api/weak', { etag: 'W/"7"' });
answer('/api/small', { 'content-length': '2' }, '{}');
answer('/api/stream', { 'content-type': 'text/event-stream' });
answer('/api/tile', { 'content-type': 'application/vnd.mapbox-vector-tile' });

const asked = async (path: string, method = 'GET', encoding = 'gzip, br') => {
  const response = await app.request(path, { method, headers: { 'accept-encoding': encoding } });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { response, bytes, encoding: response.headers.get('content-encoding') };
};

test.each(['/api/figures', '/api/areas', '/api/problem', '/api/weak'])(
  '%s goes compressed and is what it was',
  async (path) => {
    const { response, bytes, encoding } = await asked(path);
    expect([encoding, response.headers.get('vary')]).toEqual(['gzip', 'Accept-Encoding']);
    expect(bytes.length).toBeLessThan(rows.length / 3);
    expect(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text()).toBe(
      rows,
    );
  },
);

test('what is small, a stream, a tile or the answer to a change goes as it is', async () => {
  for (const [path, method] of [
    ['/api/small', 'GET'],
    ['/api/stream', 'GET'],
    ['/api/tile', 'GET'],
    ['/api/figures', 'POST'],
  ] as const)
    expect((await asked(path, method)).encoding).toBeNull();
  expect((await asked('/api/figures', 'GET', 'identity')).encoding).toBeNull();
});

test('a version that was read can be named: its strong ETag stays strong', async () => {
  const { response, encoding, bytes } = await asked('/api/case');
  expect([encoding, response.headers.get('etag'), response.headers.get('cache-control'), bytes.toString()]).toEqual([
    null,
    '"7"',
    'no-transform',
    rows,
  ]);
  expect((await asked('/api/private-case')).response.headers.get('cache-control')).toBe('private, no-transform');
});
