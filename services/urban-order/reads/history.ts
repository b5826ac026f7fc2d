import sql from 'sql-template-tag';
import type { Database } from '#platform/database.ts';
import { known } from '../../district/known.ts';
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
    sql`WITH RECURSIVE merged AS (
       SELECT ${violationId}::text AS violation_id
       UNION
       SELECT v.violation_id FROM merged
       JOIN urban_order.violation_versions v ON v.district = ${moment.district} AND v.merged_into = merged.violation_id AND ${known('v', moment)} AND v.reported
     ) SELECT violation_id FROM merged WHERE violation_id <> ${violationId} ORDER BY 1`,
  );
  return rows.map((row) => row.violation_id);
}
