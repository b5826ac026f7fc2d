import type {
  LiveBatch,
  LiveFigure,
  LiveHello,
  LiveItem,
  LiveJournalNotice,
  LiveSnapshotNotice,
} from '#contracts/live.ts';
import { Backlog } from './conflate.ts';
import type { StreamFilter } from './filter.ts';

/** Where a client's bytes go. `bufferedBytes`: written and not yet taken by the network. */
export interface Sink {
  write: (text: string) => void;
  /** The same for bytes that many clients share and that are not copied for each; left out: they are written as text. */
  writeBytes?: (bytes: Buffer) => void;
  /** False once the other side has gone; left out: nobody can tell. */
  isOpen?: () => boolean;
  bufferedBytes: () => number;
  close: () => void;
}

/** Bytes that may wait for a client before its events are folded instead of queued. */
export const bufferLimitBytes = 256 * 1024;

export function encodeBatch(batch: LiveBatch): string {
  return `id: ${batch.throughSequence}\nevent: batch\ndata: ${JSON.stringify(batch)}\n\n`;
}

/** One browser. What it cannot take now is folded by entity and sent when its buffer has drained. */
export class StreamClient {
  readonly filter: StreamFilter;
  /** Sequence up to which everything was sent to the client, or is queued for it. */
  throughSequence: number;
  private readonly sink: Sink;
  private readonly district: string;
  private readonly backlog = new Backlog();

  constructor(district: string, filter: StreamFilter, sink: Sink, throughSequence: number) {
    this.district = district;
    this.filter = filter;
    this.sink = sink;
    this.throughSequence = throughSequence;
  }

  get isBehind(): boolean {
    return this.backlog.size > 0;
  }

  /**
   * The first words. `through`: what a client that comes back has seen; a second cut before it has caught up goes on from there. `figuresMissed`:
   * figures may have been told meanwhile that are not known here.
   */
  hello(sentAt: string, back?: { through: number; figuresMissed: boolean }): void {
    const hello: LiveHello = {
      district: this.district,
      throughSequence: back?.through ?? this.throughSequence,
      sentAt,
      ...(back?.figuresMissed ? { figuresMissed: true } : {}),
    };
    this.sink.write(`retry: 1000\nid: ${hello.throughSequence}\nevent: hello\ndata: ${JSON.stringify(hello)}\n\n`);
  }

  snapshot(notice: LiveSnapshotNotice): void {
    this.throughSequence = notice.throughSequence;
    this.sink.write(`id: ${notice.throughSequence}\nevent: snapshot\ndata: ${JSON.stringify(notice)}\n\n`);
  }

  /** No id: it is no news of the journal's own, and moves nobody's place. */
  journal(notice: LiveJournalNotice): void {
    this.sink.write(`event: journal\ndata: ${JSON.stringify(notice)}\n\n`);
  }

  /** A comment line: keeps proxies from closing, and lets the client see that the line is alive. */
  beat(): void {
    if (this.sink.bufferedBytes() < bufferLimitBytes) this.sink.write(': beat\n\n');
  }

  /**
   * Tells the client of items, all newer than what it has. `encoded` is the same batch as text, shared by all clients of a filter.
   * Returns true when the shared text was used.
   */
  tell(items: LiveItem[], figures: LiveFigure[], throughSequence: number, encoded: () => string): boolean {
    this.throughSequence = throughSequence;
    if (this.backlog.size > 0 || this.sink.bufferedBytes() > bufferLimitBytes) {
      this.backlog.add(items, figures, throughSequence);
      return false;
    }
    this.sink.write(encoded());
    return true;
  }

  get isOpen(): boolean {
    return this.sink.isOpen?.() ?? true;
  }

  get bufferedBytes(): number {
    return this.sink.bufferedBytes();
  }

  /** Sends a batch that was encoded for this client, or for all of its filter (catching up after a reconnection). */
  send(batch: string | Buffer, throughSequence: number): void {
    this.throughSequence = throughSequence;
    if (typeof batch === 'string') this.sink.write(batch);
    else if (this.sink.writeBytes) this.sink.writeBytes(batch);
    else this.sink.write(batch.toString());
  }

  /** Sends what was folded, as soon as there is room. */
  drain(sentAt: string): void {
    if (this.backlog.size === 0 || this.sink.bufferedBytes() > bufferLimitBytes) return;
    this.sink.write(encodeBatch({ district: this.district, sentAt, ...this.backlog.take() }));
  }

  close(): void {
    this.sink.close();
  }
}
