import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { beganOf, clearProcessesLeft, ProcessList, processesLeft, startItself } from './processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-processes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A process that ends by no signal that it can ignore. */
async function stubborn() {
  const child = spawn('sh', ['-c', 'trap "" TERM INT; echo up; while :; do sleep 0.1; done'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await new Promise((up) => child.stdout.once('data', up));
  return {
    pid: child.pid!,
    ended: new Promise<NodeJS.Signals | null>((done) => child.once('exit', (_, signal) => done(signal))),
    child,
  };
}

test('what an earlier start left is said and ended, if need be hard', async () => {
  const { pid, ended } = await stubborn();
  new ProcessList(folder, expect.fail).add('nats', pid);
  expect(processesLeft(folder, expect.fail).map(({ name }) => name)).toEqual(['nats']);
  const said: string[] = [];
  await clearProcessesLeft(folder, (line) => said.push(line), 300);
  expect(await ended).toBe('SIGKILL');
  expect(said).toEqual([`an earlier start died and left nats (process ${pid}): ending them`, 'they have ended']);
  expect(processesLeft(folder, expect.fail)).toEqual([]);
});

test('another process that has the id now is left alone', async () => {
  const { pid, child, ended } = await stubborn();
  const list = new ProcessList(folder, expect.fail);
  list.add('nats', pid);
  const file = join(folder, 'processes.json');
  // As though the one in the list had begun a moment earlier.
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(/(\d+)"(?=\s*\})/, (_, ticks: string) => `${Number(ticks) - 1}"`),
  );
  await clearProcessesLeft(folder, expect.fail, 300);
  expect(beganOf(pid)).toBeDefined();
  child.kill('SIGKILL');
  await ended;
});

test('a copy of a data folder has nobody of its own; one that was renamed has', async () => {
  const { pid, child, ended } = await stubborn();
  new ProcessList(folder, expect.fail).add('nats', pid);
  const copy = mkdtempSync(join(tmpdir(), 'vung-xanh-processes-'));
  copyFileSync(join(folder, 'processes.json'), join(copy, 'processes.json'));
  expect(processesLeft(copy, expect.fail)).toEqual([]);
  const renamed = `${folder}-renamed`;
  renameSync(folder, renamed);
  try {
    expect(processesLeft(renamed, expect.fail).map((one) => one.pid)).toEqual([pid]);
  } finally {
    renameSync(renamed, folder);
  }
  rmSync(copy, { recursive: true });
  child.kill('SIGKILL');
  await ended;
});

test('a start that is alive, though it is not ready yet, is no dead one', async () => {
  new ProcessList(folder, expect.fail).add(startItself, process.pid);
  await expect(clearProcessesLeft(folder, expect.fail)).rejects.toThrow(
    `already starting or running on ${folder} (process ${process.pid})`,
  );
});

test('after an orderly end, and with a damaged list, there is nobody to end', async () => {
  const list = new ProcessList(folder, expect.fail);
  list.add(startItself, process.pid);
  list.clear();
  await clearProcessesLeft(folder, expect.fail);
  writeFileSync(join(folder, 'processes.json'), '[{"name"');
  const said: string[] = [];
  await clearProcessesLeft(folder, (line) => said.push(line));
  expect(said).toEqual([expect.stringContaining('is damaged')]);
});
