import type { JsMsg } from '@nats-io/jetstream';
import { LRUCache } from 'lru-cache';
import type { LiveItem } from '#contracts/live.ts';
import type { Broker } from '#platform/broker.ts';
import { streamOf } from '#platform/journal.ts';
import { readOn } from '#platform/read-stream.ts';

/** Sequences of a page. A batch of so many items is some 150 kB of JSON. */
export const pageSequences = 500;
/** Some 13 MB of items: who reads slowly finds the last 16,000 events without another reading. */
const keptPages = 32;

/** What browsers are told of a run of the journal. */
export interface JournalPage {
  /** Every item from the page's first sequence on, in order. */
  items: LiveItem[];
  /** Last sequence that was read for it. */
  through: number;
}

/** A district's journal in pages that all who are behind share. One page is asked for at a time. */
export interface JournalPages {
  /**
   * The page that a sequence stands on, read at least up to it.
   *
   * @param known last sequence that the journal is known to have: the sequence or a later one
   * @throws when the broker does not answer
   */
  page: (sequence: number, known: number) => Promise<JournalPage>;
}

/** Last sequence of the page that a sequence stands on. */
export const pageEnd = (sequence: number): number => Math.ceil(sequence / pageSequences) * pageSequences;

/** @param itemOf what is told of a message; undefined: nothing */
export function journalPages(
  broker: Broker,
  district: string,
  itemOf: (message: JsMsg) => LiveItem | undefined,
): JournalPages {
  const kept = new LRUCache<number, JournalPage>({ max: keptPages });
  const stream = streamOf(district);
  return {
    page: async (sequence, known) => {
      const end = pageEnd(sequence);
      const before = kept.get(end);
      if (before && before.through >= sequence) return before;
      const after = before?.through ?? end - pageSequences;
      const through = Math.min(end, known);
      const items = [...(before?.items ?? [])];
      for await (const message of readOn(broker, { stream, after, ahead: through - after })) {
        const item = message.seq <= through ? itemOf(message) : undefined;
        if (item) items.push(item);
        // Of a journal whose last message is gone nothing more may come for long.
        if (message.seq >= through || message.info.pending === 0) break;
      }
      const page = { items, through };
      kept.set(end, page);
      return page;
    },
  };
}
