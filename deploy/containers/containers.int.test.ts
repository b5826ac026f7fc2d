import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { services } from '../../services/services.ts';
import { loadNames } from '../load/names.ts';
import { asK6 } from '../load/testing/as-k6.ts';
import { freePort } from '../local/free-port.ts';
import { ensureDatabase, type PrivateServer, startPostgres } from '../local/postgres.ts';
import { findNatsServer } from '../local/programs.ts';
import { newSecret } from '../local/secrets.ts';
import { brokerUsers } from './broker-users.ts';
import { secretsOf } from './environment.ts';
import { completeFolder, secretIn } from './secret-files.ts';

/** What the containers run, without containers: the same programmes, the same files of secrets, the same users of the broker, servers as they are inside. */
const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-containers-'));
const root = fileURLToPath(new URL('../../', import.meta.url));
const all = join(folder, 'secrets');
const running: { name: string; child: ChildProcess; said: () => string }[] = [];
const addresses: Record<string, string> = {};
let postgres: PrivateServer;
let settings: Record<string, string>;

function run(name: string, program: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(program, args, { cwd: root, env: { PATH: process.env.PATH, ...env } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const started = {
    name,
    child,
    said: () => said,
    ended: new Promise<number | null>((done) => child.once('exit', done)),
  };
  running.push(started);
  return started;
}
const node = (name: string, args: string[], env: Record<string, string>) =>
  run(name, process.execPath, ['--disable-warning=ExperimentalWarning', ...args], { ...settings, ...env });

beforeAll(async () => {
  chmodSync(folder, 0o755);
  completeFolder(all, newSecret);
  postgres = await startPostgres(join(folder, 'postgres'), secretIn(all)('database-operator'));
  await ensureDatabase(postgres, 'vungxanh');

  const natsPort = await freePort();
  const nats = join(folder, 'nats');
  mkdirSync(join(nats, 'secrets'), { recursive: true });
  copyFileSync(join(all, 'passwords.conf'), join(nats, 'secrets/passwords.conf'));
  writeFileSync(join(nats, 'broker-users.conf'), brokerUsers());
  const config = readFileSync(new URL('./nats.conf', import.meta.url), 'utf8')
    .replace('0.0.0.0:4222', `127.0.0.1:${natsPort}`)
    .replace('127.0.0.1:8222', `127.0.0.1:${await freePort()}`)
    .replace('/data/jetstream', join(nats, 'jetstream'));
  writeFileSync(join(nats, 'nats.conf'), config);
  run('nats', findNatsServer()!.program, ['-c', join(nats, 'nats.conf')]);

  for (const { name } of services) addresses[name] = `http://127.0.0.1:${await freePort()}`;
  settings = {
    VX_DATABASE: `127.0.0.1:${postgres.port}/vungxanh`,
    VX_BROKER: `127.0.0.1:${natsPort}`,
    VX_PUBLIC_URL: addresses.live!,
    VX_DATA: join(folder, 'data'),
    VX_SERVICES: JSON.stringify(Object.fromEntries(Object.entries(addresses).filter(([name]) => name !== 'live'))),
    VX_DATABASE_SUPERUSER: 'vungxanh',
    DRILL_START: 'manual',
    HOST: '127.0.0.1',
  };
  const prepared = node('prepare', ['deploy/containers/prepare.ts'], { VX_SECRETS: all });
  expect([await prepared.ended, prepared.said()]).toEqual([0, expect.stringContaining('Quận 7')]);

  for (const { name } of services) {
    // As a container has it: its own secrets, and no others.
    const own = join(folder, `secrets-of-${name}`);
    mkdirSync(own);
    for (const secret of secretsOf(name)) copyFileSync(join(all, secret), join(own, secret));
    node(name, ['deploy/containers/service.ts', name], { VX_SECRETS: own, PORT: new URL(addresses[name]!).port });
  }
}, 300_000);

afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('every service is ready with the secrets of its own', { timeout: 300_000 }, async () => {
  for (const { name } of services) {
    const one = running.find((found) => found.name === name)!;
    await vi.waitFor(
      async () => {
        const answer = await fetch(`${addresses[name]}/readyz`).catch((error: Error) => error);
        expect(answer instanceof Response ? answer.status : one.said(), name).toBe(200);
      },
      { timeout: 120_000, interval: 500 },
    );
  }
  const status = (await (await fetch(`${addresses.live}/api/status`)).json()) as { services: { status: string }[] };
  expect(status.services.map((one) => one.status)).toEqual(services.slice(1).map(() => 'ready'));
});

test('a probe that says localhost is answered, one that says the address of a pod is not', async () => {
  const port = new URL(addresses.economy!).port;
  const asked = (host: string) =>
    new Promise<string>((done, fail) => {
      import('node:http').then(({ get }) =>
        get(`${addresses.economy}/readyz`, { headers: { host } }, (answer) => {
          answer.resume();
          done(String(answer.statusCode));
        }).on('error', fail),
      );
    });
  expect([await asked(`localhost:${port}`), await asked(`10.1.2.3:${port}`)]).toEqual(['200', '421']);
});

test('who runs the product is known by his token, and others are not', async () => {
  const asked = (token?: string) =>
    fetch(`${addresses.live}/api/geography/areas?district=q7`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
  // The places of the district are in the journal before they are in the rows.
  await vi.waitFor(async () => expect((await asked(secretIn(all)('admin-token'))).status).toBe(200), {
    timeout: 90_000,
  });
  expect((await asked('somebody')).status).toBe(401);
});

test.each(Object.keys(loadNames))(
  'what the load script %s asks is answered as it expects',
  { timeout: 120_000 },
  async (name) => {
    const { asked } = await asK6(name, {
      VX_BASE: addresses.live!,
      VX_TOKEN: secretIn(all)('admin-token'),
      VX_RUN: 'run',
    });
    const once = new Map(
      asked.map((one) => [one.tags.kind === 'tile' ? new URL(one.url).pathname.split('/')[3] : one.url, one]),
    );
    for (const { method, url, headers, body, tags } of once.values()) {
      const ending = new AbortController();
      const answer = await fetch(url, { method, headers, ...(body ? { body } : {}), signal: ending.signal });
      const expected = { post: 201, stream: 200, read: 200 }[tags.kind!];
      if (tags.kind === 'tile') expect([url, [200, 204].includes(answer.status)]).toEqual([url, true]);
      else
        expect([
          url,
          answer.status,
          tags.kind === 'stream' ? '' : answer.status === expected ? '' : await answer.text(),
        ]).toEqual([url, expected, '']);
      ending.abort();
    }
  },
);

test('a backup is taken beside the running services', { timeout: 300_000 }, async () => {
  const to = join(folder, 'backups');
  const backup = node('backup', ['deploy/containers/backup.ts', to], {
    VX_SECRETS: all,
    ...(process.env.VX_NATS_SERVER ? { VX_NATS_SERVER: process.env.VX_NATS_SERVER } : {}),
  });
  expect([await backup.ended, backup.said()]).toEqual([0, expect.stringContaining('1 journals')]);
  expect(readdirSync(to).filter((name) => name.endsWith('.tar'))).toHaveLength(1);
  expect(existsSync(join(folder, 'data/secrets'))).toBe(false);
});

test('SIGTERM ends every service in order', { timeout: 120_000 }, async () => {
  const ends = services.map(({ name }) => {
    const { child } = running.find((one) => one.name === name)!;
    return new Promise((done) => {
      child.once('exit', (code) => done([name, code]));
      child.kill('SIGTERM');
    });
  });
  expect(await Promise.all(ends)).toEqual(services.map(({ name }) => [name, 0]));
});
