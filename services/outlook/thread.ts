import { Worker } from 'node:worker_threads';
import type { Answers, Question } from './questions.ts';

interface Waiting {
  resolve: (answer: never) => void;
  reject: (error: Error) => void;
}

/**
 * A thread that exists while there is work: it starts with the first question, answers one after another, and ends after a rest, so that what
 * its models took in memory goes back. A thread that dies fails its questions; the next question starts another.
 */
export class Thread {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private readonly restMs: number;
  private idle: NodeJS.Timeout | undefined;
  private count = 0;

  constructor(restMs = 15_000) {
    this.restMs = restMs;
  }

  ask<Kind extends Question['kind']>(question: Extract<Question, { kind: Kind }>): Promise<Answers[Kind]> {
    clearTimeout(this.idle);
    const worker = this.running();
    const number = this.count++;
    return new Promise((resolve, reject) => {
      this.waiting.set(number, { resolve, reject });
      worker.postMessage({ number, question });
    });
  }

  /** Questions that have not been answered. */
  get waitingCount(): number {
    return this.waiting.size;
  }

  async stop(): Promise<void> {
    clearTimeout(this.idle);
    const worker = this.worker;
    this.worker = undefined;
    await worker?.terminate();
  }

  private running(): Worker {
    if (this.worker) return this.worker;
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      // many small arrays, few that last: a small young generation keeps the process small
      resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256 },
    });
    worker.on('message', ({ number, answer, error }: { number: number; answer?: unknown; error?: string }) => {
      const waiting = this.waiting.get(number);
      this.waiting.delete(number);
      if (error === undefined) waiting?.resolve(answer as never);
      else waiting?.reject(new Error(error));
      if (this.waiting.size === 0 && this.worker === worker) this.rest();
    });
    const failed = (error: Error) => {
      if (this.worker === worker) this.worker = undefined;
      for (const { reject } of this.waiting.values()) reject(error);
      this.waiting.clear();
    };
    worker.on('error', failed);
    worker.on('exit', () => failed(new Error('the thread has ended')));
    worker.unref();
    this.worker = worker;
    return worker;
  }

  private rest(): void {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => void this.stop(), this.restMs);
    this.idle.unref();
  }
}
