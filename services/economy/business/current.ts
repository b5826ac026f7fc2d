import type { Database, Transaction } from '#platform/database.ts';
import { byOrder, type Told } from '../../lifecycle/fold.ts';
import { readCurrent as readVersions } from '../../lifecycle/read-rows.ts';
import { type BusinessEvent, evolve } from './evolve.ts';
import type { Current, SpanVersion } from './fold.ts';
import type { Business } from './state.ts';
import { businessTables } from './tables.ts';

/** Businesses as they are in the rows now: the state from their events, and the rows that hold. `told`: their events, as the rows have them. */
export async function readCurrent(
  database: Database | Transaction,
  district: string,
  businessIds: string[],
  told: ReadonlyMap<string, readonly Told<BusinessEvent>[]>,
): Promise<Map<string, Current>> {
  const versions = await readVersions(database, businessTables, district, businessIds);
  if (versions.size === 0) return new Map();
  const spans = await database.query<Omit<SpanVersion, 'knownUntil'>>(
    `SELECT business_id AS "businessId", from_day AS "from", until_day AS "until", status, licensed_until AS "licensedUntil", known_at::text AS "knownAt", sequence
     FROM economy.status_spans JOIN unnest($2::text[]) AS wanted(business_id) USING (business_id)
     WHERE district = $1 AND known_until = 'infinity'`,
    [district, businessIds],
  );
  const current = new Map<string, Current>();
  for (const [id, version] of versions)
    current.set(id, { version: { ...version, state: stateOf(told.get(id) ?? []) }, spans: [] });
  for (const span of spans.rows) current.get(span.businessId)!.spans.push({ ...span, knownUntil: 'infinity' });
  return current;
}

const stateOf = (told: readonly Told<BusinessEvent>[]): Business =>
  told
    .toSorted(byOrder)
    .reduce<Business | undefined>((state, { event }, index) => evolve(state, event, index + 1), undefined)!;
