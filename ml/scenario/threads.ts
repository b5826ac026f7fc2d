import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { District, RunSettings, Scenario } from './district.ts';
import { joinPaths, type Paths, type Simulate, simulateInChunks } from './simulate.ts';

/** What a thread is told: a run first, then which of its paths. */
export type ToThread =
  | { kind: 'run'; district: District; scenario: Scenario; run: RunSettings }
  | { kind: 'paths'; first: number; count: number };

/** Threads that open with the first run and end when they have had nothing to do for a while; `close` ends them at once. */
export interface PathThreads {
  simulate: Simulate;
  /** threads open now */
  open(): number;
  close(): Promise<void>;
}

const pathsAChunk = 50;

/**
 * The same paths as `simulatePaths`, value for value, spread over worker threads in chunks, so that a run tells how far it is and can be stopped. One run at a time: others wait.
 * @param idleMilliseconds after which the threads end, to give their memory back
 */
export function openPathThreads(threads = Math.min(8, availableParallelism()), idleMilliseconds = 20_000): PathThreads {
  let workers: Worker[] = [];
  let queue: Promise<unknown> = Promise.resolve();
  let rest: NodeJS.Timeout | undefined;
  const end = async () => {
    clearTimeout(rest);
    const ended = workers;
    workers = [];
    await Promise.all(ended.map((worker) => worker.terminate()));
  };
  const spread: Simulate = async (district, scenario, run, { progress, signal } = {}) => {
    signal?.throwIfAborted();
    clearTimeout(rest);
    const wanted = Math.min(threads, Math.ceil(run.paths / pathsAChunk));
    while (workers.length < wanted) workers.push(new Worker(new URL('./paths-worker.ts', import.meta.url)));
    const parts: Paths[] = [];
    let next = 0;
    let done = 0;
    const work = async (worker: Worker): Promise<void> => {
      worker.postMessage({ kind: 'run', district, scenario, run } satisfies ToThread);
      while (next < run.paths) {
        signal?.throwIfAborted();
        const first = next;
        const count = Math.min(pathsAChunk, run.paths - first);
        next += count;
        parts[first / pathsAChunk] = await ask(worker, { kind: 'paths', first, count });
        done += count;
        progress?.(done / run.paths);
      }
    };
    try {
      const all = await Promise.allSettled(workers.slice(0, wanted).map(work));
      const failed = all.find((one) => one.status === 'rejected');
      if (failed) {
        // a thread that failed is gone; one that was stopped stays
        if (!signal?.aborted) await end();
        throw failed.reason;
      }
      return joinPaths(parts, run, district.wards.length);
    } finally {
      rest = setTimeout(() => void end(), idleMilliseconds);
      rest.unref();
    }
  };
  return {
    simulate(district, scenario, run, control) {
      if (threads < 2 || run.paths < 2 * pathsAChunk) return simulateInChunks(district, scenario, run, control);
      const result = queue.then(() => spread(district, scenario, run, control));
      queue = result.catch(() => {});
      return result;
    },
    open: () => workers.length,
    async close() {
      await queue;
      await end();
    },
  };
}

function ask(worker: Worker, task: ToThread): Promise<Paths> {
  return new Promise((resolve, reject) => {
    const settle = (then: () => void) => {
      worker.off('message', told);
      worker.off('error', failed);
      worker.off('exit', ended);
      then();
    };
    const told = (paths: Paths) => settle(() => resolve(paths));
    const failed = (error: Error) => settle(() => reject(error));
    const ended = (code: number) => settle(() => reject(new Error(`a path thread ended with code ${code}`)));
    worker.on('message', told);
    worker.on('error', failed);
    worker.on('exit', ended);
    worker.postMessage(task);
  });
}
