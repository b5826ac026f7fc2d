import { availableParallelism } from 'node:os';
import { AnsweringThread } from '../threads/index.ts';
import type { District, RunSettings, Scenario } from './district.ts';
import { joinPaths, type Paths, type Simulate, simulateInChunks } from './simulate.ts';

/** What a thread is told: a run first, then which of its paths. */
export type PathQuestion =
  | { kind: 'run'; district: District; scenario: Scenario; run: RunSettings }
  | { kind: 'paths'; first: number; count: number };

export interface PathAnswers {
  run: undefined;
  paths: Paths;
}

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
  const file = new URL('./paths-worker.ts', import.meta.url);
  const workers = Array.from(
    { length: threads },
    () => new AnsweringThread<PathQuestion, PathAnswers>(file, { restMs: idleMilliseconds }),
  );
  let queue: Promise<unknown> = Promise.resolve();
  const spread: Simulate = async (district, scenario, run, { progress, signal } = {}) => {
    signal?.throwIfAborted();
    const parts: Paths[] = [];
    let next = 0;
    let done = 0;
    const work = async (worker: (typeof workers)[number]): Promise<void> => {
      await worker.ask({ kind: 'run', district, scenario, run });
      while (next < run.paths) {
        signal?.throwIfAborted();
        const first = next;
        const count = Math.min(pathsAChunk, run.paths - first);
        next += count;
        parts[first / pathsAChunk] = await worker.ask({ kind: 'paths', first, count });
        done += count;
        progress?.(done / run.paths);
      }
    };
    const wanted = Math.min(threads, Math.ceil(run.paths / pathsAChunk));
    // a run that fails waits for the chunks that are under way, so that the next one finds the threads free
    const all = await Promise.allSettled(workers.slice(0, wanted).map(work));
    const failed = all.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
    return joinPaths(parts, run, district.wards.length);
  };
  return {
    simulate(district, scenario, run, control) {
      if (threads < 2 || run.paths < 2 * pathsAChunk) return simulateInChunks(district, scenario, run, control);
      const result = queue.then(() => spread(district, scenario, run, control));
      queue = result.catch(() => {});
      return result;
    },
    open: () => workers.filter((worker) => worker.open).length,
    async close() {
      await queue;
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}
