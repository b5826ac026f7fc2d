// A start with a certificate of its own and an identity provider, asked from outside.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openOidcProvider, type TestOidcProvider } from '../../services/identity/testing/oidc-provider.ts';
import { temporaryCertificate } from '../../services/platform/testing/certificate.ts';
import { type Started, startIn } from './product.ts';

const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-provider-'));
let certificate: ReturnType<typeof temporaryCertificate>;
let provider: TestOidcProvider;
let product: Started;
/** Where browsers reach it. */
let origin: URL;

beforeAll(async () => {
  certificate = temporaryCertificate('DNS:localhost');
  provider = await openOidcProvider(Date.now);
  writeFileSync(join(folder, 'secret'), provider.clientSecret);
  const settings = {
    name: 'Sở Y tế',
    issuer: provider.issuer,
    clientId: provider.clientId,
    clientSecretFile: 'secret',
    makesAccounts: true,
    roles: [{ value: 'epi', role: 'epidemiologist', districts: ['q7'] }],
  };
  writeFileSync(join(folder, 'provider.json'), JSON.stringify(settings));
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const tls = ['--host', '0.0.0.0', '--cert', certificate.certPath, '--key', certificate.keyPath];
  product = await startIn(root, '--no-drill', '--no-web', ...tls, '--provider', join(folder, 'provider.json'));
  origin = new URL(/browsers reach it at (\S+)/.exec(product.said())![1]!);
}, 400_000);
afterAll(async () => {
  await product?.stop();
  provider?.close();
  certificate?.remove();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** Cookies as a browser sends them back. */
  cookies: string;
}
const ask = (path: string, method = 'GET', headers: Record<string, string> = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', servername: 'localhost', port: origin.port, ca: certificate.cert };
    const asking = request({ ...options, path, method, headers: { host: origin.host, ...headers } }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => {
        text += chunk;
      });
      const set = answer.headers['set-cookie'] ?? [];
      const cookies = set.map((one) => one.split(';')[0]!).join('; ');
      answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, text, cookies }));
    });
    asking.on('error', reject);
    asking.end();
  });

test('is reached by TLS under the names of the certificate, and without it by this machine alone', async () => {
  const answer = await ask('/api/identity/me');
  expect([answer.status, answer.headers['strict-transport-security']]).toEqual([200, 'max-age=31536000']);
  expect((await ask('/api/identity/me', 'GET', { host: `evil.example:${origin.port}` })).status).toBe(421);
  await expect(fetch(`http://127.0.0.1:${origin.port}/api/identity/me`)).rejects.toThrow();
  expect(product.state.url).toMatch(/^http:\/\/localhost:/);
  expect((await fetch(`${product.state.url}/api/identity/me`)).status).toBe(200);
});

test('who signed in at the provider comes back through the front door with a session and his role', async () => {
  expect(JSON.parse((await ask('/api/identity/provider')).text)).toEqual({ name: 'Sở Y tế' });
  const begun = await ask('/api/identity/sign-in/provider', 'POST', { origin: origin.origin });
  expect(begun.headers['set-cookie']).toEqual([expect.stringMatching(/^__Secure-.*HttpOnly; Secure; SameSite=Lax$/)]);
  const { address } = JSON.parse(begun.text) as { address: string };
  const person = { sub: 'lan', name: 'Lan', email: 'lan@q7.vn', email_verified: true, groups: ['epi'] };
  const back = provider.authorise(address, person);
  expect(back.origin).toBe(origin.origin);
  const done = await ask(`${back.pathname}${back.search}`, 'GET', {
    cookie: begun.cookies,
    'sec-fetch-site': 'cross-site',
  });
  expect([done.status, done.headers.location]).toEqual([303, '/#screen=account']);
  const me = JSON.parse((await ask('/api/identity/me', 'GET', { cookie: done.cookies })).text) as unknown;
  expect(me).toMatchObject({ known: true, email: 'lan@q7.vn', grants: [{ role: 'epidemiologist' }] });
});
