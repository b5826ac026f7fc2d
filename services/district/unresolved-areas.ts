import { committedSubject } from '#contracts/live.ts';
import { type Database, inTransaction } from '#platform/database.ts';
import type { ServiceParts } from '#platform/service.ts';

/** Rows with a point and an area: `key` and `sequence` name one; `daySql` is the day whose borders count. */
export interface LocatedRows {
  table: string;
  key: string;
  daySql: string;
}

/**
 * A point can be here before its area is: geography follows the journal at its own pace. When geography says that areas were committed, points
 * without an area get theirs, so that the rows do not depend on who was faster.
 */
export function followUnresolvedAreas(
  { broker, database, log }: Pick<ServiceParts, 'broker' | 'database' | 'log'>,
  located: readonly LocatedRows[],
  projectionName: string,
  touched: (district: string, areaIds: string[]) => void,
): { stop: () => void } {
  const subscription = broker.connection.subscribe(committedSubject('*', 'geography'), {
    callback: (_error, message) => {
      const { district } = message.json<{ district: string }>();
      resolveAreas(database, located, projectionName, district)
        .then((areaIds) => areaIds.length > 0 && touched(district, areaIds))
        .catch((error) => log.warn({ reason: (error as Error).message, district }, 'areas of points not resolved'));
    },
  });
  return { stop: () => subscription.unsubscribe() };
}

/** Returns the areas that got points. The projection's own lock keeps a batch from copying a missing area meanwhile. */
async function resolveAreas(
  database: Database,
  located: readonly LocatedRows[],
  projectionName: string,
  district: string,
): Promise<string[]> {
  const found = new Set<string>();
  for (const { table, key, daySql } of located) {
    const missing = 'district = $1 AND area_id IS NULL AND at IS NOT NULL';
    const { rowCount } = await database.query(`SELECT 1 FROM ${table} WHERE ${missing} LIMIT 1`, [district]);
    if (!rowCount) continue;
    const { rows } = await inTransaction(database, async (transaction) => {
      await transaction.query(`SELECT pg_advisory_xact_lock(hashtext('projection:' || $1))`, [projectionName]);
      return transaction.query<{ area_id: string }>(
        `WITH resolved AS MATERIALIZED (
           SELECT ${key}, sequence, geography.area_of_point(district, at, ${daySql}) AS area_id FROM ${table} WHERE ${missing})
         UPDATE ${table} AS v SET area_id = resolved.area_id FROM resolved
         WHERE v.district = $1 AND v.${key} = resolved.${key} AND v.sequence = resolved.sequence AND resolved.area_id IS NOT NULL
         RETURNING v.area_id`,
        [district],
      );
    });
    for (const row of rows) found.add(row.area_id);
  }
  return [...found];
}
