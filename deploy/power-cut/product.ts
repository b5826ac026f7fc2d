import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { fetchAs } from '../local/fetch-as.ts';
import { freePort } from '../local/free-port.ts';
import { type RunState, readRunState } from '../local/run-state.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const readyWithinMs = 120_000;

/** The product as it runs for users, without the web app and the exercise. */
export interface Product extends Pick<RunState, 'url' | 'databaseUrl' | 'natsUrl'> {
  readySeconds: number;
  /** As who owns the data folder. */
  fetch: typeof fetch;
  /** Ends every process of it without a word, and returns when they are gone. */
  kill: () => Promise<void>;
}

/** @throws with everything that it said when it does not become ready in time */
export async function startProduct(dataFolder: string, natsServer: string | undefined): Promise<Product> {
  const startedAt = performance.now();
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(root, 'deploy/local/start.ts'),
      ...['--data', dataFolder, '--port', String(port), '--no-web', '--no-drill'],
    ],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        DATABASE_URL: '',
        NATS_URL: '',
        LOG_LEVEL: 'warn',
        ...(natsServer ? { VX_NATS_SERVER: natsServer } : {}),
      },
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const pids = () => [child.pid!, ...Object.values(readRunState(dataFolder, () => {})?.pids ?? {})];
  let known = [child.pid!];
  const kill = () => killAll(known);
  while (!/^ready http/m.test(output)) {
    if (child.exitCode === null && performance.now() - startedAt < readyWithinMs) {
      await sleep(100);
      continue;
    }
    await kill();
    throw new Error(`not ready on what the cut left:\n${output}`);
  }
  const state = readRunState(dataFolder);
  if (!state) throw new Error('ready, and run.json does not say so');
  // Asked now: after the cut the file cannot be read.
  known = pids();
  return {
    ...state,
    fetch: fetchAs(dataFolder),
    readySeconds: Math.round((performance.now() - startedAt) / 100) / 10,
    kill,
  };
}

/** All at once, the supervisor first: it would start the others again. */
async function killAll(pids: readonly number[]): Promise<void> {
  const alive = (pid: number) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };
  for (const pid of pids) if (alive(pid)) process.kill(pid, 'SIGKILL');
  for (let patience = 100; pids.some(alive) && patience > 0; patience--) await sleep(100);
}
