import { AnsweringThread, type AskControl } from '@vungxanh/ml/threads';
import type { Job, JobAnswers } from './jobs.ts';

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
 * @throws JobRefused when the job cannot be done
 */
export async function inThread<Kind extends Job['kind']>(
  job: Extract<Job, { kind: Kind }>,
  control: AskControl = {},
): Promise<JobAnswers[Kind]> {
  const thread = new AnsweringThread<Job, JobAnswers>(new URL('./scenario-worker.ts', import.meta.url), {
    restMs: 0,
    resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 256 },
  });
  try {
    return await thread.ask(job, control);
  } catch (error) {
    if (control.signal?.aborted) throw control.signal.reason;
    throw new JobRefused(error as Error);
  }
}
