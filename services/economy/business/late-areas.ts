import { committedSubject } from '#contracts/live.ts';
import type { Broker } from '#platform/broker.ts';
import { type Database, inTransaction } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';
import { projectionName } from '../projection.ts';

/**
 * A point can be here before its area is: geography follows the journal at its own pace. When geography says that areas were committed, points
 * that had no area get theirs. The exclusive projection lock keeps a batch from copying a missing area meanwhile.
 */
export function followAreas(options: {
  broker: Broker;
  database: Database;
  log: Log;
  touched: (district: string, areaIds: string[]) => void;
}): { name: string; stop: () => void } {
  const subscription = options.broker.connection.subscribe(committedSubject('*', 'geography'), {
    callback: (_error, message) => {
      const { district } = message.json<{ district: string }>();
      resolveLateAreas(options.database, district)
        .then((areaIds) => areaIds.length && options.touched(district, areaIds))
        .catch((error) => options.log.warn({ err: error, district }, 'late areas not resolved'));
    },
  });
  return { name: 'late areas', stop: () => subscription.unsubscribe() };
}

/** Returns the areas that got points. */
export async function resolveLateAreas(database: Database, district: string): Promise<string[]> {
  const missing = `district = $1 AND area_id IS NULL AND at IS NOT NULL`;
  const { rowCount } = await database.query(`SELECT 1 FROM economy.business_versions WHERE ${missing} LIMIT 1`, [
    district,
  ]);
  if (!rowCount) return [];
  return inTransaction(database, async (transaction) => {
    await transaction.query(`SELECT pg_advisory_xact_lock(hashtext('projection:' || $1))`, [projectionName]);
    const { rows } = await transaction.query<{ area_id: string }>(
      `WITH resolved AS MATERIALIZED (
         SELECT business_id, sequence, geography.area_of_point(district, at,
           (known_at AT TIME ZONE 'UTC')::date) AS area_id
         FROM economy.business_versions WHERE ${missing})
       UPDATE economy.business_versions v SET area_id = r.area_id FROM resolved r
       WHERE v.district = $1 AND v.business_id = r.business_id AND v.sequence = r.sequence AND r.area_id IS NOT NULL RETURNING r.area_id`,
      [district],
    );
    return [...new Set(rows.map((row) => row.area_id))];
  });
}
