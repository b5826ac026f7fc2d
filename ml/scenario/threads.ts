import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { District, RunSettings, Scenario } from './district.ts';
import { dailySeries, emptyPaths, type Paths, simulatePaths } from './simulate.ts';

export interface PathsTask {
  district: District;
  scenario: Scenario;
  run: RunSettings;
  first: number;
  count: number;
}

/** Threads kept for the runs of one process; `close` ends them. */
export interface PathThreads {
  simulate(district: District, scenario: Scenario, run: RunSettings): Promise<Paths>;
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
    async simulate(district, scenario, run) {
      if (threads < 2 || run.paths < 2 * fewestPathsAThread) return simulatePaths(district, scenario, run);
      const parts = workers.map((worker, i) => {
        const first = Math.floor((i * run.paths) / threads);
        const count = Math.floor(((i + 1) * run.paths) / threads) - first;
        return ask(worker, { district, scenario, run, first, count });
      });
      return joined(await Promise.all(parts), run, district.wards.length);
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function joined(parts: Paths[], run: RunSettings, wards: number): Paths {
  const all = emptyPaths(run.paths, run.days, wards);
  let at = 0;
  for (const part of parts) {
    for (const name of dailySeries) all.daily[name].set(part.daily[name], at * run.days);
    all.reportedByWard.set(part.reportedByWard, at * run.days * wards);
    all.doses.set(part.doses, at);
    at += part.paths;
  }
  return all;
}
