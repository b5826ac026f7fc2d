import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from './app.ts';
import { insideEdge, loopbackNames } from './edge.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { listen } from './serve.ts';

const log = createLog('edge-test', 'silent');
/** An app as every service is, with a route of its own that reads, one that writes, and one that breaks. */
function appWith(edge: Parameters<typeof createApp>[0]['edge'], limits?: Parameters<typeof listen>[3]) {
  const app = createApp({
    name: 'test',
    log,
    metrics: createMetrics('test'),
    access: {},
    heard: async () => [],
    bodyLimitBytes: 100,
    edge,
  });
  app.get('/api/read', (context) => context.text(context.var.publicOrigin ?? ''));
  app.post('/api/write', async (context) => context.text(`${(await context.req.text()).length}`));
  app.get('/api/broken', () => {
    throw new Error('broken');
  });
  return listen(app, 0, '127.0.0.1', limits);
}

/** The raw answer to raw words: a client of the usual kind would mend them. */
async function say(port: number, words: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let told = '';
  socket.on('data', (data) => {
    told += data;
  });
  socket.write(words);
  await once(socket, 'close');
  return told;
}
const ask = async (port: number, target: string, headers: Record<string, string>, method = 'GET') => {
  const lines = Object.entries({ connection: 'close', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const told = await say(port, `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`);
  return { status: Number(told.slice(9, 12)), told: told.toLowerCase(), text: told.slice(told.indexOf('\r\n\r\n')) };
};

const reads = [
  '/healthz',
  '/readyz',
  '/metrics',
  '/openapi.json',
  '/heard',
  '/api/read',
  '/api/broken',
  '/nowhere',
  '/',
];
const usual: Record<string, number> = { '/api/broken': 500, '/nowhere': 404, '/': 404 };
const headers = [
  'content-security-policy:',
  'x-content-type-options: nosniff',
  'referrer-policy:',
  'cross-origin-opener-policy:',
  'cross-origin-resource-policy: same-origin',
  'permissions-policy:',
];

describe('the front door', () => {
  let http: Awaited<ReturnType<typeof appWith>>;
  beforeAll(async () => {
    http = await appWith({ names: [...loopbackNames, 'https://centre.example'] });
  });
  afterAll(() => http.stop());

  test.each(reads)('%s answers to the names of the product alone, and every answer has the headers', async (path) => {
    const { port } = http;
    const wanted = usual[path] ?? 200;
    for (const [host, status] of [
      [`localhost:${port}`, wanted],
      [`127.0.0.1:${port}`, wanted],
      [`[::1]:${port}`, wanted],
      ['centre.example', wanted],
      ['CENTRE.example:443', wanted],
      ['centre.example:8443', 421],
      [`centre.example:${port}`, 421],
      // A tunnel's other end.
      ['localhost:1', wanted],
      ['localhost', wanted],
      ['[::1]:1', wanted],
      [`evil.example:${port}`, 421],
      [`localhost.evil.example:${port}`, 421],
      [`localhost:${port}.evil.example`, 421],
    ] as const) {
      const answer = await ask(port, path, { host });
      // What is no address at all is refused before us.
      expect([host, answer.status === 400 ? 421 : answer.status]).toEqual([host, status]);
      if (answer.status !== 400)
        for (const header of headers) expect([host, answer.told]).toEqual([host, expect.stringContaining(header)]);
      if (answer.status !== 400)
        expect([host, answer.told.includes('strict-transport-security')]).toEqual([
          host,
          /^centre.example(:443)?$/i.test(host),
        ]);
    }
  });

  test.each([
    ['/api/write', 200],
    // It is read, and never changed.
    ['/healthz', 405],
    ['/nowhere', 404],
  ])('a change at %s comes from the product’s own pages', async (path, wanted) => {
    const { port } = http;
    const here = `localhost:${port}`;
    for (const [what, said, status] of [
      ['no origin', {}, wanted],
      ['right', { origin: `http://${here}` }, wanted],
      ['right, with a cookie', { origin: `http://${here}`, cookie: 'a=b', 'sec-fetch-site': 'same-origin' }, wanted],
      ['through the proxy', { host: 'centre.example', origin: 'https://centre.example' }, wanted],
      ['through the proxy without TLS', { host: 'centre.example', origin: 'http://centre.example' }, 403],
      ['foreign origin', { origin: 'http://evil.example' }, 403],
      ['another name of ours', { origin: `http://127.0.0.1:${port}` }, 403],
      ['another scheme', { origin: `https://${here}` }, 403],
      ['another port', { origin: 'http://localhost:1' }, 403],
      ['through a tunnel', { host: 'localhost:9000', origin: 'http://localhost:9000', cookie: 'a=b' }, wanted],
      ['a page of another port, to a tunnel', { host: 'localhost:9000', origin: `http://${here}` }, 403],
      ['a page of elsewhere, to a tunnel', { host: 'localhost:9000', origin: 'http://evil.example' }, 403],
      ['to a tunnel, with a cookie and no origin', { host: 'localhost:9000', cookie: 'a=b' }, 403],
      ['a page of another site, to a tunnel', { host: 'localhost:9000', 'sec-fetch-site': 'cross-site' }, 403],
      ['null origin', { origin: 'null' }, 403],
      ['cross-site', { 'sec-fetch-site': 'cross-site' }, 403],
      ['same-site', { 'sec-fetch-site': 'same-site' }, 403],
      ['no origin, with a cookie', { cookie: 'a=b' }, 403],
      ['foreign host', { host: `evil.example:${port}`, origin: `http://evil.example:${port}` }, 421],
    ] as [string, Record<string, string>, number][]) {
      const answer = await ask(port, path, { host: here, 'content-length': '0', ...said }, 'POST');
      expect([what, answer.status]).toEqual([what, status]);
      for (const header of headers) expect([what, answer.told]).toEqual([what, expect.stringContaining(header)]);
    }
  });

  test('an address that is named whole is ours too', async () => {
    const { port } = http;
    const host = `localhost:${port}`;
    expect((await ask(port, `http://${host}/api/read`, { host })).status).toBe(200);
    expect((await ask(port, 'http://evil.example/api/read', { host })).status).toBe(421);
    expect((await ask(port, `http://${host}/api/read`, { host: 'evil.example' })).status).toBe(421);
  });

  test('refusals are told in the reader’s language, and have the headers', async () => {
    const { port } = http;
    const vi = { 'accept-language': 'vi' };
    const host = `localhost:${port}`;
    expect((await ask(port, '/', { host: 'evil.example', ...vi })).text).toContain('Sản phẩm chỉ trả lời ở');
    expect((await ask(port, '/nowhere', { host, ...vi })).text).toContain('Không có địa chỉ này');
    const cross = { host, 'content-length': '0', 'sec-fetch-site': 'cross-site', ...vi };
    expect((await ask(port, '/api/write', cross, 'POST')).text).toContain('Chỉ nhận thay đổi');
    const large = await ask(port, '/api/write', { host, 'content-length': '101', ...vi }, 'POST');
    expect([large.status, large.text]).toEqual([413, expect.stringContaining('nhiều nhất 100 byte')]);
    for (const header of headers) expect(large.told).toContain(header);
  });

  test('no header tells it another origin than that by which it was asked', async () => {
    const { port } = http;
    const told = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
    expect((await ask(port, '/api/read', { host: `localhost:${port}`, ...told })).text).toContain(
      `http://localhost:${port}`,
    );
    expect((await ask(port, '/api/read', { host: 'centre.example' })).text).toContain('https://centre.example');
  });
});

test('a service behind the door answers to this machine, and believes the door’s own names alone', async () => {
  const http = await appWith(insideEdge('http://geography.inside:81', [...loopbackNames, 'https://centre.example']));
  const { port } = http;
  const host = `127.0.0.1:${port}`;
  for (const path of reads) expect((await ask(port, path, { host: 'evil.example' })).status).toBe(421);
  expect((await ask(port, '/healthz', { host: 'geography.inside:81' })).status).toBe(200);
  const proxied = { 'x-forwarded-host': 'centre.example', 'x-forwarded-proto': 'https' };
  expect((await ask(port, '/api/read', { host, ...proxied })).text).toContain('https://centre.example');
  expect((await ask(port, '/api/read', { host, 'x-forwarded-host': 'localhost:8080' })).text).toContain(
    'http://localhost:8080',
  );
  expect((await ask(port, '/api/read', { host, 'x-forwarded-host': 'evil.example' })).text).toContain(`http://${host}`);
  const post = async (said: Record<string, string>) =>
    (await ask(port, '/api/write', { host, 'content-length': '0', ...said }, 'POST')).status;
  expect(await post({ ...proxied, origin: 'https://centre.example' })).toBe(200);
  expect(await post({ ...proxied, origin: 'http://evil.example' })).toBe(403);
  expect(await post({ origin: 'https://centre.example' })).toBe(403);
  expect(await post({})).toBe(200);
  await http.stop();
});

test('who sends too slowly is cut off: the head, and the whole', async () => {
  const http = await appWith(undefined, { headersMs: 200, requestMs: 400, checkMs: 50 });
  const { port } = http;
  expect(await say(port, 'GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-slow: ')).toMatch(/^HTTP\/1.1 408 /);
  expect(await say(port, 'POST /api/write HTTP/1.1\r\nhost: localhost\r\ncontent-length: 50\r\n\r\nhalf')).toMatch(
    /^HTTP\/1.1 (408|4\d\d|500) /,
  );
  await http.stop();
});
