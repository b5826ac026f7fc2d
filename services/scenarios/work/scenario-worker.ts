/** The thread of one job: it does it, tells how far it is, answers, and is ended by who started it. */
import { parentPort, workerData } from 'node:worker_threads';
import { doJob } from './do-job.ts';
import type { FromThread, Job } from './jobs.ts';

const say = (message: FromThread) => parentPort!.postMessage(message);
try {
  say({ answer: await doJob(workerData as Job, (progress) => say({ progress })) });
} catch (error) {
  const { name, message, reason } = error as Error & { reason?: unknown };
  say({ error: { name, message, ...(typeof reason === 'string' ? { reason } : {}) } });
}
