import { z } from '@hono/zod-openapi';
import sql from 'sql-template-tag';
import type { ViolationKind } from '#contracts/events/urban-order/violation-reported.ts';
import type { Duplicate } from '#contracts/http/urban-order.ts';
import type { Database } from '#platform/database.ts';
import { known } from '../../district/known.ts';
import type { Moment } from '../../district/moment.ts';

/** How near and how recent a report of the same kind must be to be looked at as the same breach. */
export const duplicateBounds = {
  radiusMetres: z.coerce.number().min(0).max(1000).default(50),
  windowDays: z.coerce.number().int().min(0).max(365).default(30),
};

export interface Sighting {
  /** Left out for a breach that is not reported yet. */
  violationId?: string;
  kind: ViolationKind;
  location: { lon: number; lat: number };
  occurredAt: string;
}

/** Reports of the same kind within the radius and the days, nearest first; merged and dismissed ones are not offered. At most 20. */
export async function suggestDuplicates(
  database: Database,
  moment: Moment,
  { violationId = '', kind, location: { lon, lat }, occurredAt }: Sighting,
  { radiusMetres, windowDays }: { radiusMetres: number; windowDays: number },
): Promise<Duplicate[]> {
  const point = sql`ST_SetSRID(ST_MakePoint(${lon}::float8, ${lat}::float8), 4326)`;
  const occurred = sql`${occurredAt}::timestamptz`;
  const radius = sql`${radiusMetres}::float8`;
  const window = sql`make_interval(days => ${windowDays}::int)`;
  // The box of degrees is what the index answers; the sphere decides.
  const { rows } = await database.query<{
    violation_id: string;
    status: string;
    occurred_at: Date;
    distance: number;
    days: number;
  }>(
    sql`SELECT v.violation_id, v.status, v.occurred_at, ST_Distance(v.at::geography, ${point}::geography) AS distance,
       abs(extract(epoch FROM v.occurred_at - ${occurred})) / 86400 AS days
     FROM urban_order.violation_versions v
     WHERE v.district = ${moment.district} AND ${known('v', moment)} AND v.reported
       AND v.at && ST_Envelope(ST_Buffer(${point}::geography, ${radius} + 1)::geometry)
       AND ST_DWithin(v.at::geography, ${point}::geography, ${radius})
       AND v.kind = ${kind} AND v.status NOT IN ('merged', 'dismissed') AND v.violation_id <> ${violationId}
       AND v.occurred_at BETWEEN ${occurred} - ${window} AND ${occurred} + ${window}
     ORDER BY distance, v.violation_id LIMIT 20`,
  );
  return rows.map((row) => ({
    violationId: row.violation_id,
    status: row.status,
    occurredAt: row.occurred_at.toISOString(),
    distanceMetres: Math.round(row.distance * 10) / 10,
    daysApart: Math.round(Number(row.days) * 10) / 10,
  }));
}
