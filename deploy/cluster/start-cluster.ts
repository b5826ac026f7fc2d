import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { serviceNamed, services } from '../../services/services.ts';
import { brokerUrlOf, databaseUrlOf, environmentOf, productSecrets } from '../containers/environment.ts';
import { freePort } from '../local/free-port.ts';
import { type BrokerUser, type PrivateBroker, startNats } from '../local/nats.ts';
import { permissionsOfAll } from '../local/permissions-of-all.ts';
import { ensureDatabase, owner } from '../local/postgres.ts';
import { clearProcessesLeft, ProcessList, startItself } from '../local/processes.ts';
import { adminTokenOf, secretOf } from '../local/secrets.ts';
import { Kept } from '../local/servers.ts';
import { Supervisor } from '../local/supervisor.ts';
import { type ClusterState, clearClusterState, writeClusterState } from './cluster-state.ts';
import type { Entry } from './haproxy-config.ts';
import type { DatabaseNode } from './patroni-config.ts';
import {
  folderOfNode,
  postmasterOf,
  type Server,
  startDatabaseNode,
  startEtcd,
  startHaproxy,
} from './programs-of-debian.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** How far they are is in files of one process: a second copy would play, or seal, all of it again. One that dies is started again. */
export const ofOneProcess: readonly string[] = ['drill', 'chain'];

export interface ClusterOptions {
  dataFolder: string;
  /** Of the entry. */
  port: number;
  /** Copies of each journal, on as many brokers: 3, or 1 for a comparison. */
  replicas: 1 | 3;
  /** Copies of each service that may have several. */
  copies: 1 | 2;
  /** The exercise runs. */
  drill: boolean;
  /** The web app is built and served. */
  web: boolean;
  /** How long a server that was killed stays away, milliseconds. */
  awayMs: number;
  say: (line: string) => void;
}

export interface Cluster {
  /** Resolves when everybody listens. @throws when a server does not start */
  start: () => Promise<void>;
  state: () => ClusterState;
  /** Ends what was started so far. */
  stop: () => Promise<void>;
}

/**
 * Everything that stands in a city's cluster, on loopback of one machine: brokers with each journal on all of them, a primary of the database with a synchronous standby
 * that Patroni promotes, two copies of each service behind HAProxy.
 */
export function clusterOf(options: ClusterOptions): Cluster {
  const { dataFolder, say } = options;
  const processes = new ProcessList(dataFolder, say);
  /** In the order of starting. */
  const running: { stop: () => Promise<void> }[] = [];
  let state: (() => ClusterState) | undefined;
  return {
    start: async () => {
      await clearProcessesLeft(dataFolder, say);
      processes.add(startItself, process.pid);
      state = await run(options, processes, running);
    },
    state: () => {
      if (!state) throw new Error('the cluster is not started yet');
      return state();
    },
    stop: async () => {
      for (const one of running.toReversed()) await one.stop();
      clearClusterState(dataFolder);
      processes.clear();
    },
  };
}

async function run(
  { dataFolder, port: wantedPort, replicas, copies, drill, web, awayMs, say }: ClusterOptions,
  processes: ProcessList,
  running: { stop: () => Promise<void> }[],
): Promise<() => ClusterState> {
  const folder = join(dataFolder, 'cluster');
  mkdirSync(folder, { recursive: true });
  const secret = (name: string) =>
    name === productSecrets.operatorToken ? adminTokenOf(dataFolder) : secretOf(dataFolder, name);
  const keep = async <Kind extends Server>(
    name: string,
    start: (port: number | undefined, spawned: (pid: number) => void) => Promise<Kind>,
    away = 0,
  ): Promise<Kept<Kind>> => {
    const changed = (pid: number) => {
      processes.add(name, pid);
      tell();
    };
    const kept = new Kept(name, start, say, changed, away);
    running.push(kept);
    await kept.open();
    return kept;
  };
  /** Once everything is there: what runs now, for the other commands. */
  let tell = () => {};

  const given = new Set<number>();
  /** Of some fifty that are chosen long before somebody listens, two are the same once in fifteen times, unless they are remembered. */
  const newPort = async () => {
    let port = await freePort();
    while (given.has(port)) port = await freePort();
    given.add(port);
    return port;
  };

  say(`starting ${replicas} nats-server, etcd, two PostgreSQL with Patroni`);
  const brokerNames = Array.from({ length: replicas }, (_, index) => `n${index + 1}`);
  const routePorts: number[] = [];
  for (const _ of brokerNames) routePorts.push(await newPort());
  const users: BrokerUser[] = [
    { user: 'operator', password: secret(productSecrets.operator) },
    ...Object.entries(permissionsOfAll()).map(([user, permissions]) => ({ user, password: secret(user), permissions })),
  ];
  const brokers = new Map<string, Kept<PrivateBroker>>();
  const startBrokers = async () => {
    for (const [index, name] of brokerNames.entries()) {
      const node = replicas === 1 ? undefined : { name, routePort: routePorts[index]!, routePorts };
      const start = async (port: number | undefined, spawned: (pid: number) => void) =>
        startNats(join(folder, name), users, port ?? (await newPort()), undefined, spawned, node);
      brokers.set(name, await keep(name, start, awayMs));
    }
  };
  const nodes: DatabaseNode[] = [];
  const patronis = new Map<string, Kept<Server>>();
  const startDatabases = async () => {
    const [etcdPort, peerPort] = [await newPort(), await newPort()];
    await keep('etcd', (_, spawned) => startEtcd(join(folder, 'etcd'), { port: etcdPort, peerPort }, spawned));
    const operators = {
      superuser: owner,
      password: secret(productSecrets.databaseOperator),
      replicationPassword: secret('replication'),
    };
    for (const name of ['p1', 'p2'])
      nodes.push({
        name,
        port: await newPort(),
        restPort: await newPort(),
        folder: folderOfNode(join(folder, name)),
      });
    // What a Patroni that was killed left behind ends with us.
    running.push({ stop: async () => nodes.forEach(endPostmaster) });
    for (const node of nodes)
      patronis.set(
        node.name,
        await keep(node.name, (_, spawned) => startDatabaseNode(node, { etcdPort, operators }, spawned), awayMs),
      );
  };
  await Promise.all([startBrokers(), startDatabases()]);

  const databaseEntry: Entry = {
    name: 'database',
    port: await newPort(),
    mode: 'tcp',
    // Without a body: HAProxy does not wait for one, and Patroni's log would be full of that.
    health: ['OPTIONS', '/primary'],
    backends: nodes.map(({ name, port, restPort }) => ({ name, port, healthPort: restPort })),
  };
  const names = services.map(({ name }) => name).filter((name) => name !== 'drill' || drill);
  const url = `http://localhost:${await freePort(wantedPort)}`;
  const entries: Entry[] = [];
  for (const name of names) {
    const backends = [];
    for (const copy of copies === 1 || ofOneProcess.includes(name) ? [1] : [1, 2])
      backends.push({ name: copy === 1 ? name : `${name}-${copy}`, port: await newPort() });
    const port = name === 'live' ? Number(new URL(url).port) : await newPort();
    entries.push({ name, port, mode: 'http', health: ['GET', '/healthz'], backends });
  }
  const addresses = Object.fromEntries(
    entries.flatMap(({ name, port }) => (name === 'live' ? [] : [[name, `http://127.0.0.1:${port}`]])),
  );
  await keep('haproxy', (_, spawned) =>
    startHaproxy(join(folder, 'haproxy'), [databaseEntry, ...entries], url, spawned),
  );

  const settings = {
    database: `127.0.0.1:${databaseEntry.port}/vungxanh`,
    broker: [...brokers.values()].map(({ server }) => `127.0.0.1:${server!.port}`).join(','),
    publicUrl: url,
  };
  const databasePassword = secret(productSecrets.databaseOperator);
  const databaseUrl = databaseUrlOf(settings, owner, databasePassword);
  const natsUrl = brokerUrlOf(settings, 'operator', secret(productSecrets.operator));
  say('waiting for a primary with a standby');
  await primaryWithStandby(nodes);
  await ensureDatabase(
    { url: `postgresql://${owner}:${databasePassword}@127.0.0.1:${databaseEntry.port}` },
    'vungxanh',
  );
  await prepare({ databaseUrl, natsUrl, replicas, dataFolder, web }, say);

  const supervisor = new Supervisor({
    logFolder: join(dataFolder, 'logs'),
    say,
    spawned: (name, pid) => {
      processes.add(name, pid);
      tell();
    },
  });
  running.push(supervisor);
  const common = {
    VX_SERVICES: JSON.stringify(addresses),
    VX_DATA: dataFolder,
    VX_DISK: dataFolder,
    VX_POWER_CUT_SECONDS: String([...brokers.values()][0]!.server!.powerCutSeconds),
    NATS_REPLICAS: String(replicas),
    HOST: '127.0.0.1',
  };
  const started = entries.flatMap((entry) => entry.backends.map((copy) => ({ service: entry.name, ...copy })));
  await Promise.all(
    started.map(({ service, name, port }) =>
      supervisor.start({
        name,
        service,
        main: join(root, 'services/main.ts'),
        memory: serviceNamed(service).memory,
        env: { ...common, ...environmentOf(service, settings, secret), PORT: String(port) },
      }),
    ),
  );
  const state = (): ClusterState => {
    const pids = supervisor.pids();
    return {
      pid: process.pid,
      ...{ url, databaseUrl, natsUrl },
      brokers: [...brokers].map(([name, { server, pid }]) => ({ name, port: server!.port, pid: pid! })),
      databases: nodes.map((node) => ({ ...node, pid: patronis.get(node.name)!.pid! })),
      copies: started.map(({ service, name, port }) => ({
        ...{ service, name, url: `http://127.0.0.1:${port}` },
        pid: pids[name] ?? 0,
      })),
      services: { ...addresses, live: url },
    };
  };
  tell = () => writeClusterState(dataFolder, state());
  tell();
  return state;
}

function endPostmaster(node: DatabaseNode): void {
  const pid = postmasterOf(node);
  if (pid === undefined) return;
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** What Patroni tells of its nodes: by their names, who leads and whose standby has each commit. Source: Patroni's REST API, GET /cluster. */
export async function membersOf(
  nodes: readonly Pick<DatabaseNode, 'restPort'>[],
): Promise<{ name: string; role: string; state: string }[]> {
  for (const { restPort } of nodes) {
    const answer = await fetch(`http://127.0.0.1:${restPort}/cluster`, { signal: AbortSignal.timeout(3000) }).catch(
      () => undefined,
    );
    if (!answer?.ok) continue;
    return ((await answer.json()) as { members: { name: string; role: string; state: string }[] }).members;
  }
  return [];
}

/** Resolves with the name of the primary when a synchronous standby follows it. */
export async function primaryWithStandby(
  nodes: readonly Pick<DatabaseNode, 'restPort'>[],
  patienceMs = 180_000,
): Promise<string> {
  for (const deadline = Date.now() + patienceMs; ; await sleep(500)) {
    const members = await membersOf(nodes);
    const primary = members.find(({ role }) => role === 'leader');
    if (primary && members.some(({ role }) => role === 'sync_standby')) return primary.name;
    if (Date.now() > deadline) throw new Error(`no primary with a synchronous standby: ${JSON.stringify(members)}`);
  }
}

/** Schemas, roles, web app, places: in a process of its own, as on one machine (deploy/local/prepare.ts). */
function prepare(
  told: { databaseUrl: string; natsUrl: string; replicas: number; dataFolder: string; web: boolean },
  say: (line: string) => void,
): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(root, 'deploy/local/prepare.ts')],
      {
        env: {
          ...process.env,
          DATABASE_URL: told.databaseUrl,
          NATS_URL: told.natsUrl,
          NATS_REPLICAS: String(told.replicas),
          VX_OPTIONS: JSON.stringify({ dataFolder: told.dataFolder, web: told.web }),
          VX_ROLES: 'a role for each service',
        },
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      },
    );
    child.on('message', (message) => say((message as { say: string }).say));
    child.on('exit', (code) => (code === 0 ? done() : fail(new Error('not started: see above'))));
  });
}
