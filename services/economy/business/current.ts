import type { Database, Transaction } from '#platform/database.ts';
import { readCurrent as readVersions } from '../../lifecycle/read-rows.ts';
import { type BusinessEvent, evolve } from './evolve.ts';
import type { Current, SpanVersion } from './fold.ts';
import type { Business } from './state.ts';
import { businessTables } from './tables.ts';

/** Businesses as they are in the rows now: the state from their events, and the rows that hold. */
export async function readCurrent(
  database: Database | Transaction,
  district: string,
  businessIds: string[],
): Promise<Map<string, Current>> {
  const versions = await readVersions(database, businessTables, district, businessIds);
  if (versions.size === 0) return new Map();
  const values = [district, businessIds];
  const events = await database.query<{ business_id: string; sequence: number } & Pick<BusinessEvent, 'type' | 'data'>>(
    `SELECT business_id, sequence, type, data FROM economy.business_events JOIN unnest($2::text[]) AS wanted(business_id) USING (business_id)
     WHERE district = $1 ORDER BY sequence`,
    values,
  );
  const states = new Map<string, Business>();
  for (const row of events.rows) states.set(row.business_id, evolve(states.get(row.business_id), row, row.sequence));
  const spans = await database.query<Omit<SpanVersion, 'knownUntil'>>(
    `SELECT business_id AS "businessId", from_day AS "from", until_day AS "until", status, licensed_until AS "licensedUntil", known_at::text AS "knownAt", sequence
     FROM economy.status_spans JOIN unnest($2::text[]) AS wanted(business_id) USING (business_id)
     WHERE district = $1 AND known_until = 'infinity'`,
    values,
  );
  const current = new Map<string, Current>();
  for (const [id, version] of versions) current.set(id, { version: { ...version, state: states.get(id)! }, spans: [] });
  for (const span of spans.rows) current.get(span.businessId)!.spans.push({ ...span, knownUntil: 'infinity' });
  return current;
}
