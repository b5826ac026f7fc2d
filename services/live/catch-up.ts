import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { LiveFigure, LiveItem } from '#contracts/live.ts';
import type { Log } from '#platform/log.ts';
import { encodeBatch, type StreamClient } from './client.ts';
import { Backlog } from './conflate.ts';
import { filterFigures, filterItems } from './filter.ts';
import { type JournalPages, pageEnd } from './journal-pages.ts';

/** Bytes that may wait for a client before its next page: with one page more the most that is held for it. */
const roomBytes = 64 * 1024;
/** Encoded pages that are kept: clients of one filter share them, also those that come to a page a moment later. */
const encodedBytes = 16 * 1024 * 1024;
/** A batch says when it was sent. */
const encodedForMs = 1000;
/** While nobody has room it is looked for so often, milliseconds. */
const shortestRestMs = 5;
const longestRestMs = 160;
/** Clients that are written to before whoever else waits for this programme has its turn. */
const clientsATurn = 50;

export interface CatchUpOptions {
  district: string;
  pages: JournalPages;
  log: Log;
  now: () => Date;
  /** Last sequence that the hub has heard. */
  heardThrough: () => number;
  /** Figures whose newest value was told in a batch with an id from the first to before the second. */
  figuresTold: (from: number, before: number) => LiveFigure[];
  /** The client has every item up to `heardThrough`: it hears with the others from now on. */
  caughtUp: (client: StreamClient) => void;
}

/** Brings clients that are behind up to date. */
export interface CatchUp {
  /** How many are behind now. */
  size: () => number;
  /** Resolves when the client was brought up to date, has gone, or everything is stopped. */
  bring: (client: StreamClient, seen: number) => Promise<void>;
  leave: (client: StreamClient) => void;
  stop: () => void;
}

interface Behind {
  /** Last sequence that was sent to the client. */
  seen: number;
  done: () => void;
}

/**
 * One reading of the journal for all who are behind: in turn each client that has room for more gets its next page, and with it all others that stand on the same
 * page. Memory is bounded by the pages that are kept and by what waits for each client, not by how many clients there are times how far they are behind.
 */
export function catchUps(options: CatchUpOptions): CatchUp {
  const { district, pages, log, now, heardThrough, figuresTold, caughtUp } = options;
  // In the order in which they were served: whoever was served longest ago comes first.
  const behind = new Map<StreamClient, Behind>();
  const encoded = new LRUCache<string, Buffer>({
    maxSize: encodedBytes,
    maxEntrySize: encodedBytes,
    sizeCalculation: (bytes) => bytes.length + 1,
    ttl: encodedForMs,
  });
  let stopped = false;
  let running = false;
  let restMs = shortestRestMs;

  const leave = (client: StreamClient) => {
    behind.get(client)?.done();
    behind.delete(client);
  };

  /** Items of a page for whoever has seen up to a sequence, by entity as for all who cannot take them one by one; empty: none for this filter. */
  const bytesFor = ({ filter }: StreamClient, seen: number, items: readonly LiveItem[], through: number): Buffer => {
    const key = `${seen} ${through} ${filter.key}`;
    const before = encoded.get(key);
    if (before) return before;
    const fresh = filterItems(
      filter,
      items.filter(({ sequence }) => sequence > seen),
    );
    const backlog = new Backlog();
    backlog.add(fresh, [], through);
    const bytes =
      fresh.length === 0
        ? Buffer.alloc(0)
        : Buffer.from(encodeBatch({ district, sentAt: now().toISOString(), ...backlog.take() }));
    encoded.set(key, bytes);
    return bytes;
  };

  const tellFigures = (client: StreamClient, from: number, before: number) => {
    const figures = filterFigures(client.filter, figuresTold(from, before));
    if (figures.length === 0) return;
    // The id stays where it was: what was told since by items is not told yet.
    client.send(
      encodeBatch({ district, throughSequence: from, sentAt: now().toISOString(), items: [], figures }),
      from,
    );
  };

  /** In one turn, so that nothing is heard between the last page and the first batch with the others. */
  const finishIfThere = (client: StreamClient, { seen }: Behind) => {
    if (seen < heardThrough()) return;
    tellFigures(client, seen, Number.POSITIVE_INFINITY);
    client.throughSequence = seen;
    caughtUp(client);
    leave(client);
  };

  const serve = (client: StreamClient, one: Behind, page: { items: readonly LiveItem[]; through: number }) => {
    const { seen } = one;
    // A second cut after this page must not skip a figure that was told with an id before its end.
    tellFigures(client, seen, page.through);
    const bytes = bytesFor(client, seen, page.items, page.through);
    if (bytes.length > 0) client.send(bytes, page.through);
    one.seen = page.through;
    behind.delete(client);
    behind.set(client, one);
    finishIfThere(client, one);
  };

  const step = async (): Promise<void> => {
    for (const [client, one] of [...behind])
      if (!client.isOpen) leave(client);
      else finishIfThere(client, one);
    const ready = [...behind].filter(([client]) => client.bufferedBytes <= roomBytes);
    const first = ready[0]?.[1];
    if (!first) {
      restMs = Math.min(restMs * 2, longestRestMs);
      if (behind.size > 0) await sleep(restMs);
      return;
    }
    restMs = shortestRestMs;
    const end = pageEnd(first.seen + 1);
    const page = await pages.page(first.seen + 1, heardThrough());
    let served = 0;
    for (const [client, one] of ready) {
      if (stopped) return;
      // While others had their turn it may have gone.
      if (behind.get(client) !== one || pageEnd(one.seen + 1) !== end || one.seen >= page.through) continue;
      serve(client, one, page);
      served++;
      if (served % clientsATurn === 0) await turn();
    }
    await turn();
  };

  const run = async (): Promise<void> => {
    let backOffMs = 100;
    while (!stopped && behind.size > 0) {
      try {
        await step();
        backOffMs = 100;
      } catch (error) {
        log.warn(
          { reason: (error as Error).message, district },
          'journal not read for those who are behind, trying again',
        );
        await sleep(backOffMs);
        backOffMs = Math.min(backOffMs * 2, 5000);
      }
    }
    running = false;
  };

  return {
    size: () => behind.size,
    bring: (client, seen) =>
      new Promise((done) => {
        if (stopped) return done();
        behind.set(client, { seen, done });
        if (running) return;
        running = true;
        // Who comes in the same moment is served with it.
        void turn().then(run);
      }),
    leave,
    stop: () => {
      stopped = true;
      for (const client of [...behind.keys()]) {
        client.close();
        leave(client);
      }
    },
  };
}
