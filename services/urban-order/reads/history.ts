import type { Database } from '#platform/database.ts';
import { Parameters } from '../../district/conditions.ts';
import type { Moment } from '../../district/moment.ts';

export interface HistoryEntry {
  violationId: string;
  type: string;
  occurredAt: string;
  knownAt: string;
  sequence: number;
  irregular: string | null;
  data: Record<string, unknown>;
}

/** Events of violations as known at the moment, in journal order. */
export async function historyOf(database: Database, moment: Moment, violationIds: string[]): Promise<HistoryEntry[]> {
  const parameters = new Parameters();
  const { rows } = await database.query<{
    violation_id: string;
    type: string;
    occurred_at: Date;
    known_at: Date;
    sequence: number;
    irregular: string | null;
    data: Record<string, unknown>;
  }>(
    `SELECT violation_id, type, occurred_at, known_at, sequence, irregular, data FROM urban_order.violation_events
     WHERE district = ${parameters.add(moment.district)} AND violation_id = ANY(${parameters.add(violationIds)}::text[])
       AND known_at <= COALESCE(${parameters.add(moment.asOf ?? null)}::timestamptz, 'infinity') ORDER BY sequence`,
    parameters.values,
  );
  return rows.map((row) => ({
    violationId: row.violation_id,
    type: row.type,
    occurredAt: row.occurred_at.toISOString(),
    knownAt: row.known_at.toISOString(),
    sequence: row.sequence,
    irregular: row.irregular,
    data: row.data,
  }));
}

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
