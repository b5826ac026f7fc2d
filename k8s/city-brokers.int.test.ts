import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { brokerUrlOf } from '../deploy/containers/environment.ts';
import { allSecrets, brokerPasswords } from '../deploy/containers/secret-files.ts';
import { freePort } from '../deploy/local/free-port.ts';
import { prepareServers } from '../deploy/local/prepare-servers.ts';
import { findNatsServer } from '../deploy/local/programs.ts';
import { newSecret } from '../deploy/local/secrets.ts';
import { type Broker, openBroker } from '../services/platform/broker.ts';
import { temporaryDatabase } from '../services/platform/testing/servers.ts';

/** The brokers of the city as they are configured there, each on a folder and ports of its own. */
const nodes = ['nats-0', 'nats-1', 'nats-2'];
const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-city-'));
const secrets = allSecrets(() => undefined, newSecret);
const running = new Map<string, ChildProcess>();
let addresses = '';
let database: Awaited<ReturnType<typeof temporaryDatabase>>;
let operator: Broker;

const urlOf = (user: string) => brokerUrlOf({ broker: addresses }, user, secrets[user]!);

beforeAll(async () => {
  const ports: Record<string, [number, number]> = {};
  for (const node of nodes) ports[node] = [await freePort(), await freePort()];
  addresses = nodes.map((node) => `127.0.0.1:${ports[node]![0]}`).join(',');
  for (const node of nodes) {
    const [client, peers] = ports[node]!;
    const etc = join(folder, node);
    mkdirSync(join(etc, 'secrets'), { recursive: true });
    writeFileSync(join(etc, 'secrets', brokerPasswords), secrets[brokerPasswords]!);
    copyFileSync(new URL('./base/broker-users.conf', import.meta.url), join(etc, 'broker-users.conf'));
    let config = readFileSync(new URL('./overlays/city/nats.conf', import.meta.url), 'utf8')
      .replace('0.0.0.0:4222', `127.0.0.1:${client}`)
      .replace('0.0.0.0:6222', `127.0.0.1:${peers}`)
      .replace('0.0.0.0:8222', `127.0.0.1:${await freePort()}`)
      .replace('/data/jetstream', join(etc, 'jetstream'));
    for (const other of nodes) config = config.replace(`${other}.nats-peers:6222`, `127.0.0.1:${ports[other]![1]}`);
    writeFileSync(join(etc, 'nats.conf'), config);
    const env = { ...process.env, POD_NAME: node };
    running.set(node, spawn(findNatsServer()!.program, ['-c', join(etc, 'nats.conf')], { env, stdio: 'ignore' }));
  }
  database = await temporaryDatabase();
  // Until the three have found each other nobody answers for journals.
  operator = await vi.waitFor(() => openBroker(urlOf('operator'), 'test', undefined, { replicas: 3 }), {
    timeout: 90_000,
  });
}, 180_000);

afterAll(async () => {
  await operator?.close();
  for (const child of running.values()) child.kill('SIGKILL');
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

test('the preparation makes every journal on all three', { timeout: 180_000 }, async () => {
  await vi.waitFor(
    () =>
      prepareServers({
        databaseUrl: database.url,
        natsUrl: urlOf('operator'),
        replicas: 3,
        secretOf: undefined,
        district: undefined,
        say: () => {},
      }),
    { timeout: 120_000, interval: 1000 },
  );
  const streams = await operator.manager.streams.list().next();
  expect(streams.map(({ config }) => [config.name, config.num_replicas]).sort()).toEqual([
    ['VXDEAD', 3],
    ['VX_q7', 3],
  ]);
});

test('a service signs in with its own password alone', { timeout: 60_000 }, async () => {
  const live = await openBroker(urlOf('live'), 'live');
  const { config } = await live.manager.streams.info('VX_q7');
  expect(config.num_replicas).toBe(3);
  // It may read, and make or delete nothing.
  await expect(live.manager.streams.delete('VX_q7')).rejects.toThrow();
  await live.close();
  await expect(openBroker(brokerUrlOf({ broker: addresses }, 'live', secrets.epidemic!), 'live')).rejects.toThrow(
    /authorization/i,
  );
});

test('with one of them gone the journal goes on', { timeout: 120_000 }, async () => {
  const { cluster } = await operator.manager.streams.info('VX_q7');
  running.get(cluster!.leader!)!.kill('SIGKILL');
  await vi.waitFor(
    async () => {
      const now = await operator.manager.streams.info('VX_q7');
      expect(now.cluster!.leader).not.toBe(cluster!.leader);
      expect(now.cluster!.leader).toBeTruthy();
    },
    { timeout: 90_000, interval: 500 },
  );
});
