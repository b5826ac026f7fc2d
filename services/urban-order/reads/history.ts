import type { Database } from '#platform/database.ts';
import type { Moment } from '../../district/moment.ts';
import { type HistoryRow, readHistory } from '../../lifecycle/read-history.ts';
import { violationTables } from '../violation/tables.ts';

/** Events of violations as known at the moment, in journal order. */
export const historyOf = (database: Database, moment: Moment, violationIds: string[]) =>
  readHistory(
    database,
    violationTables,
    moment,
    violationIds,
    ({ id, occurred_at, known_at, ...entry }: HistoryRow & { occurred_at: Date; irregular: string | null }) => ({
      violationId: id,
      occurredAt: occurred_at.toISOString(),
      knownAt: known_at.toISOString(),
      ...entry,
    }),
  );

/** Violations that were merged into this one, also through others, as known at the moment. */
export async function mergedInto(database: Database, moment: Moment, violationId: string): Promise<string[]> {
  const { rows } = await database.query<{ violation_id: string }>(
    `WITH RECURSIVE merged AS (
       SELECT $2::text AS violation_id
       UNION
       SELECT v.violation_id FROM merged JOIN urban_order.violation_versions v ON v.district = $1 AND v.merged_into = merged.violation_id
         AND CASE WHEN $3::timestamptz IS NULL THEN v.known_until = 'infinity' ELSE v.known_at <= $3 AND v.known_until > $3 END
     ) SELECT violation_id FROM merged WHERE violation_id <> $2 ORDER BY 1`,
    [moment.district, violationId, moment.asOf ?? null],
  );
  return rows.map((row) => row.violation_id);
}
