import { request } from 'node:https';
import { connect } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from './app.ts';
import { loopbackNames } from './edge.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { listen } from './serve.ts';
import { temporaryCertificate } from './testing/certificate.ts';

let certificate: ReturnType<typeof temporaryCertificate>;
let http: Awaited<ReturnType<typeof listen>>;
beforeAll(async () => {
  certificate = temporaryCertificate('DNS:centre.example,DNS:localhost,IP:127.0.0.1');
  const names = [...loopbackNames];
  const app = createApp({
    name: 'test',
    log: createLog('tls-test', 'silent'),
    metrics: createMetrics('test'),
    access: {},
    edge: { names },
  });
  app.post('/api/write', (context) => context.text(context.var.publicOrigin ?? ''));
  http = await listen(app, 0, '127.0.0.1', undefined, { tls: certificate });
});
afterAll(async () => {
  await http.stop();
  certificate.remove();
});

const ask = (path: string, method: string, headers: Record<string, string>) =>
  new Promise<{ status: number; hsts: string | undefined; text: string }>((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      servername: 'localhost',
      port: http.port,
      ca: certificate.cert,
      path,
      method,
      headers,
    };
    const asking = request(options, (answer) => {
      let text = '';
      answer.on('data', (chunk) => {
        text += chunk;
      });
      const hsts = answer.headers['strict-transport-security'];
      answer.on('end', () => resolve({ status: answer.statusCode!, hsts, text }));
    });
    asking.on('error', reject);
    asking.end();
  });

test('browsers are told to come by TLS alone, and a change comes from our page by TLS', async () => {
  const host = `localhost:${http.port}`;
  expect(await ask('/healthz', 'GET', { host })).toMatchObject({ status: 200, hsts: 'max-age=31536000' });
  const post = (origin: string) => ask('/api/write', 'POST', { host, origin, cookie: 'a=b' });
  expect(await post(`https://${host}`)).toMatchObject({ status: 200, text: `https://${host}` });
  expect((await post(`http://${host}`)).status).toBe(403);
  expect((await ask('/healthz', 'GET', { host: 'evil.example' })).status).toBe(421);
});

test.each([
  ['TLSv1.1', false],
  ['TLSv1.2', true],
  ['TLSv1.3', true],
] as const)('who speaks %s: %s', async (version, taken) => {
  const spoken = new Promise<string | null>((resolve, reject) => {
    const options = { host: '127.0.0.1', servername: 'localhost', port: http.port, ca: certificate.cert };
    const versions = { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' };
    const socket = connect({ ...options, ...versions }, () => {
      resolve(socket.getProtocol());
      socket.destroy();
    });
    socket.on('error', reject);
  });
  if (taken) expect(await spoken).toBe(version);
  else await expect(spoken).rejects.toThrow();
});
