import sql, { join, type Sql } from 'sql-template-tag';
import type { Database } from '#platform/database.ts';
import type { RequestFilter } from './filter.ts';

/** A report as GeoReport tells it. */
export interface RequestRow {
  report_id: string;
  topic: string;
  status: string;
  status_since: Date;
  occurred_at: Date;
  updated_at: Date;
  due_at: Date | null;
  description: string | null;
  address: string | null;
  external_id: string | null;
  media_url: string | null;
  photos: string | null;
  attributes: string | null;
  channel: string | null;
  unit: string | null;
  outcome: string | null;
  answer: string | null;
  pause_reason: string | null;
  reopenings: number;
  area_id: string | null;
  lon: number | null;
  lat: number | null;
}

/** A closed one changed last when it was closed (GeoReport v2). */
const updatedAt: Sql = sql`CASE WHEN v.status = 'closed' THEN v.status_since ELSE v.known_at END`;

/** Requests of a filter as they are known now, the latest first. */
export async function readRequests(
  database: Database,
  district: string,
  { ids, topics, statuses, from, to, updatedFrom, updatedTo, page, pageSize }: RequestFilter,
): Promise<RequestRow[]> {
  const conditions = [sql`v.district = ${district}`, sql`v.known_until = 'infinity'`, sql`v.reported`];
  if (ids) conditions.push(sql`v.report_id = ANY(${ids}::text[])`);
  else {
    conditions.push(sql`v.occurred_at >= ${from}::timestamptz`, sql`v.occurred_at < ${to}::timestamptz`);
    if (topics) conditions.push(sql`v.topic = ANY(${topics}::text[])`);
    if (statuses)
      conditions.push(sql`(CASE WHEN v.status = 'closed' THEN 'closed' ELSE 'open' END) = ANY(${statuses}::text[])`);
    if (updatedFrom) conditions.push(sql`${updatedAt} >= ${updatedFrom}::timestamptz`);
    if (updatedTo) conditions.push(sql`${updatedAt} <= ${updatedTo}::timestamptz`);
  }
  const { rows } = await database.query<RequestRow>(
    sql`SELECT v.report_id, v.topic, v.status, v.status_since, v.occurred_at, ${updatedAt} AS updated_at, v.due_at, v.description, v.address, v.external_id,
       v.media_url, v.photos, v.attributes, v.channel, v.unit, v.outcome, v.answer, v.pause_reason, v.reopenings, v.area_id, ST_X(v.at) AS lon, ST_Y(v.at) AS lat
     FROM citizens.report_versions v WHERE ${join(conditions, ' AND ')}
     ORDER BY v.occurred_at DESC, v.first_sequence DESC LIMIT ${pageSize}::int OFFSET ${(page - 1) * pageSize}::bigint`,
  );
  return rows;
}
