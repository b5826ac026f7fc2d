import { messageId } from '#contracts/new-event.ts';
import { readEvent } from '#contracts/read-event.ts';
import type { Database, Transaction } from '#platform/database.ts';
import type { CommitListener, Projection } from '#platform/projection.ts';
import { readCurrent, readEvents } from '../../lifecycle/read-rows.ts';
import { tableNames } from '../../lifecycle/tables.ts';
import { forgetEntities, forgetRows, writeFolded } from '../../lifecycle/write-rows.ts';
import type { ViolationEvent } from './events.ts';
import { fold } from './fold.ts';
import type { Violation } from './state.ts';
import { violationTables } from './tables.ts';

/** Violations, their history and their heads. Touches the areas whose figures may have changed. */
export function violationProjection(committed?: CommitListener): Projection<ViolationEvent> {
  return {
    name: 'urban-order',
    schema: 'urban_order',
    filter: (district) => `vx.${district}.urban-order.violation.>`,
    read: readEvent,
    apply: async (transaction, district, entries) => {
      const events = entries.map(({ event }) => event);
      const named = events.flatMap((event) => (event.type === 'violation-merged' ? [event.data.intoViolationId] : []));
      const ids = await withMerges(transaction, district, [...events.map(({ data }) => data.violationId), ...named]);
      const current = await readCurrent(transaction, violationTables, district, ids);
      const { seen, told } = await readEvents<Violation, ViolationEvent>(transaction, violationTables, district, {
        ids,
        eventKeys: events.map(messageId),
      });
      return writeFolded(transaction, violationTables, district, fold(entries, current, seen, told));
    },
    forget: (transaction, district) => forgetRows(transaction, tableNames(violationTables), district),
    forgetSubject: async (transaction, district, subject) => {
      const ids = await withMerges(transaction, district, [subject.split('.').at(-1)!]);
      return forgetEntities(transaction, violationTables, district, subject, ids);
    },
    committed,
  };
}

/** Violations that merges lead to, these and through any number of others. */
export async function mergeTargets(
  database: Database | Transaction,
  district: string,
  intoIds: string[],
): Promise<string[]> {
  if (intoIds.length === 0) return [];
  const { rows } = await database.query<{ violation_id: string }>(
    `WITH RECURSIVE wanted AS (
       SELECT unnest($2::text[]) AS violation_id
       UNION
       SELECT v.merged_into FROM wanted JOIN urban_order.violation_versions v
         ON v.district = $1 AND v.violation_id = wanted.violation_id AND v.known_until = 'infinity' WHERE v.merged_into IS NOT NULL
     ) SELECT violation_id FROM wanted`,
    [district, intoIds],
  );
  return rows.map((row) => row.violation_id);
}

/** These violations, and all that merges lead to or from, whether they hold or not. */
async function withMerges(transaction: Transaction, district: string, ids: string[]): Promise<string[]> {
  const { rows } = await transaction.query<{ violation_id: string }>(
    `WITH RECURSIVE merges AS MATERIALIZED (
       SELECT violation_id, data->>'intoViolationId' AS into_id FROM urban_order.violation_events
       WHERE district = $1 AND type = 'violation-merged'
     ), ends AS MATERIALIZED (
       SELECT violation_id AS id, into_id AS other FROM merges UNION ALL SELECT into_id, violation_id FROM merges
     ), wanted AS (
       SELECT unnest($2::text[]) AS violation_id
       UNION
       SELECT ends.other FROM wanted JOIN ends ON ends.id = wanted.violation_id
     ) SELECT violation_id FROM wanted`,
    [district, [...new Set(ids)]],
  );
  return rows.map((row) => row.violation_id);
}
