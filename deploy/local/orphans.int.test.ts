// Nothing of ours outlives the start for long, however it dies; and what did is found by the next one.
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { beganOf } from './processes.ts';
import type { RunState } from './run-state.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-orphans-'));
chmodSync(folder, 0o755);
const data = join(folder, 'data');
const started: ChildProcess[] = [];
afterAll(async () => {
  for (const child of started)
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await new Promise((done) => child.once('exit', done));
    }
  rmSync(folder, { recursive: true, force: true });
});

/** The start itself, without the set-up before it: its process is the one that is killed. */
async function start(): Promise<{ child: ChildProcess; state: RunState; output: () => string }> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'deploy/local/start.ts', '--data', data, '--no-web', '--no-drill'],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DATABASE_URL: '', NATS_URL: '', LOG_LEVEL: 'warn' },
    },
  );
  started.push(child);
  let output = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const deadline = Date.now() + 90_000;
  while (!/^ready http/m.test(output)) {
    if (Date.now() > deadline || child.exitCode !== null) throw new Error(`not ready:\n${output}`);
    await new Promise((done) => setTimeout(done, 50));
  }
  return { child, state: JSON.parse(readFileSync(join(data, 'run.json'), 'utf8')), output: () => output };
}

const alive = (pids: Record<string, number>) =>
  Object.entries(pids).flatMap(([name, pid]) => (beganOf(pid) === undefined ? [] : [name]));

async function die(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await new Promise((done) => child.once('exit', done));
}

/** The shell that ends the servers when the start is gone. */
const leashOf = (natsPid: number) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .find((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return words.includes('leash') && words.includes(String(natsPid));
      } catch {
        return false; // a process that has just ended
      }
    });

test('a start that is killed takes everything with it, a server that is deaf too', async () => {
  const { child, state } = await start();
  expect(alive(state.pids).length).toBeGreaterThan(8);
  process.kill(state.pids.nats!, 'SIGSTOP');
  await die(child);
  await expect.poll(() => alive(state.pids), { timeout: 90_000, interval: 200 }).toEqual([]);
});

test('what outlived a start is told and ended by the next one', async () => {
  const { child, state } = await start();
  process.kill(Number(leashOf(state.pids.nats!)), 'SIGKILL');
  await die(child);
  await expect.poll(() => alive(state.pids), { timeout: 90_000, interval: 200 }).toEqual(['postgres', 'nats']);
  const next = await start();
  const [, left = ''] = /an earlier start died and left (.*): ending them/.exec(next.output()) ?? [];
  expect(left.split(', ').sort()).toEqual([
    `nats (process ${state.pids.nats})`,
    `postgres (process ${state.pids.postgres})`,
  ]);
  expect(alive({ postgres: state.pids.postgres!, nats: state.pids.nats! })).toEqual([]);
  expect(alive(next.state.pids).length).toBeGreaterThan(8);
});
