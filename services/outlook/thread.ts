import { AnsweringThread } from '@vungxanh/ml/threads';
import type { Answers, Question } from './questions.ts';

/** A thread in which models are fitted; after a rest it ends, so that what they took in memory goes back. */
export class Thread extends AnsweringThread<Question, Answers> {
  constructor(restMs = 15_000) {
    super(new URL('./worker.ts', import.meta.url), {
      restMs,
      // many small arrays, few that last: a small young generation keeps the process small
      resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256 },
    });
  }
}
