import type { Database, Transaction } from '#platform/database.ts';
import { type BusinessEvent, evolve } from './evolve.ts';
import type { Current, SpanVersion } from './fold.ts';
import type { Business } from './state.ts';

/**
 * Businesses as they are in the rows now: the state from their events, and the rows that hold. Planned anew each time and joined to the wanted
 * ids: a plan that was made when the tables were empty reads all of them, and `= ANY` compares every row with every id.
 */
export async function readCurrent(
  database: Database | Transaction,
  district: string,
  businessIds: string[],
): Promise<Map<string, Current>> {
  const values = [district, businessIds];
  const versions = await database.query<{
    business_id: string;
    known_at: string;
    first_sequence: number;
    sequence: number;
    event_key: string;
  }>({
    text: `SELECT business_id, known_at::text, first_sequence, sequence, event_key FROM economy.business_versions JOIN unnest($2::text[]) AS wanted(business_id) USING (business_id)
      WHERE district = $1 AND known_until = 'infinity'`,
    values,
  });
  if (versions.rows.length === 0) return new Map();
  const events = await database.query<{
    business_id: string;
    sequence: number;
    type: BusinessEvent['type'];
    data: BusinessEvent['data'];
  }>({
    text: `SELECT business_id, sequence, type, data FROM economy.business_events JOIN unnest($2::text[]) AS wanted(business_id) USING (business_id)
      WHERE district = $1 ORDER BY sequence`,
    values,
  });
  const spans = await database.query<{
    business_id: string;
    from_day: string;
    until_day: string;
    status: SpanVersion['status'];
    licensed_until: string | null;
    known_at: string;
    sequence: number;
  }>({
    text: `SELECT business_id, from_day, until_day, status, licensed_until, known_at::text, sequence FROM economy.status_spans JOIN unnest($2::text[]) AS wanted(business_id) USING (business_id)
      WHERE district = $1 AND known_until = 'infinity'`,
    values,
  });
  const states = new Map<string, Business>();
  for (const row of events.rows)
    states.set(row.business_id, evolve(states.get(row.business_id), row as never, row.sequence));
  const current = new Map<string, Current>();
  for (const row of versions.rows)
    current.set(row.business_id, {
      version: {
        business: states.get(row.business_id)!,
        knownAt: row.known_at,
        knownUntil: 'infinity',
        firstSequence: row.first_sequence,
        sequence: row.sequence,
        eventKey: row.event_key,
      },
      spans: [],
    });
  for (const row of spans.rows)
    current.get(row.business_id)!.spans.push({
      businessId: row.business_id,
      from: row.from_day,
      until: row.until_day,
      status: row.status,
      licensedUntil: row.licensed_until,
      knownAt: row.known_at,
      knownUntil: 'infinity',
      sequence: row.sequence,
    });
  return current;
}
