import { committedSubject } from '#contracts/live.ts';
import { type Database, inTransaction } from '#platform/database.ts';
import type { ServiceParts } from '#platform/service.ts';

const located = [
  { table: 'case_versions', day: 'event_date', key: 'case_id' },
  { table: 'capacity_versions', day: 'reported_at::date', key: 'facility_id' },
];

/**
 * A point can be here before its area is: geography follows the journal at its own pace. When geography says that areas were committed, points
 * without an area get theirs, so that the rows do not depend on who was faster. The exclusive lock keeps a batch from copying a missing area.
 */
export function followLateAreas(
  { broker, database, log }: ServiceParts,
  touched: (district: string) => void,
): { stop: () => void } {
  const subscription = broker.connection.subscribe(committedSubject('*', 'geography'), {
    callback: (_error, message) => {
      const { district } = message.json<{ district: string }>();
      resolveLateAreas(database, district)
        .then((rows) => rows > 0 && touched(district))
        .catch((error) => log.warn({ reason: (error as Error).message, district }, 'late areas not resolved'));
    },
  });
  return { stop: () => subscription.unsubscribe() };
}

/** Returns how many rows got their area. */
export async function resolveLateAreas(database: Database, district: string): Promise<number> {
  let resolved = 0;
  for (const { table, day, key } of located) {
    const missing = 'district = $1 AND area_id IS NULL AND at IS NOT NULL';
    const { rowCount } = await database.query(`SELECT 1 FROM epidemic.${table} WHERE ${missing} LIMIT 1`, [district]);
    if (!rowCount) continue;
    resolved += await inTransaction(database, async (transaction) => {
      await transaction.query(`SELECT pg_advisory_xact_lock(hashtext('projection:epidemic'))`);
      const { rowCount: updated } = await transaction.query(
        `WITH found AS MATERIALIZED (
           SELECT ${key}, sequence, geography.area_of_point(district, at, ${day}) AS area_id FROM epidemic.${table} WHERE ${missing})
         UPDATE epidemic.${table} AS old SET area_id = found.area_id FROM found
         WHERE old.district = $1 AND old.${key} = found.${key} AND old.sequence = found.sequence AND found.area_id IS NOT NULL`,
        [district],
      );
      return updated ?? 0;
    });
  }
  return resolved;
}
