import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { fetchAs } from '../local/fetch-as.ts';
import type { RunState } from '../local/run-state.ts';
import { adminTokenOf } from '../local/secrets.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** A machine that others use too takes its time; how fast a start is, its own tests say. */
const readyWithinMs = 300_000;

/** A started product, with its data in a folder of its own. */
export interface Started {
  state: RunState;
  /** Its data folder. */
  data: string;
  /** As who owns the data folder. */
  fetch: typeof fetch;
  /** What it has said so far. */
  said: () => string;
  /** performance.now() when it said ready */
  readyAt: number;
  stop: () => Promise<void>;
}

/** `npm start` with a browser beside it, whose pages are those of who owns the data folder. */
export interface Product extends Started {
  browser: Browser;
}

/** A browser whose pages are nobody's. @param args further switches of Chromium */
export const launchBrowser = (...args: string[]): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim(),
    args: ['--no-sandbox', '--enable-unsafe-swiftshader', ...args],
  });

export async function startProduct(...options: string[]): Promise<Product> {
  const started = await start(root, ['node', 'deploy/setup.mjs', 'start'], options);
  const browser = await launchBrowser();
  const newPage = browser.newPage.bind(browser);
  const authorization = `Bearer ${adminTokenOf(started.data)}`;
  browser.newPage = (page) => newPage({ extraHTTPHeaders: { authorization }, ...page });
  return {
    ...started,
    browser,
    stop: async () => {
      await browser.close();
      await started.stop();
    },
  };
}

/** Another repository's product, whose modules are there. Nothing is installed. */
export const startIn = (repository: string, ...options: string[]): Promise<Started> =>
  start(repository, [process.execPath, 'deploy/local/start.ts'], options);

async function start(cwd: string, [program, ...args]: string[], options: string[]): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-e2e-'));
  chmodSync(folder, 0o755);
  let output = '';
  const started: ChildProcess = spawn(program!, [...args, '--data', join(folder, 'data'), ...options], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DATABASE_URL: '', NATS_URL: '', LOG_LEVEL: 'warn' },
  });
  for (const stream of [started.stdout!, started.stderr!])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const deadline = Date.now() + readyWithinMs;
  while (!/^ready http/m.test(output)) {
    if (Date.now() > deadline || started.exitCode !== null) {
      started.kill('SIGTERM');
      throw new Error(`not ready:\n${output}`);
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  return {
    state: JSON.parse(readFileSync(join(folder, 'data/run.json'), 'utf8')) as RunState,
    data: join(folder, 'data'),
    fetch: fetchAs(join(folder, 'data')),
    said: () => output,
    readyAt: performance.now(),
    stop: async () => {
      started.kill('SIGTERM');
      await new Promise((done) => started.once('exit', done));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
