import type { z } from '@hono/zod-openapi';
import type { Attribution } from '#contracts/new-event.ts';
import { personOf } from '#contracts/seal-event.ts';
import type { Database } from '#platform/database.ts';
import type { ServiceParts } from '#platform/service.ts';
import type { RetentionDuty } from '../../district/keep-retention.ts';
import type { Stamp } from '../../district/stamp.ts';
import { removeBeside } from '../../lifecycle/removal.ts';
import { callerNoted, callerRemoved } from './events.ts';

type RemovalParts = Pick<ServiceParts, 'database' | 'broker' | 'appender' | 'keys'>;

/** The row of a caller still says who it was, or what he answered. */
const isLeft = `(c.caller_number IS NOT NULL OR c.lon IS NOT NULL
  OR COALESCE(c.triage->'because' <> '[]' OR c.triage ?| '{keys,symptoms,breathsPerMinute,oxygenPercent}'::text[], false))`;

/**
 * Removes who called: number, place and answers.
 *
 * @returns undefined: nobody is known to have called so
 * @throws Problem 409 when something was said of him meanwhile, 503 when journal or keys do not answer
 */
export async function removeCaller(
  parts: RemovalParts,
  stamped: Stamp,
  data: z.infer<typeof callerRemoved.schema>,
): Promise<{ sequence: number | null; keys: number } | undefined> {
  const { rows } = await parts.database.query<{ isLeft: boolean }>(
    `SELECT ${isLeft} AS "isLeft" FROM hotline.callers c WHERE c.district = $1 AND c.call_id = $2`,
    [stamped.district, data.callId],
  );
  if (!rows[0]) return undefined;
  return removeBeside(parts, stamped, {
    isLeft: rows[0].isLeft,
    ...{ removal: callerRemoved, source: 'hotline', sealedBy: callerNoted },
    data,
  });
}

/** Callers whose time is over. */
export const callerRetention = (
  parts: RemovalParts & { stampOf: (district: string, by: Attribution) => Promise<Stamp> },
): RetentionDuty => ({
  class: 'caller-identity',
  over: (district, until) => callersOver(parts.database, district, until),
  unfinished: async (district) => {
    const { keys, database } = parts;
    if (!keys || keys.fault) return [];
    const removed = await idsOf(database, 'SELECT call_id FROM hotline.callers WHERE district = $1 AND removed', [
      district,
    ]);
    return removed.filter((callId) => !keys.isRemoved(personOf(callerNoted, { district, data: { callId } })));
  },
  remove: async (district, callId, said, by) =>
    removeCaller(parts, await parts.stampOf(district, by), { callId, ...said }),
});

/** Callers of whom, and of whose calls, nothing was said after a day, and whom the rows still name. */
const callersOver = (
  database: Database,
  district: string,
  { lastDay, timeZone, most }: Parameters<RetentionDuty['over']>[1],
): Promise<string[]> =>
  idsOf(
    database,
    `SELECT c.call_id FROM hotline.callers c LEFT JOIN hotline.call_versions v ON v.district = c.district AND v.call_id = c.call_id AND v.known_until = 'infinity'
     WHERE c.district = $1 AND ${isLeft} AND (GREATEST(c.known_at, v.known_at) AT TIME ZONE $3)::date <= $2::date
     ORDER BY c.known_at, c.call_id LIMIT $4`,
    [district, lastDay, timeZone, most],
  );

async function idsOf(database: Database, statement: string, values: readonly unknown[]): Promise<string[]> {
  const { rows } = await database.query<{ call_id: string }>(statement, [...values]);
  return rows.map((row) => row.call_id);
}
