import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { isHere, loopbackNames, ownFilesOnly, ownOriginOnly } from './edge.ts';

const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } });

describe('a visitor', () => {
  const app = new Hono();
  app.get('/', (context) => context.text(String(isHere(context))));
  const here = async (address: string, headers: Record<string, string>, host = 'http://localhost:8080/') =>
    (await app.request(host, { headers: { host: new URL(host).host, ...headers } }, from(address))).text();

  test.each([
    ['127.0.0.1', {}, 'http://localhost:8080/', 'true'],
    ['127.0.0.1', {}, 'http://127.0.0.1:8080/', 'true'],
    ['::1', {}, 'http://[::1]:8080/', 'true'],
    ['::ffff:127.0.0.1', {}, 'http://localhost/', 'true'],
    ['10.1.2.3', {}, 'http://localhost:8080/', 'false'],
    ['127.0.0.1', {}, 'http://evil.example:8080/', 'false'],
    ['127.0.0.1', {}, 'http://localhost.evil.example/', 'false'],
    ['127.0.0.1', { 'x-forwarded-for': '1.2.3.4' }, 'http://localhost:8080/', 'false'],
    ['127.0.0.1', { forwarded: 'for=1.2.3.4' }, 'http://localhost:8080/', 'false'],
  ])('from %s with %j at %s: here %s', async (address, headers, host, told) => {
    expect(await here(address, headers as Record<string, string>, host)).toBe(told);
  });

  test('without a connection is not here', async () => {
    expect(await (await app.request('http://localhost/')).text()).toBe('false');
  });
});

describe('a request to the front door', () => {
  const app = new Hono();
  app.onError((error, context) => context.text(error.message, (error as Error & { status: 403 }).status));
  app.use(ownOriginOnly([...loopbackNames, 'centre.example']));
  app.all('*', (context) => context.text('done'));
  const ask = async (method: string, headers: Record<string, string>) =>
    (await app.request('http://localhost:8080/api/x', { method, headers: { host: 'localhost:8080', ...headers } }))
      .status;

  test.each([
    [{}, 200],
    [{ host: 'centre.example' }, 200],
    [{ host: 'CENTRE.example:443' }, 200],
    [{ host: 'evil.example:8080' }, 421],
    [{ host: 'evil.example', origin: 'http://evil.example' }, 421],
  ])('is read by the names of the product: %j', async (headers, status) => {
    expect(await ask('GET', headers as Record<string, string>)).toBe(status);
  });

  test.each([
    ['a programme', {}, 200],
    ['our page', { origin: 'http://localhost:8080', 'sec-fetch-site': 'same-origin', cookie: 'a=b' }, 200],
    ['another origin', { origin: 'http://evil.example' }, 403],
    ['another port', { origin: 'http://localhost:9999', cookie: 'a=b' }, 403],
    ['an opaque origin', { origin: 'null', cookie: 'a=b' }, 403],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['another port of the site', { origin: 'http://localhost:8080', 'sec-fetch-site': 'same-site' }, 403],
    ['a cookie without an origin', { cookie: 'a=b' }, 403],
  ])('a change by %s', async (_, headers, status) => {
    for (const method of ['POST', 'DELETE', 'PUT', 'PATCH'])
      expect([method, await ask(method, headers as Record<string, string>)]).toEqual([method, status]);
    expect(await ask('GET', headers as Record<string, string>)).toBe(200);
  });
});

test('every answer says that scripts and styles are our own files, and that nobody frames us', async () => {
  const app = new Hono();
  app.use(ownFilesOnly({ inlineScripts: { '/page': 'go()' }, overTls: false }));
  app.get('*', (context) => context.text('done'));
  const of = async (path: string) => (await app.request(`http://localhost${path}`)).headers;
  const policy = (await of('/')).get('content-security-policy')!;
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe-inline');
  expect((await of('/')).get('x-content-type-options')).toBe('nosniff');
  expect((await of('/')).get('strict-transport-security')).toBeNull();
  // echo -n 'go()' | openssl dgst -sha256 -binary | base64
  expect((await of('/page')).get('content-security-policy')).toContain(
    "script-src 'self' 'wasm-unsafe-eval' 'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw='",
  );
});
