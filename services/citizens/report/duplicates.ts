import { z } from '@hono/zod-openapi';
import sql from 'sql-template-tag';
import type { Database } from '#platform/database.ts';
import { known } from '../../district/known.ts';
import type { Moment } from '../../district/moment.ts';
import type { Topic } from './topics.ts';

/** How near and how recent a report of the same topic must be to be looked at as the same. */
export const duplicateBounds = {
  radiusMetres: z.coerce.number().min(0).max(1000).default(50),
  windowDays: z.coerce.number().int().min(0).max(365).default(30),
};

export const duplicateReport = z
  .object({
    reportId: z.string(),
    status: z.string(),
    outcome: z.string().nullable(),
    occurredAt: z.string(),
    distanceMetres: z.number(),
    daysApart: z.number(),
  })
  .openapi('DuplicateReport');

/** Reports of the same topic within the radius and the days, nearest first, answered ones too: the answer may be the one that is asked for. At most 20. */
export async function suggestDuplicateReports(
  database: Database,
  moment: Moment,
  of: { reportId?: string; topic: Topic; location: { lon: number; lat: number }; occurredAt: string },
  { radiusMetres, windowDays }: { radiusMetres: number; windowDays: number },
): Promise<z.infer<typeof duplicateReport>[]> {
  const { reportId = '', topic, location, occurredAt } = of;
  const point = sql`ST_SetSRID(ST_MakePoint(${location.lon}::float8, ${location.lat}::float8), 4326)`;
  const occurred = sql`${occurredAt}::timestamptz`;
  const radius = sql`${radiusMetres}::float8`;
  const window = sql`make_interval(days => ${windowDays}::int)`;
  // The box of degrees is what the index answers; the sphere decides.
  const { rows } = await database.query<{
    report_id: string;
    status: string;
    outcome: string | null;
    occurred_at: Date;
    distance: number;
    days: number;
  }>(
    sql`SELECT v.report_id, v.status, v.outcome, v.occurred_at, ST_Distance(v.at::geography, ${point}::geography) AS distance,
       abs(extract(epoch FROM v.occurred_at - ${occurred})) / 86400 AS days
     FROM citizens.report_versions v
     WHERE v.district = ${moment.district} AND ${known('v', moment)} AND v.reported
       AND v.at && ST_Envelope(ST_Buffer(${point}::geography, ${radius} + 1)::geometry)
       AND ST_DWithin(v.at::geography, ${point}::geography, ${radius})
       AND v.topic = ${topic} AND v.report_id <> ${reportId}
       AND v.occurred_at BETWEEN ${occurred} - ${window} AND ${occurred} + ${window}
     ORDER BY distance, v.report_id LIMIT 20`,
  );
  return rows.map((row) => ({
    reportId: row.report_id,
    status: row.status,
    outcome: row.outcome,
    occurredAt: row.occurred_at.toISOString(),
    distanceMetres: Math.round(row.distance * 10) / 10,
    daysApart: Math.round(Number(row.days) * 10) / 10,
  }));
}
