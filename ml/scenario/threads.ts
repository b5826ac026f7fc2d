import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { District, RunSettings, Scenario } from './district.ts';
import { joinPaths, type Paths, type Simulate, simulateInChunks } from './simulate.ts';

export interface PathsTask {
  district: District;
  scenario: Scenario;
  run: RunSettings;
  first: number;
  count: number;
}

/** Threads kept for the runs of one process; `close` ends them. */
export interface PathThreads {
  simulate: Simulate;
  close(): Promise<void>;
}

const fewestPathsAThread = 50;

/** The same paths as `simulatePaths`, value for value, spread over worker threads. */
export function openPathThreads(threads = Math.min(8, availableParallelism())): PathThreads {
  const workers = Array.from({ length: threads }, () => new Worker(new URL('./paths-worker.ts', import.meta.url)));
  const ask = (worker: Worker, task: PathsTask): Promise<Paths> =>
    new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.postMessage(task);
    });
  return {
    async simulate(district, scenario, run, control) {
      if (threads < 2 || run.paths < 2 * fewestPathsAThread) return simulateInChunks(district, scenario, run, control);
      const parts = workers.map((worker, i) => {
        const first = Math.floor((i * run.paths) / threads);
        const count = Math.floor(((i + 1) * run.paths) / threads) - first;
        return ask(worker, { district, scenario, run, first, count });
      });
      return joinPaths(await Promise.all(parts), run, district.wards.length);
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
