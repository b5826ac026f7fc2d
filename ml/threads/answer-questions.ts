import { parentPort, type Transferable } from 'node:worker_threads';
import type { CopiedError, FromThread, ToThread } from './messages.ts';

/** Answers a question, and may tell how far it is (0 to 1). */
export type AnsweredBy<Question> = (question: Question, progress: (share: number) => void) => unknown;

const buffersOf = new WeakMap<object, readonly Transferable[]>();

/** The same answer, whose buffers will be handed over instead of copied: the thread then has them no longer. */
export function moved<Answer extends object>(answer: Answer, buffers: readonly Transferable[]): Answer {
  buffersOf.set(answer, buffers);
  return answer;
}

/** In the file of a thread: answers what an `AnsweringThread` asks, one question after another. An error thrown by `answer` is the answer's error. */
export function answerQuestions<Question>(answer: AnsweredBy<Question>): void {
  const port = parentPort;
  if (!port) throw new Error('answerQuestions needs a worker thread, and this is the main one');
  const say = (message: FromThread) => port.postMessage(message);
  let turn: Promise<void> = Promise.resolve();
  port.on('message', ({ number, question }: ToThread) => {
    turn = turn.then(async () => {
      try {
        const given = await answer(question as Question, (progress) => say({ number, progress }));
        const buffers = typeof given === 'object' && given !== null ? (buffersOf.get(given) ?? []) : [];
        port.postMessage({ number, answer: given } satisfies FromThread, buffers);
      } catch (error) {
        say({ number, error: copied(error) });
      }
    });
  });
}

function copied(error: unknown): CopiedError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message } = error;
  return 'reason' in error && typeof error.reason === 'string'
    ? { name, message, reason: error.reason }
    : { name, message };
}
