// npm start: everything on this machine, private, until Ctrl-C.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { schemas } from '../../services/migrations.ts';
import { migrate } from '../../services/platform/database.ts';
import { freePort } from './free-port.ts';
import { loadDistrict } from './load-district.ts';
import { readOptions } from './options.ts';
import { clearRunState, readRunState, writeRunState } from './run-state.ts';
import { openServers } from './servers.ts';
import { Supervisor } from './supervisor.ts';
import { buildWeb } from './web-build.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const startedAt = performance.now();
const say = (line: string) =>
  process.stdout.write(`[${((performance.now() - startedAt) / 1000).toFixed(1).padStart(5)} s] ${line}\n`);

try {
  await main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), root, process.env.VX_CALLER_FOLDER ?? process.cwd());
  const other = readRunState(options.dataFolder);
  if (other) throw new Error(`already running on ${options.dataFolder}: ${other.url} (process ${other.pid})`);

  say('starting PostgreSQL with PostGIS and nats-server (private, on free loopback ports)');
  const servers = await openServers(options.dataFolder, process.env, say);
  const supervisor = new Supervisor({ logFolder: join(options.dataFolder, 'logs'), say });
  let stopping: Promise<void> | undefined;
  const stop = (code: number) => {
    stopping ??= (async () => {
      say('stopping');
      await supervisor.stop();
      await servers.stop();
      clearRunState(options.dataFolder);
      say('stopped; the data is kept');
      process.exit(code);
    })();
    return stopping;
  };
  process.on('SIGINT', () => void stop(0));
  process.on('SIGTERM', () => void stop(0));
  process.on('SIGHUP', () => void stop(0));
  process.on('disconnect', () => void stop(0));
  void servers.lost.then((name) => {
    say(
      `${name} ended by itself; see ${options.dataFolder}. Start again: the journal has everything that was acknowledged.`,
    );
    void stop(1);
  });

  try {
    say('migrating');
    for (const { schema, folder } of schemas) await migrate(servers.databaseUrl, schema, folder);
    if (options.web && buildWeb(root)) say('web app built');
    const loaded = await loadDistrict(options, servers.natsUrl);
    say(
      `${loaded.name}: ${loaded.appended ? `${loaded.appended} facts about its places written to the journal` : 'places are in the journal'}`,
    );

    const port = await freePort(options.port, options.host);
    if (port !== options.port) say(`port ${options.port} is taken: using ${port}`);
    const names = [
      'geography',
      'epidemic',
      'urban-order',
      'economy',
      'intake',
      ...(options.drill ? ['drill'] : []),
    ].filter((name) => existsSync(join(root, `services/${name}/main.ts`)));
    const ports = new Map<string, number>();
    for (const name of names) ports.set(name, await freePort());
    const services = Object.fromEntries([...ports].map(([name, at]) => [name, `http://127.0.0.1:${at}`]));
    const common = {
      DATABASE_URL: servers.databaseUrl,
      NATS_URL: servers.natsUrl,
      VX_SERVICES: JSON.stringify(services),
      VX_DATA: options.dataFolder,
    };
    const start = (name: string, more: Record<string, string> = {}) =>
      supervisor.start({
        name,
        main: join(root, `services/${name}/main.ts`),
        env: { ...common, PORT: String(ports.get(name) ?? port), HOST: '127.0.0.1', ...more },
      });
    await Promise.all([...names.map((name) => start(name)), start('live', { HOST: options.host })]);

    const url = `http://${options.host === '127.0.0.1' ? 'localhost' : options.host}:${port}`;
    writeRunState(options.dataFolder, {
      pid: process.pid,
      url,
      databaseUrl: servers.databaseUrl,
      natsUrl: servers.natsUrl,
      services,
    });
    say(`${names.length + 1} services run; logs in ${join(options.dataFolder, 'logs')}; Ctrl-C ends everything`);
    process.stdout.write(`ready ${url}\n`);
  } catch (error) {
    process.stderr.write(`${(error as Error).stack}\n`);
    await stop(1);
  }
}
