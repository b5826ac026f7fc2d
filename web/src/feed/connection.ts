import type { LiveBatch, LiveHello, LiveJournalNotice, LiveSnapshotNotice } from '@vungxanh/services/contracts/live.ts';
import { gather, type Timers } from './throttle.ts';

export type Phase = 'connecting' | 'open' | 'lost';

/** How the line to the edge is, for people to see. Milliseconds since 1970. */
export interface LineState {
  phase: Phase;
  since: number;
  lastMessageAt: number | null;
  /** How often the line was lost and found again. */
  resumptions: number;
  /** The line is open, and the journal behind it has not answered since; null: it answers. */
  journalSilentSince: number | null;
  /** After the last loss everything had to be loaded again. */
  reloaded: boolean;
}

/** The part of EventSource that is used: tests bring their own. */
export interface EventSourceLike {
  readonly readyState: number;
  addEventListener(type: string, listener: (event: { data?: string; lastEventId?: string }) => void): void;
  close(): void;
}

export interface LineOptions {
  district: string;
  open: (url: string) => EventSourceLike;
  timers: Timers;
  /** Batches, in order, at most ten times a second. */
  onBatches: (batches: LiveBatch[]) => void;
  onState: (state: LineState) => void;
  /** The stream cannot bring us up to date: load everything by REST, and go on after the sequence when one is named. */
  onReload: (throughSequence?: number) => void;
  /** The edge cannot tell which figures changed while we were away: load them by REST. */
  onFiguresMissed: () => void;
}

const batchIntervalMs = 100;
const closed = 2;
const longestWaitMs = 15_000;

/**
 * Listens to the stream of a district. The browser itself comes back after a cut and says where it was (Last-Event-ID); when it gives up
 * (the edge answered with an error), we open anew, say where we were in the address, and load everything again to be sure.
 *
 * @returns a function that ends it
 */
export function listen({
  district,
  open,
  timers,
  onBatches,
  onState,
  onReload,
  onFiguresMissed,
}: LineOptions): () => void {
  let state: LineState = {
    phase: 'connecting',
    since: timers.now(),
    lastMessageAt: null,
    resumptions: 0,
    journalSilentSince: null,
    reloaded: false,
  };
  let source: EventSourceLike | undefined;
  let ended = false;
  let failures = 0;
  let lastEventId = '';

  const tell = (change: Partial<LineState>) => {
    if (ended) return;
    state = { ...state, ...change, since: change.phase && change.phase !== state.phase ? timers.now() : state.since };
    onState(state);
  };
  const take = gather<LiveBatch>(batchIntervalMs, timers, (batches) => {
    if (ended) return;
    onBatches(batches);
    tell({ lastMessageAt: timers.now() });
  });
  const reload = (throughSequence?: number) => {
    tell({ reloaded: true });
    onReload(throughSequence);
  };

  function start(reopened: boolean) {
    if (ended) return;
    const query = new URLSearchParams({ district, ...(lastEventId ? { lastEventId } : {}) });
    source = open(`/api/stream?${query}`);
    source.addEventListener('open', () => {
      failures = 0;
      const lost = state.phase === 'lost';
      tell({
        phase: 'open',
        resumptions: state.resumptions + (lost ? 1 : 0),
        // Who comes while the journal is silent is told so next.
        journalSilentSince: null,
        reloaded: lost ? false : state.reloaded,
      });
      if (reopened) reload();
      reopened = false;
    });
    source.addEventListener('hello', (event) => {
      const hello = JSON.parse(event.data!) as LiveHello;
      if (hello.figuresMissed && hello.district === district && !ended) onFiguresMissed();
    });
    source.addEventListener('batch', (event) => {
      if (event.lastEventId) lastEventId = event.lastEventId;
      take(JSON.parse(event.data!) as LiveBatch);
    });
    source.addEventListener('journal', (event) => {
      const { silentSince, sentAt } = JSON.parse(event.data!) as LiveJournalNotice;
      // Both are the edge's clock, which may differ from ours: their distance does not.
      const silentMs = silentSince && Date.parse(sentAt) - Date.parse(silentSince);
      tell({ journalSilentSince: silentMs === null ? null : timers.now() - Number(silentMs) });
    });
    source.addEventListener('snapshot', (event) => {
      const notice = JSON.parse(event.data!) as LiveSnapshotNotice;
      if (notice.district === district && !ended) reload(notice.throughSequence);
    });
    source.addEventListener('error', () => {
      tell({ phase: 'lost' });
      if (source?.readyState !== closed || ended) return;
      source.close();
      failures += 1;
      timers.later(Math.min(longestWaitMs, 1000 * 2 ** (failures - 1)), () => start(true));
    });
  }

  onState(state);
  start(false);
  return () => {
    ended = true;
    source?.close();
  };
}
