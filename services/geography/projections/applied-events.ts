import type { CloudEvent } from '#contracts/cloud-event.ts';
import { messageId } from '#contracts/new-event.ts';
import type { Transaction } from '#platform/database.ts';
import type { Entry } from '#platform/projection.ts';

/** Entries whose event has not had its effect yet, each once, in journal order; they count as applied from this transaction on. */
export async function takeUnapplied(
  transaction: Transaction,
  district: string,
  entries: Entry<CloudEvent>[],
): Promise<Entry<CloudEvent>[]> {
  const byKey = new Map<string, Entry<CloudEvent>>();
  for (const entry of entries) {
    const key = messageId(entry.event);
    if (!byKey.has(key)) byKey.set(key, entry);
  }
  const { rows } = await transaction.query<{ event_key: string }>(
    `INSERT INTO geography.applied_events (district, event_key, sequence)
     SELECT $1, event_key, sequence FROM unnest($2::text[], $3::bigint[]) AS incoming (event_key, sequence)
     ON CONFLICT DO NOTHING RETURNING event_key`,
    [district, [...byKey.keys()], [...byKey.values()].map((entry) => entry.sequence)],
  );
  const taken = new Set(rows.map((row) => row.event_key));
  return [...byKey].filter(([key]) => taken.has(key)).map(([, entry]) => entry);
}

/**
 * Entries in rounds: no round has two of the same key, and each key's entries keep their order. A round can be written as one set,
 * because no row of it depends on another; nearly always there is one round.
 */
export function inRounds<Item>(items: Item[], keyOf: (item: Item) => string): Item[][] {
  const rounds: Item[][] = [];
  const nextRound = new Map<string, number>();
  for (const item of items) {
    const round = nextRound.get(keyOf(item)) ?? 0;
    nextRound.set(keyOf(item), round + 1);
    rounds[round] ??= [];
    rounds[round].push(item);
  }
  return rounds;
}
