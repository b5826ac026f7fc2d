import type { CloudEvent } from '#contracts/cloud-event.ts';
import type { Database, Transaction } from '#platform/database.ts';
import { insertRows } from '#platform/rows.ts';

const feedOf: Record<string, string> = {
  'case-confirmed': 'cases',
  'case-status-changed': 'cases',
  'case-corrected': 'cases',
  'case-count-published': 'counts',
  'dose-administered': 'vaccination',
  'vaccination-count-published': 'vaccination',
  'capacity-reported': 'capacity',
};

/** Newest time of each feed: what a screen compares with its clock to say that a feed is silent. */
export async function writeFeeds(
  transaction: Transaction,
  district: string,
  entries: { sequence: number; event: CloudEvent }[],
): Promise<void> {
  const newest = new Map<string, { last_event_at: string; last_recorded_at: string; sequence: number }>();
  for (const { sequence, event } of entries) {
    const feed = feedOf[event.type];
    if (!feed) continue;
    const before = newest.get(feed);
    newest.set(feed, {
      last_event_at:
        before && Date.parse(before.last_event_at) > Date.parse(event.time) ? before.last_event_at : event.time,
      last_recorded_at:
        before && before.last_recorded_at > event.recordedtime ? before.last_recorded_at : event.recordedtime,
      sequence,
    });
  }
  await insertRows(
    transaction,
    'epidemic.feeds',
    { district: 'text', feed: 'text', last_event_at: 'timestamptz', last_recorded_at: 'timestamptz', sequence: 'int8' },
    [...newest].map(([feed, row]) => ({ district, feed, ...row })),
    {
      onConflict: `ON CONFLICT (district, feed) DO UPDATE SET last_event_at = greatest(feeds.last_event_at, excluded.last_event_at),
        last_recorded_at = greatest(feeds.last_recorded_at, excluded.last_recorded_at), sequence = greatest(feeds.sequence, excluded.sequence)`,
    },
  );
}

/** The newest event of each feed that was ever heard. */
export async function readFeeds(
  database: Database,
  district: string,
): Promise<{ feed: string; lastEventAt: string; lastRecordedAt: string }[]> {
  const { rows } = await database.query<{ feed: string; last_event_at: Date; last_recorded_at: Date }>(
    'SELECT feed, last_event_at, last_recorded_at FROM epidemic.feeds WHERE district = $1 ORDER BY feed',
    [district],
  );
  return rows.map((row) => ({
    feed: row.feed,
    lastEventAt: row.last_event_at.toISOString(),
    lastRecordedAt: row.last_recorded_at.toISOString(),
  }));
}
