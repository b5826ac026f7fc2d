import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { errors, type Msg, type Subscription } from '@nats-io/transport-node';
import { type Call, laneOf, takeBatch, type Waiting } from './append-batch.ts';
import {
  type Answer,
  errorCodes,
  headerCarrier,
  isClosed,
  isNoSpace,
  isWrongSequence,
  journalHeader,
  questionHeader,
  readAnswer,
  unsendable,
} from './append-wire.ts';
import type { Broker } from './broker.ts';
import { batchesSince, isAtLeast } from './broker-version.ts';
import { type DiskSpace, noSpace } from './disk-space.ts';
import type { Metrics } from './metrics.ts';
import { sayDone, type Tracer, tracesOf } from './tracing.ts';

export interface Message {
  subject: string;
  /** Unique id of the fact: the journal keeps one copy of it within its duplicate window. */
  id: string;
  payload: string;
  /** W3C trace context of what it came from; left out: it is not traced. */
  traceparent?: string;
  /** Refuse unless the newest message on the subject has this sequence; 0: the subject must be empty. */
  expectedSubjectSequence?: number;
}

export type Appended =
  | { ok: true; sequence: number; duplicate: boolean }
  | {
      ok: false;
      /** refused: the journal does not take this message. not-permitted: the broker lets this programme say nothing on this subject. no-space: the disk is full, or nearly. */
      reason: 'wrong-sequence' | 'no-stream' | 'not-acknowledged' | 'refused' | 'not-permitted' | 'no-space';
      detail: string;
    };

export interface AppenderOptions {
  window?: number;
  timeoutMs?: number;
  /** Of the journal's disk; left out, or undefined: nobody knows, and all is sent. */
  space?: (() => DiskSpace | undefined) | undefined;
  /** Seals what may not stand in the journal as it is; left out: all is sent as it is. What it throws on is not sent. */
  seal?: ((messages: readonly Message[]) => Message[]) | undefined;
  /** Where acknowledgements are counted; left out: nowhere. */
  metrics?: Pick<Metrics, 'publishSeconds' | 'published'> | undefined;
  /** Says what was journalled of a trace; left out: nothing is traced. */
  tracer?: Tracer | undefined;
}

/** Messages of one district that are sent in turn: one batch on its way, the rest behind it. */
interface Lane {
  queue: Waiting[];
}

/** A question to the journal for some messages; `resolve(undefined)`: nobody will answer, ask again. */
interface Question {
  waiting: Waiting[];
  /** When it was sent, in milliseconds since 1970. */
  sentAt: number;
  resolve: (answer: Answer | undefined) => void;
}

/** The server's own limit of messages; the memory that it keeps a batch in until it is committed. */
const batchLimits = { messages: 1000, characters: 8 * 1024 * 1024 };
/** A stream that takes no batches is asked again after this time: the start of a newer version opens it for them. */
const batchesDisabledMs = 30_000;
/**
 * What nobody has acknowledged is sent again after this time: the node that had it may be dead, and this connection go to another. The id of a message makes one of
 * two. Milliseconds; above what a disk takes to sync on a bad day, or a slow one would be sent everything twice.
 */
const sendAgainMs = 3000;
/** Between two questions to a journal that nobody leads for the moment, milliseconds. */
const electionMs = 250;
/** Refusals of a whole batch before its messages are published one by one. */
const batchAttempts = 3;

/**
 * Publishes to JetStream and resolves each message with its own result. At most `window` messages are on their way or wait; the caller waits, so
 * memory is bounded. One inbox subscription serves all publishes.
 *
 * - A broker that takes atomic batches syncs each to disk once, before it acknowledges. So what comes while a batch of the district is on its way is the next
 *   batch; a message that comes alone goes alone and at once. Each message has the result that it would have had by itself (`takeBatch`, `sift`).
 * - An older broker is sent each message without waiting for the acknowledgement of the one before.
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-50.md
 */
export class Appender {
  private readonly prefix: string;
  /** Begins the id of each batch, and is the id of no message. */
  private readonly ownId = randomUUID().replaceAll('-', '').slice(0, 16);
  /** Published by themselves, by reply subject. */
  private readonly single = new Map<string, Waiting>();
  /** When each of those was sent last, in milliseconds since 1970. */
  private readonly singleSentAt = new WeakMap<Waiting, number>();
  private readonly questions = new Map<string, Question>();
  private readonly lanes = new Map<string, Lane>();
  /** Until when a lane's stream is not asked to take a batch, in milliseconds since 1970. */
  private readonly disabledUntil = new Map<string, number>();
  private readonly subscription: Subscription;
  private readonly sweep: NodeJS.Timeout;
  private readonly forgetReconnect: () => void;
  private readonly forgetRefused: () => void;
  private readonly broker: Broker;
  private readonly window: number;
  private readonly timeoutMs: number;
  private readonly space: () => DiskSpace | undefined;
  private readonly seal: AppenderOptions['seal'];
  private readonly metrics: AppenderOptions['metrics'];
  private readonly tracer: Tracer | undefined;
  private readonly header = headerCarrier();
  private brokerVersion = '';
  private brokerTakesBatches = false;
  private callers: (() => void)[] = [];
  private open = 0;
  private counter = 0;

  constructor(broker: Broker, options: AppenderOptions = {}) {
    this.broker = broker;
    this.space = options.space ?? (() => undefined);
    this.seal = options.seal;
    this.metrics = options.metrics;
    this.tracer = options.tracer;
    this.prefix = `${broker.inboxPrefix}.${randomUUID().replaceAll('-', '')}`;
    this.window = options.window ?? 8192;
    this.timeoutMs = options.timeoutMs ?? 10_000;
    this.subscription = broker.connection.subscribe(`${this.prefix}.*`, {
      callback: (_error, message) => this.acknowledge(message),
    });
    // What was on its way when the broker went: sent again. The message id makes one of two, so nobody has to know whether the first arrived.
    this.forgetReconnect = broker.onReconnect(() => {
      for (const [reply, waiting] of this.single) this.publishSingle(waiting, reply);
      for (const reply of this.questions.keys()) this.answer(reply, undefined);
    });
    this.forgetRefused = broker.onRefused(({ operation, subject }) => {
      if (operation === 'publish') this.notPermitted(subject);
    });
    this.sweep = setInterval(() => this.expire(Date.now()), 1000);
    this.sweep.unref();
  }

  /** Why nothing is taken in now for want of room; undefined: there is room. What else is kept on the journal's disk asks as well. */
  full(): { ok: false; reason: 'no-space'; detail: string } | undefined {
    const full = noSpace(this.space());
    return full && { ok: false, ...full };
  }

  async append(message: Message): Promise<Appended> {
    const [result] = await this.appendAll([message]);
    return result!;
  }

  /** Results in the order of the messages. Nothing is thrown for a refused message: its result says why. */
  async appendAll(plain: Message[]): Promise<Appended[]> {
    if (plain.length === 0) return [];
    const { metrics, tracer } = this;
    const startedAt = tracer ? Date.now() : 0;
    const end = metrics?.publishSeconds.startTimer();
    const results = await this.sendAll(plain);
    end?.();
    if (tracer) sayDone(tracer, 'journal', tracesOf(plain), { kind: 'producer', startedAt });
    if (!metrics) return results;
    for (const [result, count] of countsOf(results)) metrics.published.inc({ result }, count);
    return results;
  }

  private async sendAll(plain: Message[]): Promise<Appended[]> {
    const full = this.full();
    if (full) return plain.map(() => full);
    let messages = plain;
    try {
      messages = this.seal?.(plain) ?? plain;
    } catch (error) {
      return plain.map(() => ({ ok: false, reason: 'not-acknowledged', detail: (error as Error).message }));
    }
    let finish!: () => void;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const call: Call = { results: new Array<Appended>(messages.length), open: messages.length, finish };
    for (let index = 0; index < messages.length; index++) {
      while (this.open >= this.window) await new Promise<void>((resolve) => this.callers.push(resolve));
      this.open++;
      this.take({ message: messages[index]!, call, index, since: Date.now(), settled: false });
    }
    await finished;
    return call.results;
  }

  close(): void {
    clearInterval(this.sweep);
    this.forgetReconnect();
    this.forgetRefused();
    this.subscription.unsubscribe();
  }

  private take(waiting: Waiting): void {
    const { message } = waiting;
    const wrong = unsendable(message, this.broker.connection.info?.max_payload ?? Number.POSITIVE_INFINITY);
    const name = laneOf(message.subject);
    const there = name === undefined ? undefined : this.lanes.get(name);
    if (wrong) this.settle(waiting, { ok: false, reason: 'refused', detail: wrong });
    else if (there) there.queue.push(waiting);
    else if (name === undefined || !this.takesBatches(name)) this.publishSingle(waiting);
    else {
      const lane: Lane = { queue: [waiting] };
      this.lanes.set(name, lane);
      // After the caller's loop over its messages: they go together.
      queueMicrotask(() => void this.drive(name, lane));
    }
  }

  private takesBatches(lane: string): boolean {
    const version = this.broker.connection.info?.version ?? '';
    if (version !== this.brokerVersion) {
      this.brokerVersion = version;
      this.brokerTakesBatches = version !== '' && isAtLeast(version, batchesSince);
    }
    return this.brokerTakesBatches && (this.disabledUntil.get(lane) ?? 0) <= Date.now();
  }

  /** Sends what waits in a lane, batch after batch, until nothing waits. */
  private async drive(name: string, lane: Lane): Promise<void> {
    while (lane.queue.length > 0) {
      const batch = takeBatch(lane.queue, batchLimits);
      await this.commit(name, batch);
      // From the last to the first, so that what goes back to the front of the queue stands in its order.
      for (const { twins, call, index } of batch.toReversed()) {
        if (!twins) continue;
        const result = call.results[index]!;
        if (result.ok) for (const twin of twins) this.settle(twin, { ...result, duplicate: true });
        else lane.queue.unshift(...twins);
      }
    }
    this.lanes.delete(name);
  }

  /** Returns when every message of the batch has its result. */
  private async commit(lane: string, batch: Waiting[]): Promise<void> {
    for (let refusals = 0; ; ) {
      const rest = batch.filter(({ settled }) => !settled);
      if (rest.length === 0) return;
      if (rest.length === 1 || refusals === batchAttempts || !this.takesBatches(lane)) return this.oneByOne(rest);
      const answer = await this.publishBatch(rest);
      if (!answer) continue;
      if (answer.noStream) {
        if (this.mayBeElecting()) {
          await sleep(electionMs);
          this.endLate(rest);
        } else for (const waiting of rest) this.settle(waiting, noStream);
      } else if (!answer.error)
        for (let place = 0; place < rest.length; place++)
          this.settle(rest[place]!, {
            ok: true,
            sequence: answer.sequence - rest.length + 1 + place,
            duplicate: false,
          });
      else {
        refusals++;
        const { code } = answer.error;
        if (code === errorCodes.batchesDisabled) this.disabledUntil.set(lane, Date.now() + batchesDisabledMs);
        if (code === errorCodes.duplicateInBatch || isWrongSequence(code))
          await (this.mayAsk() ? this.sift(rest) : this.oneByOne(rest));
      }
    }
  }

  /**
   * On a cluster the question of `sift` reaches the log of all nodes before the last message is compared, and each node then takes the refusal for a write that failed: the
   * journal stops on all of them, and nobody leads it any more (nats-server 2.15.1, "critical write error: last msgid mismatch", seen 2026-11-30 with three nodes). There a
   * refused batch goes one by one.
   */
  private mayAsk(): boolean {
    return this.broker.connection.info?.cluster === undefined;
  }

  /** Gives those messages of a refused batch their results that the journal would refuse or has: the others can go again without them. */
  private async sift(batch: Waiting[]): Promise<void> {
    await Promise.all(
      batch.map(async (waiting) => {
        const sequenceAsked = waiting.message.expectedSubjectSequence !== undefined;
        const [byId, bySequence] = await Promise.all([
          this.question(waiting, false),
          sequenceAsked ? this.question(waiting, true) : undefined,
        ]);
        if (byId?.duplicate) this.settle(waiting, { ok: true, sequence: byId.sequence, duplicate: true });
        else if (byId && bySequence?.error && isWrongSequence(bySequence.error.code))
          this.settle(waiting, { ok: false, reason: 'wrong-sequence', detail: bySequence.error.description });
      }),
    );
  }

  private async oneByOne(batch: Waiting[]): Promise<void> {
    await Promise.all(
      batch.map(
        (waiting) =>
          new Promise<void>((resolve) => {
            waiting.whenSettled = resolve;
            this.publishSingle(waiting);
          }),
      ),
    );
  }

  private publishSingle(waiting: Waiting, reply = this.nextReply()): void {
    this.single.set(reply, waiting);
    this.singleSentAt.set(waiting, Date.now());
    if (!this.publish(waiting, journalHeader(waiting.message), reply)) this.single.delete(reply);
  }

  private publishBatch(batch: Waiting[]): Promise<Answer | undefined> {
    return this.ask(batch, (reply) => {
      const id = `${this.ownId}${(this.counter++).toString(36)}`;
      for (let place = 0; place < batch.length; place++) {
        const waiting = batch[place]!;
        const commit = place === batch.length - 1;
        const header = journalHeader(waiting.message, { batch: id, number: place + 1, commit });
        if (!this.publish(waiting, header, commit ? reply : '')) return false;
      }
      return true;
    });
  }

  /** Would the journal take the message? See `questionHeader`. */
  private question(waiting: Waiting, withSequence: boolean): Promise<Answer | undefined> {
    const header = questionHeader(waiting.message, this.ownId, withSequence);
    return this.ask([waiting], (reply) => this.publish(waiting, header, reply, ''));
  }

  private ask(waiting: Waiting[], send: (reply: string) => boolean): Promise<Answer | undefined> {
    return new Promise((resolve) => {
      const reply = this.nextReply();
      this.questions.set(reply, { waiting, sentAt: Date.now(), resolve });
      if (!send(reply)) this.answer(reply, undefined);
    });
  }

  private answer(reply: string, answer: Answer | undefined): void {
    const question = this.questions.get(reply);
    if (!question) return;
    this.questions.delete(reply);
    question.resolve(answer);
  }

  private nextReply(): string {
    return `${this.prefix}.${(this.counter++).toString(36)}`;
  }

  /** False when the client did not take it: the message has its result then. */
  private publish(waiting: Waiting, header: string, reply: string, payload = waiting.message.payload): boolean {
    this.header.text = header;
    try {
      this.broker.connection.publish(waiting.message.subject, payload, { reply, headers: this.header });
      return true;
    } catch (error) {
      // Such as a payload above the broker's limit: sending it again would not help.
      const reason = error instanceof errors.InvalidArgumentError ? 'refused' : 'not-acknowledged';
      this.settle(waiting, { ok: false, reason, detail: (error as Error).message });
      return false;
    }
  }

  private settle(waiting: Waiting, result: Appended): void {
    if (waiting.settled) return;
    waiting.settled = true;
    const { call, index, whenSettled } = waiting;
    call.results[index] = result;
    if (--call.open === 0) call.finish();
    whenSettled?.();
    this.open--;
    if (this.callers.length && this.open < this.window / 2) {
      const { callers } = this;
      this.callers = [];
      for (const resume of callers) resume();
    }
  }

  private acknowledge(message: Msg): void {
    const reply = message.subject;
    if (this.questions.has(reply)) this.answer(reply, readAnswer(message));
    const waiting = this.single.get(reply);
    if (!waiting) return;
    this.single.delete(reply);
    const { noStream: nobody, error, sequence, duplicate } = readAnswer(message);
    if (nobody && this.mayBeElecting()) {
      this.single.set(reply, waiting);
      this.singleSentAt.set(waiting, Date.now());
      setTimeout(() => {
        if (this.single.has(reply)) this.publishSingle(waiting, reply);
      }, electionMs).unref();
    } else if (nobody) this.settle(waiting, noStream);
    else if (!error) this.settle(waiting, { ok: true, sequence, duplicate });
    // On a cluster the id is looked at first: what is there is answered as a duplicate.
    else if (isWrongSequence(error.code) && !this.mayAsk())
      this.settle(waiting, { ok: false, reason: 'wrong-sequence', detail: error.description });
    else if (isWrongSequence(error.code)) void this.wrongUnlessThere(waiting, error.description);
    else if (isNoSpace(error)) this.settle(waiting, { ok: false, reason: 'no-space', detail: error.description });
    else if (isClosed(error)) this.settle(waiting, { ok: false, reason: 'not-acknowledged', detail: closedJournal });
    else this.settle(waiting, { ok: false, reason: 'refused', detail: error.description });
  }

  /** A message that was sent a second time meets its own first copy as the newest of its subject: it is a duplicate, and not too late. */
  private async wrongUnlessThere(waiting: Waiting, detail: string): Promise<void> {
    while (!waiting.settled) {
      const there = await this.question(waiting, false);
      if (there)
        this.settle(
          waiting,
          there.duplicate
            ? { ok: true, sequence: there.sequence, duplicate: true }
            : { ok: false, reason: 'wrong-sequence', detail },
        );
    }
  }

  /** The broker names the subject only, and it refuses every message on it: all that are on their way end, and the rest of their batch goes again. */
  private notPermitted(subject: string): void {
    const end = (waiting: Waiting) =>
      this.settle(waiting, {
        ok: false,
        reason: 'not-permitted',
        detail: `the broker does not let this programme publish to ${subject}`,
      });
    for (const [reply, waiting] of this.single) {
      if (waiting.message.subject !== subject) continue;
      this.single.delete(reply);
      end(waiting);
    }
    for (const [reply, { waiting }] of this.questions) {
      const refused = waiting.filter(({ message }) => message.subject === subject);
      for (const one of refused) end(one);
      if (refused.length) this.answer(reply, undefined);
    }
  }

  /** On a cluster nobody listens while the copies of a journal choose who leads: that takes seconds, and is no reason to refuse. On one machine there is no such journal. */
  private mayBeElecting(): boolean {
    return this.broker.connection.info?.cluster !== undefined;
  }

  /** Ends what has waited too long. */
  private endLate(waiting: readonly Waiting[], now = Date.now()): void {
    for (const one of waiting)
      if (now - one.since >= this.timeoutMs)
        this.settle(one, {
          ok: false,
          reason: 'not-acknowledged',
          detail: `no acknowledgement within ${this.timeoutMs} ms`,
        });
  }

  private expire(now: number): void {
    const late = (waiting: Waiting) => {
      this.endLate([waiting], now);
      return waiting.settled;
    };
    for (const [reply, waiting] of this.single) {
      if (late(waiting)) this.single.delete(reply);
      else if (now - this.singleSentAt.get(waiting)! >= sendAgainMs) this.publishSingle(waiting, reply);
    }
    for (const [reply, { waiting, sentAt }] of this.questions) {
      // Each is looked at: one that is not late keeps the question open, until it is asked anew.
      const open = waiting.filter((one) => !late(one));
      if (open.length === 0 || now - sentAt >= sendAgainMs) this.answer(reply, undefined);
    }
    for (const { queue } of this.lanes.values()) for (const waiting of queue) late(waiting);
  }
}

function countsOf(results: readonly Appended[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const result of results) {
    const name = result.ok ? (result.duplicate ? 'duplicate' : 'stored') : result.reason;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

const closedJournal = 'the journal is closed: its district is being moved to other servers';

const noStream: Appended = {
  ok: false,
  reason: 'no-stream',
  detail: 'no stream listens to this subject, or the journal is not running',
};
