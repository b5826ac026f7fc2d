/** The thread of one job: it does it, tells how far it is, answers, and ends. */
import { answerQuestions } from '@vungxanh/ml/threads';
import { doJob } from './do-job.ts';
import type { Job } from './jobs.ts';

answerQuestions<Job>((job, progress) => doJob(job, progress));
