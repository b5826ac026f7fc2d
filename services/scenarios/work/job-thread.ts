import { Worker } from 'node:worker_threads';
import type { FromThread, Job, JobAnswers } from './jobs.ts';

/** A job that cannot be done, however often it is tried. */
export class JobRefused extends Error {
  readonly reason: string;

  constructor(error: { name: string; message: string; reason?: string }) {
    super(error.message);
    this.name = 'JobRefused';
    const input = error.name === 'ScenarioInputError' || error.name === 'RangeError';
    this.reason = error.reason ?? (input ? 'impossible-input' : 'computation');
  }
}

/**
 * Does a job in a thread of its own, which ends with it: what it took in memory goes back.
 * @param control.signal ends the thread at once; the promise then rejects with the signal's reason
 */
export function inThread<Kind extends Job['kind']>(
  job: Extract<Job, { kind: Kind }>,
  { progress = () => {}, signal }: { progress?: (share: number) => void; signal?: AbortSignal } = {},
): Promise<JobAnswers[Kind]> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const worker = new Worker(new URL('./scenario-worker.ts', import.meta.url), {
      workerData: job,
      resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 256 },
    });
    const end = (settle: () => void) => {
      signal?.removeEventListener('abort', stop);
      void worker.terminate();
      settle();
    };
    const stop = () => end(() => reject(signal!.reason));
    signal?.addEventListener('abort', stop);
    worker.on('message', (message: FromThread) => {
      if ('progress' in message) progress(message.progress);
      else if ('answer' in message) end(() => resolve(message.answer as JobAnswers[Kind]));
      else end(() => reject(new JobRefused(message.error)));
    });
    worker.on('error', (error) => end(() => reject(new JobRefused(error))));
    worker.on('exit', (code) => end(() => reject(new JobRefused(new Error(`the thread ended with code ${code}`)))));
  });
}
