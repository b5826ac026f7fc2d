import { z } from '@hono/zod-openapi';
import type { ViolationKind } from '#contracts/events/urban-order/violation-reported.ts';
import type { Database } from '#platform/database.ts';
import { knownSql, Parameters } from '../../district/conditions.ts';
import type { Moment } from '../../district/moment.ts';

/** How near and how recent a report of the same kind must be to be looked at as the same breach. */
export const duplicateBounds = {
  radiusMetres: z.coerce.number().min(0).max(1000).default(50),
  windowDays: z.coerce.number().int().min(0).max(365).default(30),
};

export const duplicate = z
  .object({
    violationId: z.string(),
    status: z.string(),
    occurredAt: z.string(),
    distanceMetres: z.number(),
    daysApart: z.number(),
  })
  .openapi('DuplicateSuggestion');
export type Duplicate = z.infer<typeof duplicate>;

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
  sighting: Sighting,
  bounds: { radiusMetres: number; windowDays: number },
): Promise<Duplicate[]> {
  const parameters = new Parameters();
  const point = `ST_SetSRID(ST_MakePoint(${parameters.add(sighting.location.lon)}::float8, ${parameters.add(sighting.location.lat)}::float8), 4326)`;
  const occurred = `${parameters.add(sighting.occurredAt)}::timestamptz`;
  const radius = `${parameters.add(bounds.radiusMetres)}::float8`;
  // The box of degrees is what the index answers; the sphere decides.
  const { rows } = await database.query<{
    violation_id: string;
    status: string;
    occurred_at: Date;
    distance: number;
    days: number;
  }>(
    `SELECT v.violation_id, v.status, v.occurred_at, ST_Distance(v.at::geography, ${point}::geography) AS distance,
       abs(extract(epoch FROM v.occurred_at - ${occurred})) / 86400 AS days
     FROM urban_order.violation_versions v
     WHERE v.district = ${parameters.add(moment.district)} AND ${knownSql('v', moment, parameters)}
       AND v.at && ST_Envelope(ST_Buffer(${point}::geography, ${radius} + 1)::geometry)
       AND ST_DWithin(v.at::geography, ${point}::geography, ${radius})
       AND v.kind = ${parameters.add(sighting.kind)} AND v.status NOT IN ('merged', 'dismissed')
       AND v.violation_id <> ${parameters.add(sighting.violationId ?? '')}
       AND v.occurred_at BETWEEN ${occurred} - make_interval(days => ${parameters.add(bounds.windowDays)}::int) AND ${occurred} + make_interval(days => ${parameters.add(bounds.windowDays)}::int)
     ORDER BY distance, v.violation_id LIMIT 20`,
    parameters.values,
  );
  return rows.map((row) => ({
    violationId: row.violation_id,
    status: row.status,
    occurredAt: row.occurred_at.toISOString(),
    distanceMetres: Math.round(row.distance * 10) / 10,
    daysApart: Math.round(Number(row.days) * 10) / 10,
  }));
}
