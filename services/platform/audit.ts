import { LRUCache } from 'lru-cache';
import type { Log } from './log.ts';

/** One line of the ledger: who did or saw what, for what, and when. */
export interface AuditEntry {
  /** ISO 8601, UTC. */
  at: string;
  service: string;
  requestId: string;
  /** Kind and id as the journal has them, such as `user:p1`. */
  actor: string;
  roles: readonly string[];
  purpose: string | null;
  action: string;
  dataClass: string;
  method: string;
  /** Pattern of the route; address with its query as it was asked. */
  route: string;
  address: string;
  districts: readonly string[];
  areas: readonly string[];
  /** Persons whose rows were answered or changed, by id. Empty beside a person's read: a map or a stream, which shows whoever is there. */
  persons: readonly string[];
  /** HTTP status of the answer. */
  status: number;
}

/** Writes lines to the ledger, all or none; resolves when they are on disk. */
export type Ledger = (entries: readonly AuditEntry[]) => Promise<void>;

export interface Books {
  /** Resolves when the line is on disk. Rejects when it cannot be written: then nothing may be shown. */
  write: (entry: AuditEntry) => Promise<void>;
  /** The line is written soon, and again and again while the ledger is away. A process that is killed loses those of the last moment. */
  later: (entry: AuditEntry) => void;
  /** Writes what is left. */
  stop: () => Promise<void>;
}

interface Waiting {
  entry: AuditEntry;
  settle?: { done: () => void; fail: (error: unknown) => void };
}

/** Lines in one write; lines kept while the ledger is away; wait between tries, milliseconds. */
const atOnce = 200;
const mostKept = 10_000;
const againMs = 1000;

/**
 * Brings lines to the ledger in the order in which they came. What comes while a write is on its way goes together with the next.
 *
 * @param most lines kept while the ledger is away; beyond it the oldest go, and a line says how many
 */
export function keepBooks(ledger: Ledger, { log, most = mostKept }: { log: Log; most?: number }): Books {
  let queue: Waiting[] = [];
  let lost = 0;
  let running: Promise<void> | undefined;
  let stopped = false;

  async function run(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, atOnce);
      const gap = lost;
      try {
        await ledger([...(gap > 0 ? [lostLine(batch[0]!.entry, gap)] : []), ...batch.map(({ entry }) => entry)]);
        lost -= gap;
        for (const { settle } of batch) settle?.done();
      } catch (error) {
        // Who waits is told; the others stay.
        for (const { settle } of batch) settle?.fail(error);
        queue = [...batch.filter(({ settle }) => !settle), ...queue];
        const over = queue.length - most;
        if (over > 0) {
          queue.splice(0, over);
          lost += over;
        }
        log.warn({ reason: (error as Error).message, kept: queue.length, lost }, 'the ledger does not answer');
        if (stopped || queue.length === 0) return;
        if (!queue.some(({ settle }) => settle)) await new Promise((done) => setTimeout(done, againMs).unref());
      }
    }
  }
  const wake = () => {
    running ??= run().finally(() => {
      running = undefined;
      if (queue.length > 0 && !stopped) wake();
    });
  };
  return {
    write: (entry) =>
      new Promise((done, fail) => {
        queue.push({ entry, settle: { done, fail } });
        wake();
      }),
    later: (entry) => {
      queue.push({ entry });
      wake();
    },
    stop: async () => {
      stopped = true;
      await running;
      if (queue.length > 0) await run();
    },
  };
}

/** Says that lines are missing here. */
const lostLine = (next: AuditEntry, count: number): AuditEntry => ({
  ...next,
  actor: `service_account:${next.service}`,
  roles: [],
  purpose: null,
  action: 'audit.lost',
  dataClass: 'public',
  method: '',
  route: '',
  address: String(count),
  districts: [],
  areas: [],
  persons: [],
  status: 0,
});

/** Looks at the same thing by the same person within so many minutes are one line: a map asks for a tile at each move, a screen for its list at each change. */
export const sameLookMinutes = 15;

/** Which looks stand in the ledger already. @param now milliseconds since 1970 */
export function rememberLooks(now: () => number): { seen: (key: string) => boolean; note: (key: string) => void } {
  const kept = new LRUCache<string, number>({ max: 20_000 });
  return {
    seen: (key) => now() - (kept.get(key) ?? Number.NEGATIVE_INFINITY) < sameLookMinutes * 60_000,
    note: (key) => void kept.set(key, now()),
  };
}
