import sql, { empty } from 'sql-template-tag';
import { day } from '#contracts/primitives.ts';
import type { Database } from '#platform/database.ts';
import { noSuchCursor } from '#platform/problem.ts';
import type { Moment } from '../../district/moment.ts';
import { areasSql } from '../areas.ts';
import { type CaseFilter, casesOf } from './filters.ts';

/** A page of the line list and the total of all pages. Newest first; the cursor is the last row's place. */
export async function listCases(
  database: Database,
  moment: Moment,
  filter: CaseFilter,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ total: number; items: Record<string, unknown>[]; next: string | null }> {
  const where = casesOf(filter, moment);
  const place = cursor ? readCursor(cursor) : undefined;
  const after = place ? sql`AND (event_date, first_sequence) < (${place.day}::date, ${place.sequence}::bigint)` : empty;
  const [count, { rows }] = await Promise.all([
    database.query<{ total: number }>(
      sql`WITH ${areasSql(moment)} SELECT count(*) AS total FROM epidemic.case_versions AS v WHERE ${where}`,
    ),
    database.query<Record<string, unknown>>(
      sql`WITH ${areasSql(moment)} SELECT case_id AS "caseId", v.area_id AS "areaId", areas.name AS "areaName", ST_X(at) AS lon, ST_Y(at) AS lat, event_date AS "eventDate",
         onset_date AS "onsetDate", confirmed_date AS "confirmedDate", age_years AS "ageYears", sex, exposure, status, status_since AS "statusSince",
         known_at AS "knownAt", first_sequence AS "firstSequence", sequence, removed
       FROM epidemic.case_versions AS v LEFT JOIN areas USING (area_id) WHERE ${where} ${after}
       ORDER BY event_date DESC, first_sequence DESC LIMIT ${limit}`,
    ),
  ]);
  const last = rows.at(-1);
  return {
    total: count.rows[0]!.total,
    items: rows.map(({ removed, ...row }) => (removed ? { ...row, removed } : row)),
    next: rows.length === limit && last ? `${last.eventDate}~${last.firstSequence}` : null,
  };
}

/** Where the page before ended. @throws Problem 422 for a cursor that no list gave */
function readCursor(cursor: string): { day: string; sequence: string } {
  const [date = '', sequence = '', ...more] = cursor.split('~');
  // PostgreSQL knows no year 0.
  if (more.length > 0 || !day.safeParse(date).success || date.startsWith('0000') || !/^\d{1,15}$/.test(sequence))
    throw noSuchCursor(cursor);
  return { day: date, sequence };
}
