import { type ResourceLimits, Worker } from 'node:worker_threads';
import type { CopiedError, FromThread, ToThread } from './messages.ts';

export interface ThreadSettings {
  /** milliseconds without a question after which the thread ends, so that what it took in memory goes back; 0: at once */
  restMs: number;
  resourceLimits?: ResourceLimits;
}

export interface AskControl {
  /** told how far the answer is, 0 to 1 */
  progress?: ((share: number) => void) | undefined;
  /** ends the thread at once; the question is then rejected with the signal's reason */
  signal?: AbortSignal | undefined;
}

interface Waiting {
  resolve: (answer: unknown) => void;
  reject: (error: unknown) => void;
  progress: ((share: number) => void) | undefined;
}

/**
 * A worker thread that exists while there is work: it starts with the first question, answers one after another, and ends after a rest. A thread that dies or is ended fails
 * all its questions; the next question starts another. The process does not wait for a thread that has nothing to do.
 *
 * `Question` is a union told apart by `kind`; `Answers` has the answer of each kind. Both are copied between threads.
 */
export class AnsweringThread<Question extends { kind: string }, Answers extends Record<Question['kind'], unknown>> {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private readonly file: URL;
  private readonly settings: ThreadSettings;
  private rest: NodeJS.Timeout | undefined;
  private count = 0;

  /** @param file of the thread, which calls `answerQuestions` */
  constructor(file: URL, settings: ThreadSettings) {
    this.file = file;
    this.settings = settings;
  }

  /** @throws what the thread's answer threw, with its name and reason; the signal's reason; or why the thread has ended */
  async ask<Kind extends Question['kind']>(
    question: Extract<Question, { kind: Kind }>,
    { progress, signal }: AskControl = {},
  ): Promise<Answers[Kind]> {
    signal?.throwIfAborted();
    clearTimeout(this.rest);
    const worker = this.running();
    const number = this.count++;
    const stop = () => {
      this.waiting.get(number)?.reject(signal!.reason);
      void this.end(worker, new Error('the thread was stopped'));
    };
    signal?.addEventListener('abort', stop);
    try {
      const answer = await new Promise<unknown>((resolve, reject) => {
        this.waiting.set(number, { resolve, reject, progress });
        worker.ref();
        worker.postMessage({ number, question } satisfies ToThread);
      });
      return answer as Answers[Kind];
    } finally {
      signal?.removeEventListener('abort', stop);
      this.waiting.delete(number);
      this.restIfIdle();
    }
  }

  /** Questions that have not been answered. */
  get waitingCount(): number {
    return this.waiting.size;
  }

  /** Whether a thread runs now. */
  get open(): boolean {
    return this.worker !== undefined;
  }

  /** Ends the thread. Its questions fail. */
  async stop(): Promise<void> {
    clearTimeout(this.rest);
    if (this.worker) await this.end(this.worker, new Error('the thread was stopped'));
  }

  private running(): Worker {
    if (this.worker) return this.worker;
    const worker = new Worker(this.file, { resourceLimits: this.settings.resourceLimits });
    worker.on('message', (message: FromThread) => this.heard(worker, message));
    worker.on('error', (error) => void this.end(worker, error));
    worker.on('exit', (code) => void this.end(worker, new Error(`the thread ended with code ${code}`)));
    this.worker = worker;
    return worker;
  }

  private heard(worker: Worker, message: FromThread): void {
    const waiting = this.waiting.get(message.number);
    if (!waiting || this.worker !== worker) return;
    if ('progress' in message) waiting.progress?.(message.progress);
    else if ('error' in message) waiting.reject(errorOf(message.error));
    else waiting.resolve(message.answer);
  }

  private restIfIdle(): void {
    if (this.waiting.size > 0 || !this.worker) return;
    this.worker.unref();
    clearTimeout(this.rest);
    this.rest = setTimeout(() => void this.stop(), this.settings.restMs);
    this.rest.unref();
  }

  private async end(worker: Worker, reason: Error): Promise<void> {
    if (this.worker !== worker) return;
    this.worker = undefined;
    for (const { reject } of this.waiting.values()) reject(reason);
    this.waiting.clear();
    await worker.terminate();
  }
}

function errorOf({ name, message, reason }: CopiedError): Error {
  const error = new Error(message);
  error.name = name;
  return reason === undefined ? error : Object.assign(error, { reason });
}
