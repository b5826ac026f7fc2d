import type { JsMsg } from '@nats-io/jetstream';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import {
  type Committed,
  committedSubject,
  type LiveFigure,
  type LiveItem,
  type LiveJournalNotice,
} from '#contracts/live.ts';
import { readEvent } from '#contracts/read-event.ts';
import type { Broker } from '#platform/broker.ts';
import { findDistrictStream, streamOf } from '#platform/journal.ts';
import type { Log } from '#platform/log.ts';
import { type Reading, readStream } from '#platform/read-stream.ts';
import { sayDone, type Tracer, tracesOf } from '#platform/tracing.ts';
import { type CatchUp, catchUps } from './catch-up.ts';
import { encodeBatch, type Sink, StreamClient } from './client.ts';
import { filterFigures, filterItems, type StreamFilter } from './filter.ts';
import { toLiveItem } from './items.ts';
import { journalPages } from './journal-pages.ts';
import { restMs } from './pace.ts';

export interface HubOptions {
  broker: Broker;
  log: Log;
  now: () => Date;
  /** Opens what stands sealed in the journal; left out: positions that are sealed are not told. */
  open?: (journalled: unknown) => unknown;
  /** Says what was told of a trace; left out: nothing is traced. */
  tracer?: Tracer | undefined;
  /** Most time between two batches to a client, while more is told than can be sent at once. */
  batchMs?: number;
  /** A client that missed more than this is told to load again. */
  replayLimit?: number;
}

const heartbeatMs = 15_000;

/** The newest figure of an area and formula, and the id of the batch that told its value; Infinity while it waits for one. */
interface KnownFigure {
  figure: LiveFigure;
  sentThrough: number;
}

/**
 * One district on the air. Follows its journal while anybody listens, and passes on the figures that owners announce after their commits.
 * The journal itself is the memory: a client that comes back is brought up to date from it, so nothing is kept here and nothing is lost.
 */
export class DistrictHub {
  private readonly district: string;
  private readonly options: HubOptions;
  private readonly clients = new Set<StreamClient>();
  private readonly behind: CatchUp;
  private readonly figures = new Map<string, KnownFigure>();
  private pendingItems: LiveItem[] = [];
  /** When the first of them came, milliseconds since 1970. */
  private pendingSince = 0;
  private pendingFigures = new Map<string, LiveFigure>();
  private throughSequence = 0;
  /** Where the journal stood when this hub began to listen: figures that were told before are not known here. */
  private listeningSince = 0;
  private flushTimer: NodeJS.Timeout | undefined;
  private lastFlush = 0;
  /** What the last batch cost the programme, until it was free again. */
  private flushCostMs = 0;
  private messages: Reading | undefined;
  private following: Promise<void> | undefined;
  private subscription: { unsubscribe: () => void } | undefined;
  private heartbeat: NodeJS.Timeout | undefined;
  private stopped = false;
  private forgetReconnect: (() => void) | undefined;
  private journalSilentSince: Date | undefined;

  constructor(district: string, options: HubOptions) {
    this.district = district;
    this.options = options;
    const { broker, log, now } = options;
    this.behind = catchUps({
      district,
      pages: journalPages(broker, district, (message) => this.itemOf(message)),
      log,
      now,
      heardThrough: () => this.throughSequence,
      figuresTold: (from, before) => this.figuresTold(from, before),
      caughtUp: (client) => {
        // What is pending has just been read from the journal: it goes to the others, now.
        this.flush();
        this.clients.add(client);
      },
    });
  }

  get clientCount(): number {
    return this.clients.size + this.behind.size();
  }

  /** Adds a client; returns how to remove it. `lastEventId`: what it has seen; undefined: it has just loaded everything by REST. */
  async join(filter: StreamFilter, sink: Sink, lastEventId: number | undefined): Promise<() => void> {
    await this.start();
    const sentAt = this.options.now().toISOString();
    // What is in flight belongs to those who were here before.
    this.flush();
    const through = this.throughSequence;
    const client = new StreamClient(this.district, filter, sink, through);
    if (lastEventId === undefined) {
      this.clients.add(client);
      client.hello(sentAt);
    } else if (lastEventId > through) {
      this.clients.add(client);
      client.snapshot({ district: this.district, throughSequence: through, reason: 'journal-restarted' });
    } else if (through - lastEventId > (this.options.replayLimit ?? 50_000)) {
      this.clients.add(client);
      client.snapshot({ district: this.district, throughSequence: through, reason: 'too-old' });
    } else {
      client.hello(sentAt, { through: lastEventId, figuresMissed: lastEventId <= this.listeningSince });
      await this.behind.bring(client, lastEventId);
    }
    if (this.journalSilentSince) client.journal(this.journalNotice());
    return () => {
      this.behind.leave(client);
      this.clients.delete(client);
    };
  }

  /** Figures that were told in batches with these ids, from the first to before the last; those that are about to be told go with infinity. */
  private figuresTold(from: number, before: number): LiveFigure[] {
    const all = before === Number.POSITIVE_INFINITY;
    return [...this.figures.values()].flatMap(({ figure, sentThrough }) =>
      // A figure holds rows that were told as items before it, so its own sequence says nothing, and the batch with an id may have been followed by
      // another one with the same id.
      sentThrough >= from && (all || sentThrough < before) ? figure : [],
    );
  }

  /** The broker has fallen silent, or answers again. */
  journal(silentSince: Date | undefined): void {
    this.journalSilentSince = silentSince;
    for (const client of this.clients) client.journal(this.journalNotice());
  }

  private journalNotice(): LiveJournalNotice {
    return {
      silentSince: this.journalSilentSince?.toISOString() ?? null,
      sentAt: this.options.now().toISOString(),
    };
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.forgetReconnect?.();
    clearTimeout(this.flushTimer);
    clearInterval(this.heartbeat);
    this.subscription?.unsubscribe();
    this.messages?.stop();
    this.behind.stop();
    for (const client of this.clients) client.close();
    await this.following;
  }

  private starting: Promise<void> | undefined;
  private start(): Promise<void> {
    this.starting ??= this.open().catch((error) => {
      this.starting = undefined;
      throw error;
    });
    return this.starting;
  }

  private async open(): Promise<void> {
    const { broker } = this.options;
    const stream = await findDistrictStream(broker, this.district);
    this.throughSequence = stream?.lastSequence ?? 0;
    this.listeningSince = this.throughSequence;
    this.subscription = broker.connection.subscribe(committedSubject(this.district, '*'), {
      callback: (_error, message) => this.committed(message.json<Committed>()),
    });
    this.forgetReconnect = broker.onReconnect(() => this.messages?.stop());
    this.following = this.follow();
    this.heartbeat = setInterval(() => {
      for (const client of this.clients) client.beat();
    }, heartbeatMs);
    this.heartbeat.unref();
  }

  private async follow(): Promise<void> {
    let backOffMs = 200;
    while (!this.stopped) {
      try {
        this.messages = await readStream(this.options.broker, {
          stream: streamOf(this.district),
          after: this.throughSequence,
          ahead: 5000,
        });
        if (this.stopped) this.messages.stop();
        for await (const message of this.messages) {
          this.take(message);
          backOffMs = 200;
        }
      } catch (error) {
        if (this.stopped) return;
        this.options.log.warn(
          { reason: (error as Error).message, district: this.district },
          'journal not followed, trying again',
        );
      }
      if (!this.stopped) await new Promise((done) => setTimeout(done, backOffMs));
      backOffMs = Math.min(backOffMs * 2, 5000);
    }
  }

  private take(message: JsMsg): void {
    const item = this.itemOf(message);
    this.throughSequence = message.seq;
    if (item && this.pendingItems.push(item) === 1) this.pendingSince = this.options.now().getTime();
    this.schedule();
  }

  /** What is no event, or is of a version that this programme does not know, is passed over: the stream goes on without it. */
  private itemOf(message: JsMsg): LiveItem | undefined {
    const sequence = message.seq;
    try {
      const { open = (journalled) => journalled } = this.options;
      return toLiveItem(readEvent<CloudEvent>(open(message.json()), message.subject), sequence);
    } catch (error) {
      this.options.log.warn({ reason: (error as Error).message, district: this.district, sequence }, 'event not read');
      return undefined;
    }
  }

  private committed(message: Committed): void {
    for (const told of message.figures ?? []) {
      const figure = message.figuresAsOf ? { ...told, asOf: message.figuresAsOf } : told;
      const key = `${figure.areaId} ${figure.formula}`;
      const before = this.figures.get(key);
      // A figure that did not change is no news.
      const isNews =
        before?.figure.value !== figure.value ||
        before?.figure.denominator !== figure.denominator ||
        before?.figure.note?.en !== figure.note?.en ||
        before?.figure.dataThroughDate !== figure.dataThroughDate;
      this.figures.set(key, { figure, sentThrough: isNews ? Number.POSITIVE_INFINITY : before!.sentThrough });
      if (isNews) this.pendingFigures.set(key, figure);
    }
    this.schedule();
  }

  private schedule(): void {
    if (this.flushTimer) return;
    const rest = restMs(this.flushCostMs, this.options.batchMs ?? 100);
    const wait = Math.max(0, this.lastFlush + rest - performance.now());
    this.flushTimer = setTimeout(() => this.flush(), wait);
  }

  private flush(): void {
    clearTimeout(this.flushTimer);
    this.flushTimer = undefined;
    const sentAt = this.options.now().toISOString();
    const items = this.pendingItems;
    const figures = [...this.pendingFigures.values()];
    for (const key of this.pendingFigures.keys()) this.figures.get(key)!.sentThrough = this.throughSequence;
    this.pendingItems = [];
    this.pendingFigures = new Map();
    const begin = performance.now();
    this.lastFlush = begin;
    // The sockets are written after this function: what comes to its turn behind them is when the batch is out.
    setImmediate(() => {
      this.flushCostMs = performance.now() - begin;
    });
    if (items.length + figures.length > 0) this.tellAll(items, figures, sentAt);
    const { tracer } = this.options;
    if (tracer)
      sayDone(tracer, 'told to browsers', tracesOf(items), {
        kind: 'consumer',
        startedAt: this.pendingSince,
        attributes: { 'vx.district': this.district, 'vx.clients': this.clients.size },
      });
    let behind = false;
    for (const client of this.clients) {
      client.drain(sentAt);
      behind ||= client.isBehind;
    }
    if (behind) this.schedule();
  }

  private tellAll(items: LiveItem[], figures: LiveFigure[], sentAt: string): void {
    const throughSequence = this.throughSequence;
    const encodings = new Map<string, { items: LiveItem[]; figures: LiveFigure[]; text?: string }>();
    for (const client of this.clients) {
      let shared = encodings.get(client.filter.key);
      if (!shared) {
        shared = { items: filterItems(client.filter, items), figures: filterFigures(client.filter, figures) };
        encodings.set(client.filter.key, shared);
      }
      if (shared.items.length + shared.figures.length === 0) continue;
      const batch = shared;
      client.tell(batch.items, batch.figures, throughSequence, () => {
        batch.text ??= encodeBatch({
          district: this.district,
          throughSequence,
          sentAt,
          items: batch.items,
          figures: batch.figures,
        });
        return batch.text;
      });
    }
  }
}
