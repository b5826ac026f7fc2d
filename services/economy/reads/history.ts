import sql from 'sql-template-tag';
import type { Database } from '#platform/database.ts';
import { known } from '../../district/known.ts';
import type { Moment } from '../../district/moment.ts';
import { type HistoryRow, readHistory } from '../../lifecycle/read-history.ts';
import { forever } from '../business/state.ts';
import { businessTables } from '../business/tables.ts';

/** Status over time as known at the moment, and the events from which it follows. */
export async function historyOf(database: Database, moment: Moment, businessId: string) {
  const { rows } = await database.query<{
    from: string;
    until: string;
    status: string;
    licensedUntil: string | null;
  }>(
    sql`SELECT from_day AS "from", until_day AS "until", status, licensed_until AS "licensedUntil" FROM economy.status_spans s
     WHERE s.district = ${moment.district} AND s.business_id = ${businessId} AND ${known('s', moment)} ORDER BY from_day`,
  );
  return {
    spans: rows.map((span) => ({ ...span, until: span.until === forever ? null : span.until })),
    history: await readHistory(
      database,
      businessTables,
      moment,
      [businessId],
      ({ type, known_at, sequence, source, data }: HistoryRow) => ({
        type,
        knownAt: known_at.toISOString(),
        sequence,
        source,
        data,
      }),
    ),
  };
}
