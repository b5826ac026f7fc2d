import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { registerPack } from '../../services/geography/district-pack/register-pack.ts';
import { loadDistrict7Pack } from '../../services/geography/district7/pack.ts';
import { Appender } from '../../services/platform/append.ts';
import { type Broker, openBroker } from '../../services/platform/broker.ts';
import { type Database, openDatabase } from '../../services/platform/database.ts';
import { openDeadLetters } from '../../services/platform/dead-letters.ts';
import { serviceNamed } from '../../services/services.ts';
import { makeSchemas } from '../local/database-roles.ts';
import { freePort } from '../local/free-port.ts';
import { adminTokenOf, newSecret, secretOf } from '../local/secrets.ts';
import { openServers } from '../local/servers.ts';
import { Supervisor } from '../local/supervisor.ts';

/** The product, or some of its services, on servers of its own in a temporary folder. */
export interface Stack {
  /** By which a request to a service, or to the front door, proves whose it is. */
  headers: (service: string) => Record<'authorization', string>;
  /** Base URL of a service. */
  url: (service: string) => string;
  /** Process id of a service, or of its second copy (`NAME-2`). */
  pid: (service: string) => number;
  /** Where the second copy of a service answers. */
  secondUrl: (service: string) => string;
  /** The operator's addresses. */
  databaseUrl: string;
  natsUrl: string;
  database: Database;
  broker: Broker;
  stop: () => Promise<void>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * `services` run as processes of their own, as they do for users; District 7 is registered.
 *
 * @param options twice: services of which a second copy runs beside the first; clock: recorded is an exercise, whose events bring the time at which they were known
 */
export async function startStack(
  wanted: string[],
  { twice = [], clock = 'live' }: { twice?: string[]; clock?: 'live' | 'recorded' } = {},
): Promise<Stack> {
  // The front door asks identity who somebody is.
  const services = wanted.includes('live') ? [...wanted, 'identity'] : wanted;
  const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-bench-'));
  chmodSync(folder, 0o755);
  const servers = await openServers(folder, {}, () => {});
  await makeSchemas(servers.databaseUrl, (service) => secretOf(folder, service));
  const broker = await openBroker(servers.natsUrl, 'bench');
  await openDeadLetters(broker);
  const appender = new Appender(broker);
  const registered = await registerPack(appender, broker, loadDistrict7Pack(), {
    clock,
    exercise: clock === 'recorded',
    recordedTime: new Date().toISOString(),
  });
  appender.close();
  const supervisor = new Supervisor({
    logFolder: join(folder, 'logs'),
    say: (line) => process.stderr.write(`${line}\n`),
  });
  const ports = new Map<string, number>();
  for (const name of services) ports.set(name, await freePort());
  const seconds = new Map<string, number>();
  for (const name of twice) seconds.set(name, await freePort());
  const url = (name: string) => `http://127.0.0.1:${ports.get(name)}`;
  const common = {
    LOG_LEVEL: 'warn',
    VX_SERVICES: JSON.stringify(Object.fromEntries(services.map((name) => [name, url(name)]))),
    VX_DATA: folder,
    VX_GATE_SECRET: newSecret(),
    // The load comes as a programme's: through the front door, and straight to a service.
    VX_SENDERS: JSON.stringify({ import: secretOf(folder, 'import') }),
    VX_OPERATOR_SECRET: adminTokenOf(folder),
    VX_SESSION_SECRET: secretOf(folder, 'sessions'),
  };
  const run = (name: string, port: number, process = name) =>
    supervisor.start({
      name: process,
      service: name,
      main: join(root, 'services/main.ts'),
      memory: serviceNamed(name).memory,
      env: { ...common, ...servers.addressesOf(name), PORT: String(port) },
    });
  await Promise.all([
    ...services.map((name) => run(name, ports.get(name)!)),
    ...twice.map((name) => run(name, seconds.get(name)!, `${name}-2`)),
  ]);
  const database = openDatabase(servers.databaseUrl, { statementTimeoutMs: 0 });
  if (services.includes('geography'))
    await until(async () => {
      const { rows } = await database.query(
        `SELECT sequence FROM geography.positions WHERE district = 'q7' AND sequence >= $1`,
        [registered.sequence],
      );
      return rows.length > 0;
    });
  return {
    url,
    secondUrl: (name) => `http://127.0.0.1:${seconds.get(name)}`,
    pid: (service) => supervisor.pids()[service]!,
    headers: (service) => ({
      authorization: `Bearer ${service === 'live' ? adminTokenOf(folder) : secretOf(folder, 'import')}`,
    }),
    databaseUrl: servers.databaseUrl,
    natsUrl: servers.natsUrl,
    database,
    broker,
    stop: async () => {
      await database.end();
      await broker.close();
      await supervisor.stop();
      await servers.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Waits for a condition, asking every `everyMs`. */
export async function until(condition: () => Promise<boolean>, timeoutMs = 120_000, everyMs = 20): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`not reached within ${timeoutMs} ms`);
    await new Promise((done) => setTimeout(done, everyMs));
  }
}
