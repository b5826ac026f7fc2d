// npm start: everything on this machine, private, until Ctrl-C.
import { spawn } from 'node:child_process';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { doorProgrammes } from '../../services/contracts/actor.ts';
import { needsKeys } from '../../services/contracts/seal-event.ts';
import { readTelephony } from '../../services/hotline/telephony/settings.ts';
import { readProvider } from '../../services/identity/provider-settings.ts';
import { measureSpace, spaceWatch } from '../../services/platform/disk-space.ts';
import { loopbackNames } from '../../services/platform/edge.ts';
import { services as declared, serviceNamed } from '../../services/services.ts';
import { isHalfRestored } from '../backup/unfinished-restore.ts';
import { giveCompiledCode, keepingCompiledCode } from './compiled-code.ts';
import { freePort } from './free-port.ts';
import { mendAfterFullDisk } from './full-disk.ts';
import { readOptions, type StartOptions, usage } from './options.ts';
import { firstClosed, mayListen, type OwnUser, ownUserOf, settingsFiles } from './own-user.ts';
import { clearProcessesLeft, ProcessList, startItself } from './processes.ts';
import { findNatsServer } from './programs.ts';
import { clearRunState, readRunState, writeRunState } from './run-state.ts';
import { writeScrapeTargets } from './scrape-targets.ts';
import { adminTokenOf, newSecret, secretOf } from './secrets.ts';
import { openServers, type Servers } from './servers.ts';
import { Supervisor } from './supervisor.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const startedAt = performance.now();
const say = (line: string) =>
  process.stdout.write(`[${((performance.now() - startedAt) / 1000).toFixed(1).padStart(5)} s] ${line}\n`);

// What we say may go to a file on a full disk, or to a terminal that is gone: nothing ends for that.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

try {
  await main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  const options = readOptions(process.argv.slice(2), root, process.env.VX_CALLER_FOLDER ?? process.cwd());
  // What is wrong in it is said before anything starts.
  if (options.provider !== undefined) readProvider(options.provider);
  if (options.telephony !== undefined) readTelephony(options.telephony);
  if (isHalfRestored(options.dataFolder))
    throw new Error(`a restore of ${options.dataFolder} was broken off: remove the folder and restore again`);
  const other = readRunState(options.dataFolder);
  if (other) throw new Error(`already running on ${options.dataFolder}: ${other.url} (process ${other.pid})`);

  await clearProcessesLeft(options.dataFolder, say);
  const processes = new ProcessList(options.dataFolder, say);
  processes.add(startItself, process.pid);
  const spawned = processes.add.bind(processes);

  const { user, why } = ownUserOf(options.dataFolder, codeOf(root));
  if (user) say(`started as root: services and broker run as user ${user.uid}`);
  if (why !== undefined) say(`started as root, and services and broker run as root too: ${why}`);

  say('starting PostgreSQL with PostGIS and nats-server (private, on free loopback ports)');
  const servers = await openServers(options.dataFolder, process.env, say, spawned);
  for (const [server, key] of [
    ['database', 'DATABASE_URL'],
    ['broker', 'NATS_URL'],
  ] as const)
    if (!servers.keptApart[server])
      say(`${key} names a ${server} of your own: all services use it as one user, and are not kept apart there`);
  if (servers.journal?.powerCutSeconds)
    say(
      `nats-server ${servers.journal.version} writes to disk every ${servers.journal.powerCutSeconds} s: a power cut may cost the facts acknowledged in that time`,
    );
  if (!servers.journal)
    say('NATS_URL names a broker of your own: what a power cut may cost is for its own settings to say');
  const supervisor = new Supervisor({ logFolder: join(options.dataFolder, 'logs'), say, spawned });
  const guard = mendAfterFullDisk(
    spaceWatch(() => measureSpace(options.dataFolder)),
    servers.restartBroker,
    say,
  );
  let stopping: Promise<void> | undefined;
  const stop = (code: number) => {
    stopping ??= (async () => {
      say('stopping');
      guard.stop();
      await supervisor.stop();
      await servers.stop();
      clearRunState(options.dataFolder);
      processes.clear();
      say('stopped; the data is kept');
      process.exit(code);
    })();
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
  process.on('disconnect', () => void stop(0));

  try {
    await Promise.all([prepare(options, servers), compileFor(user)]);
    const port = await freePort(options.port, options.host);
    if (port !== options.port) say(`port ${options.port} is taken: using ${port}`);
    const names = declared
      .map(({ name }) => name)
      .filter((name) => name !== 'live' && (name !== 'drill' || options.drill));
    const services: Record<string, string> = {};
    for (const name of names) services[name] = `http://127.0.0.1:${await freePort()}`;
    // The commands of this machine come without TLS, by loopback.
    const loopbackPort = options.tls ? await freePort(port + 1) : port;
    const url = `http://${options.tls || reachedByItself(options.host) ? 'localhost' : hostInAddress(options.host)}:${loopbackPort}`;
    const publicUrl = options.behind ?? (options.tls ? `https://${options.tls.names[0]}:${port}` : url);
    const common = {
      VX_SERVICES: JSON.stringify(services),
      VX_DATA: options.dataFolder,
      VX_HOSTS: JSON.stringify(hostsOf(options, port)),
      ...(servers.journal
        ? { VX_POWER_CUT_SECONDS: String(servers.journal.powerCutSeconds), VX_DISK: options.dataFolder }
        : {}),
      // The front door and the services of this start know it, and nobody else.
      VX_GATE_SECRET: newSecret(),
    };
    const firstCode = newSecret();
    const signIn = {
      VX_OPERATOR_SECRET: adminTokenOf(options.dataFolder),
      VX_SESSION_SECRET: secretOf(options.dataFolder, 'sessions'),
      VX_FIRST_ADMINISTRATOR_SECRET: firstCode,
      VX_PUBLIC_URL: publicUrl,
      ...(options.provider === undefined ? {} : { VX_PROVIDER: options.provider }),
    };
    // The door of everybody tells its metrics to who has the right: who gathers them on this machine asks another port.
    const doorMetricsPort = await freePort();
    const door = {
      VX_METRICS_PORT: String(doorMetricsPort),
      VX_TRUSTED_PROXIES: JSON.stringify(options.trustedProxies),
      ...(options.tls && {
        VX_TLS_CERT: options.tls.cert,
        VX_TLS_KEY_SECRET: options.tls.key,
        VX_LOOPBACK_PORT: String(loopbackPort),
      }),
    };
    const filesOf: Record<string, string[]> = {
      identity: settingsFiles(options.provider, 'clientSecretFile'),
      hotline: settingsFiles(options.telephony, 'secretFile'),
    };
    /** Root where its own user could not do its work, which is said. */
    const userOf = (name: string, at: number): OwnUser | undefined => {
      if (!user) return undefined;
      const closed = firstClosed(user, filesOf[name] ?? []);
      const reason = closed === undefined ? (mayListen(at) ? undefined : `port ${at}`) : `its file ${closed}`;
      if (reason !== undefined) say(`${name} runs as root: ${reason} is for root alone`);
      return reason === undefined ? user : undefined;
    };
    const start = (name: string, at: Record<'PORT' | 'HOST', string>) =>
      supervisor.start({
        name,
        user: userOf(name, Number(at.PORT)),
        main: join(root, 'services/main.ts'),
        memory: serviceNamed(name).memory,
        env: {
          ...common,
          ...(name === 'identity' ? signIn : {}),
          ...(name === 'hotline' && options.telephony !== undefined ? { VX_TELEPHONY: options.telephony } : {}),
          // Whoever has nothing to do with persons is not given the secret of their keys.
          ...(needsKeys(name) ? {} : { VX_MASTER_KEY: '' }),
          ...(name === 'live' ? door : {}),
          ...servers.addressesOf(name),
          ...proofsOf(name, options.dataFolder),
          ...at,
        },
      });
    await Promise.all([
      ...names.map((name) => start(name, { PORT: new URL(services[name]!).port, HOST: '127.0.0.1' })),
      start('live', { PORT: String(port), HOST: options.host }),
    ]);

    writeRunState(options.dataFolder, {
      pid: process.pid,
      url,
      databaseUrl: servers.databaseUrl,
      natsUrl: servers.natsUrl,
      services,
      pids: { ...servers.pids(), ...supervisor.pids() },
    });
    writeScrapeTargets(options.dataFolder, { ...services, live: `http://127.0.0.1:${doorMetricsPort}` });
    for (const line of await damageOf(services.chain)) say(`DAMAGE: ${line}; npm run verify tells where`);
    say(`${names.length + 1} services run; logs in ${join(options.dataFolder, 'logs')}; Ctrl-C ends everything`);
    if (await hasNoAdministrator(url))
      say(
        `nobody looks after the accounts yet; within 24 hours, once: ${publicUrl}/#screen=account&welcome=first&code=${firstCode}`,
      );
    if (publicUrl !== url) say(`browsers reach it at ${publicUrl}`);
    process.stdout.write(`ready ${url}\n`);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    await stop(1);
  }
}

/** Addresses that this machine reaches by its own name. */
function reachedByItself(host: string): boolean {
  return ['127.0.0.1', '0.0.0.0', '::'].includes(host);
}

/** As it stands in an address. */
const hostInAddress = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host);

/** Names by which the product may be reached. */
function hostsOf({ behind, host, tls }: StartOptions, port: number): string[] {
  return [
    ...loopbackNames,
    ...(reachedByItself(host) || tls ? [] : [hostInAddress(host)]),
    ...(tls?.names ?? []).map((name) => `https://${name}:${port}`),
    ...(behind === undefined ? [] : [behind]),
  ];
}

/** What the journals and their chains say when they are compared at the start. */
async function damageOf(chain: string | undefined): Promise<string[]> {
  const answer = await fetch(`${chain}/readyz`, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
  return ((await answer?.json()) as { damage?: string[] } | undefined)?.damage ?? [];
}

/** Whether the first administrator is still to come. */
async function hasNoAdministrator(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/api/identity/me`).catch(() => undefined);
  return answer?.ok === true && ((await answer.json()) as { firstAdministrator: boolean }).firstAdministrator;
}

/** By what a programme proves itself to the doors, or knows those who do. The front door only passes tokens on. */
function proofsOf(name: string, dataFolder: string): Record<string, string> {
  if (name === 'live') return {};
  if (name === 'drill') return { VX_SECRET: secretOf(dataFolder, name) };
  return {
    VX_SENDERS: JSON.stringify(
      Object.fromEntries(doorProgrammes.map((programme) => [programme, secretOf(dataFolder, programme)])),
    ),
  };
}

/** What whoever runs the services has to read. */
function codeOf(folder: string): string[] {
  return [
    process.execPath,
    join(folder, 'services/main.ts'),
    join(folder, 'node_modules'),
    ...[findNatsServer()?.program].filter((program) => program !== undefined),
  ];
}

/** Compiled code is kept for each user apart: that of whoever runs the services is made ready while the schemas are. */
function compileFor(user: OwnUser | undefined): Promise<void> {
  if (user) giveCompiledCode(user);
  return new Promise((done) => {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(root, 'deploy/local/compile.ts')],
      { env: { ...process.env, ...keepingCompiledCode(user) }, stdio: ['ignore', 'ignore', 'inherit'], ...user },
    );
    // Without it each service compiles for itself.
    child.on('error', () => done());
    child.on('exit', () => done());
  });
}

/** Schemas, web app, places: in a process of its own. */
function prepare(options: StartOptions, servers: Servers): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(root, 'deploy/local/prepare.ts')],
      {
        env: {
          ...process.env,
          ...keepingCompiledCode(),
          DATABASE_URL: servers.databaseUrl,
          NATS_URL: servers.natsUrl,
          VX_OPTIONS: JSON.stringify({ ...options, tls: undefined }),
          VX_ROLES: servers.keptApart.database ? 'a role for each service' : '',
        },
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      },
    );
    child.on('message', (message) => say((message as { say: string }).say));
    child.on('exit', (code) => (code === 0 ? done() : fail(new Error('not started: see above'))));
  });
}
