import { randomUUID } from 'node:crypto';
import { headers, type Msg, type Subscription } from '@nats-io/transport-node';
import type { Broker } from './broker.ts';

export interface Message {
  subject: string;
  /** Unique id of the fact: the journal keeps one copy of it within its duplicate window. */
  id: string;
  payload: string;
  /** Refuse unless the newest message on the subject has this sequence; 0: the subject must be empty. */
  expectedSubjectSequence?: number;
}

export type Appended =
  | { ok: true; sequence: number; duplicate: boolean }
  | {
      ok: false;
      /** refused: the journal does not take this message. not-permitted: the broker lets this programme say nothing on this subject. */
      reason: 'wrong-sequence' | 'no-stream' | 'not-acknowledged' | 'refused' | 'not-permitted';
      detail: string;
    };

/**
 * Publishes to JetStream without waiting for one acknowledgement before sending the next, and resolves each message with its own
 * acknowledgement. One inbox subscription serves all publishes: per-message request objects cost three times the time
 * (see the ingest benchmark). At most `window` messages are in flight; the caller waits, so memory is bounded.
 */
export class Appender {
  private readonly prefix: string;
  private readonly pending = new Map<
    string,
    { message: Message; settle: (result: Appended) => void; sentAt: number }
  >();
  private readonly subscription: Subscription;
  private readonly sweep: NodeJS.Timeout;
  private readonly forgetReconnect: () => void;
  private readonly forgetRefused: () => void;
  private readonly broker: Broker;
  private readonly window: number;
  private readonly timeoutMs: number;
  private waiting: (() => void)[] = [];
  private counter = 0;

  constructor(broker: Broker, options: { window?: number; timeoutMs?: number } = {}) {
    this.broker = broker;
    this.prefix = `${broker.inboxPrefix}.${randomUUID().replaceAll('-', '')}`;
    this.window = options.window ?? 8192;
    this.timeoutMs = options.timeoutMs ?? 10_000;
    this.subscription = broker.connection.subscribe(`${this.prefix}.*`, {
      callback: (_error, message) => this.acknowledge(message),
    });
    // What was on its way when the broker went: sent again. The message id makes one of two, so nobody has to know whether the first arrived.
    this.forgetReconnect = broker.onReconnect(() => {
      for (const [reply, { message }] of this.pending) this.publish(message, reply);
    });
    this.forgetRefused = broker.onRefused(({ operation, subject }) => {
      if (operation === 'publish') this.notPermitted(subject);
    });
    this.sweep = setInterval(() => this.expire(Date.now()), 1000);
    this.sweep.unref();
  }

  async append(message: Message): Promise<Appended> {
    const [result] = await this.appendAll([message]);
    return result!;
  }

  /** Results in the order of the messages. Nothing is thrown for a refused message: its result says why. */
  async appendAll(messages: Message[]): Promise<Appended[]> {
    const results = new Array<Appended>(messages.length);
    let open = messages.length;
    if (open === 0) return results;
    let finish!: () => void;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    for (let index = 0; index < messages.length; index++) {
      while (this.pending.size >= this.window) await new Promise<void>((resolve) => this.waiting.push(resolve));
      this.send(messages[index]!, (result) => {
        results[index] = result;
        if (--open === 0) finish();
      });
    }
    await finished;
    return results;
  }

  close(): void {
    clearInterval(this.sweep);
    this.forgetReconnect();
    this.forgetRefused();
    this.subscription.unsubscribe();
  }

  private send(message: Message, settle: (result: Appended) => void): void {
    const reply = `${this.prefix}.${(this.counter++).toString(36)}`;
    this.pending.set(reply, { message, settle, sentAt: Date.now() });
    this.publish(message, reply);
  }

  private publish(message: Message, reply: string): void {
    const header = headers();
    header.set('Nats-Msg-Id', message.id);
    if (message.expectedSubjectSequence !== undefined)
      header.set('Nats-Expected-Last-Subject-Sequence', String(message.expectedSubjectSequence));
    try {
      this.broker.connection.publish(message.subject, message.payload, { reply, headers: header });
    } catch (error) {
      this.settle(reply, { ok: false, reason: 'not-acknowledged', detail: (error as Error).message });
    }
  }

  private settle(reply: string, result: Appended): void {
    const entry = this.pending.get(reply);
    if (!entry) return;
    this.pending.delete(reply);
    entry.settle(result);
    if (this.waiting.length && this.pending.size < this.window / 2) {
      const waiting = this.waiting;
      this.waiting = [];
      for (const resume of waiting) resume();
    }
  }

  private acknowledge(message: Msg): void {
    if (message.headers?.code === 503) {
      this.settle(message.subject, {
        ok: false,
        reason: 'no-stream',
        detail: 'no stream listens to this subject, or the journal is not running',
      });
      return;
    }
    const answer = message.json<{
      seq?: number;
      duplicate?: boolean;
      error?: { err_code?: number; description?: string };
    }>();
    if (answer.error) {
      // 10071: wrong last sequence (JetStream error codes).
      const reason = answer.error.err_code === 10071 ? 'wrong-sequence' : 'refused';
      this.settle(message.subject, { ok: false, reason, detail: answer.error.description ?? 'refused' });
      return;
    }
    this.settle(message.subject, { ok: true, sequence: answer.seq!, duplicate: answer.duplicate === true });
  }

  /** The broker names the subject only, and it refuses every message on it: all that are on their way end. */
  private notPermitted(subject: string): void {
    for (const [reply, entry] of this.pending)
      if (entry.message.subject === subject)
        this.settle(reply, {
          ok: false,
          reason: 'not-permitted',
          detail: `the broker does not let this programme publish to ${subject}`,
        });
  }

  private expire(now: number): void {
    for (const [reply, entry] of this.pending) {
      if (now - entry.sentAt < this.timeoutMs) break;
      this.settle(reply, {
        ok: false,
        reason: 'not-acknowledged',
        detail: `no acknowledgement within ${this.timeoutMs} ms`,
      });
    }
  }
}
