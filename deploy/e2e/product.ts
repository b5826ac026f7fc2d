import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import type { RunState } from '../local/run-state.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const readyWithinMs = 100_000;

/** `npm start` in a folder of its own, with a browser beside it. */
export interface Product {
  state: RunState;
  browser: Browser;
  /** performance.now() when it said ready */
  readyAt: number;
  stop: () => Promise<void>;
}

export async function startProduct(...options: string[]): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-e2e-'));
  chmodSync(folder, 0o755);
  let output = '';
  const started: ChildProcess = spawn(
    'node',
    ['deploy/setup.mjs', 'start', '--data', join(folder, 'data'), ...options],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DATABASE_URL: '', NATS_URL: '', LOG_LEVEL: 'warn' },
    },
  );
  for (const stream of [started.stdout!, started.stderr!])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const deadline = Date.now() + readyWithinMs;
  while (!/^ready http/m.test(output)) {
    if (Date.now() > deadline || started.exitCode !== null) throw new Error(`not ready:\n${output}`);
    await new Promise((done) => setTimeout(done, 50));
  }
  const readyAt = performance.now();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim(),
    args: ['--no-sandbox', '--enable-unsafe-swiftshader'],
  });
  return {
    state: JSON.parse(readFileSync(join(folder, 'data/run.json'), 'utf8')) as RunState,
    browser,
    readyAt,
    stop: async () => {
      await browser.close();
      started.kill('SIGTERM');
      await new Promise((done) => started.once('exit', done));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
