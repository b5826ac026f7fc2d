// First step of every command: makes the machine ready, then runs the real program with the pinned Node.
// Plain JavaScript for the Node that the machine has (20 or newer): nothing of ours is installed yet when this runs.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bringNatsServer } from './bring-nats-server.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const debian = JSON.parse(readFileSync(join(root, 'deploy/debian-packages.json'), 'utf8'));
const namesOf = (need) => debian[need].map(({ name }) => name);
const commands = {
  start: { program: ['deploy/local/start.ts'], servers: true },
  test: { program: ['deploy/commands/test.ts'], servers: true, chromium: true },
  'test:unit': { program: ['deploy/commands/test-unit.ts'] },
  import: { program: ['deploy/commands/import.ts'] },
  replay: { program: ['deploy/commands/replay.ts'] },
  rebuild: { program: ['deploy/commands/rebuild.ts'], servers: true },
  'dead-letters': { program: ['deploy/commands/dead-letters.ts'], servers: true },
  backup: { program: ['deploy/commands/backup.ts'], servers: true },
  restore: { program: ['deploy/commands/restore.ts'], servers: true },
  'move-district': { program: ['deploy/commands/move-district.ts'], servers: true },
  verify: { program: ['deploy/commands/verify.ts'], servers: true },
  load: { program: ['deploy/commands/load.ts'], servers: true },
  cluster: { program: ['deploy/commands/cluster.ts'], servers: true, cluster: true },
  bench: { program: ['deploy/commands/bench.ts'], servers: true },
  calibration: { program: ['deploy/commands/calibration.ts'] },
  backtest: { program: ['ml/backtest.ts'] },
  train: { program: ['ml/forecast/network/train.ts'] },
  scenario: { program: ['ml/scenario/main.ts'] },
  mutation: { program: ['deploy/mutation/run.ts'] },
  'test:power-cut': { program: ['deploy/commands/power-cut.ts'], servers: true },
  audit: { program: ['deploy/commands/audit.ts'], servers: true },
  keys: { program: ['deploy/commands/keys.ts'] },
  persons: { program: ['deploy/commands/persons.ts'] },
  truth: { program: ['deploy/commands/truth.ts'], servers: true, chromium: true },
  screens: { program: ['deploy/commands/screens.ts'], servers: true, chromium: true },
  licences: { program: ['deploy/commands/licences.ts'] },
  sbom: { program: ['deploy/commands/sbom.ts'] },
};

const [name, ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) fail(`no such command: ${name ?? '(none)'}; one of ${Object.keys(commands).join(', ')}`);
const say = (line) => process.stderr.write(`[set-up] ${line}\n`);

installModules();
const node = join(root, 'node_modules/.bin/node');
const onlyHelp = args.includes('--help') || args.includes('-h');
if (command.servers && !onlyHelp && !(process.env.DATABASE_URL && process.env.NATS_URL)) installServers(command);
runProgram();

/** npm ci when the modules are missing or the lock file has changed since, unless VX_KEEP_MODULES says that somebody else sees to them. */
function installModules() {
  const stamp = join(root, 'node_modules/.vung-xanh-lock');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  const kept = installed === lock || process.env.VX_KEEP_MODULES;
  if (kept && existsSync(join(root, 'node_modules/.bin/node'))) return;
  say('installing npm packages (about half a minute, once)');
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const result = spawnSync(npm[0], [...npm.slice(1), 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (result.status !== 0) fail('npm ci did not succeed; see above. Then run the same command again.');
  if (!existsSync(join(root, 'node_modules/.bin/node')))
    fail(
      'the npm package "node" brought no program: its install script must be allowed to run (npm config get ignore-scripts should say false).',
    );
  writeFileSync(stamp, lock);
}

/** A nats-server that syncs before it acknowledges; PostgreSQL with PostGIS, and what else is missing, from Debian. */
function installServers({ chromium, cluster }) {
  const missing = [];
  const brought = process.env.NATS_URL || bringNatsServer({ say, onPath, installPip });
  if (!process.env.DATABASE_URL) {
    const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
    const usable = versions.some(
      (version) =>
        existsSync(`/usr/lib/postgresql/${version}/bin/initdb`) &&
        existsSync(`/usr/share/postgresql/${version}/extension/postgis.control`),
    );
    if (!usable) missing.push(...namesOf('database'));
  }
  if (!brought && !onPath('nats-server')) missing.push(...namesOf('nats-server'));
  if (cluster && !['patroni', 'etcd', 'haproxy'].every(onPath)) missing.push(...namesOf('cluster'));
  if (chromium && !process.env.CHROMIUM && !onPath('chromium')) missing.push(...namesOf('tests'));
  if (missing.length === 0) return;

  const apt = `apt-get install -y ${missing.join(' ')}`;
  if (!mayInstall())
    fail(
      `these Debian packages are missing: ${missing.join(', ')}. Two ways on:\n` +
        `  1. install them (as root): apt-get update && ${apt}\n` +
        `  2. use servers that exist: DATABASE_URL=postgresql://… NATS_URL=nats://… npm ${name === 'test' || name === 'start' ? name : `run ${name}`}`,
    );
  if (!installPackages(missing))
    fail(`${apt} did not succeed; see above. Install the packages by hand, or set DATABASE_URL and NATS_URL.`);
}

/** How apt-get is called here; undefined when this user may not. */
function mayInstall() {
  if (!onPath('apt-get')) return undefined;
  return process.getuid() === 0 ? [] : canSudo() ? ['sudo', '-n'] : undefined;
}

/** True when the Debian packages are installed now. */
function installPackages(names) {
  const asRoot = mayInstall();
  if (!asRoot) return false;
  say(`installing Debian packages: ${names.join(', ')} (about half a minute, once)`);
  // PostgreSQL's package makes a cluster of its own, as Debian does; it is left alone, ours is private.
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return [
    ['apt-get', 'update', '-qq'],
    ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...names],
  ].every((step) => {
    const [program, ...rest] = [...asRoot, ...step];
    return spawnSync(program, rest, { stdio: ['ignore', 'ignore', 'inherit'], env: environment }).status === 0;
  });
}

function installPip() {
  return installPackages(namesOf('bringing-nats-server'));
}

function onPath(program) {
  return [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'].some(
    (folder) => folder && existsSync(join(folder, program)),
  );
}

function canSudo() {
  try {
    execFileSync('sudo', ['-n', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Runs the program; it hears our end over the channel, and we end with its code. */
function runProgram() {
  const child = spawn(
    node,
    ['--disable-warning=ExperimentalWarning', ...command.program.map((file) => join(root, file)), ...args],
    {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: {
        ...process.env,
        PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`,
        VX_CALLER_FOLDER: process.env.INIT_CWD ?? process.cwd(),
      },
    },
  );
  // A terminal's Ctrl-C reaches the child by itself; a signal to us alone is passed on.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'));
  // npm may die without a word: then we are adopted by another process.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 1000).unref();
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
