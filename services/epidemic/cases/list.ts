import type { Database } from '#platform/database.ts';
import type { Moment } from '../../district/moment.ts';
import { activeStatuses } from '../figures/formulas.ts';
import { geographyMoment, knownSql } from '../moment.ts';

export interface CaseFilter {
  areaId?: string | undefined;
  /** Days of the window that ends on `moment.day`; undefined: every date. */
  windowDays?: number | undefined;
  from?: string | undefined;
  to?: string | undefined;
  active?: boolean | undefined;
  status?: string | undefined;
}

/** Rows of the cases that a figure counts: the same conditions as figures/query.ts. Parameters: $1 district, $2 asOf, $3 geography moment, $4 day. */
function caseConditions(moment: Moment, filter: CaseFilter, values: unknown[]): string {
  const parameter = (value: unknown) => `$${values.push(value)}`;
  const conditions = [`cases.district = $1`, knownSql('cases', moment.asOf, '$2')];
  if (filter.status !== 'not-a-case') conditions.push(`status <> 'not-a-case'`);
  if (filter.status) conditions.push(`status = ${parameter(filter.status)}`);
  if (filter.windowDays !== undefined)
    conditions.push(`event_date > $4::date - ${parameter(filter.windowDays)}::int AND event_date <= $4::date`);
  if (filter.from) conditions.push(`event_date >= ${parameter(filter.from)}::date`);
  if (filter.to) conditions.push(`event_date <= ${parameter(filter.to)}::date`);
  if (filter.active) conditions.push(`status = ANY(${parameter(activeStatuses)}::text[])`);
  if (filter.areaId) {
    const area = parameter(filter.areaId);
    // Below the area, or in no known area when the area is the top one.
    conditions.push(`(cases.area_id IN (SELECT area_id FROM paths WHERE ancestor_id = ${area})
      OR (${area} = (SELECT area_id FROM top) AND (cases.area_id IS NULL OR cases.area_id NOT IN (SELECT area_id FROM paths))))`);
  }
  return conditions.join(' AND ');
}

const withAreas = `WITH areas AS MATERIALIZED (SELECT area_id, parent_id, name, level FROM geography.areas_at($1, $3, $4::date)),
paths AS MATERIALIZED (SELECT area_id, ancestor_id FROM geography.ancestors_at($1, $3, $4::date)),
top AS (SELECT area_id FROM areas WHERE parent_id IS NULL OR parent_id NOT IN (SELECT area_id FROM areas) ORDER BY level = 'district' DESC, area_id LIMIT 1)`;

const base = (moment: Moment): unknown[] => [
  moment.district,
  moment.asOf ?? null,
  geographyMoment(moment.asOf),
  moment.day,
];

/** A page of the line list and the total of all pages. Newest first; the cursor is the last row's place. */
export async function listCases(
  database: Database,
  moment: Moment,
  filter: CaseFilter,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ total: number; items: unknown[]; next: string | null }> {
  const values = base(moment);
  const where = caseConditions(moment, filter, values);
  const count = database.query<{ total: number }>(
    `${withAreas} SELECT count(*) AS total FROM epidemic.case_versions AS cases WHERE ${where}`,
    values,
  );
  const pageValues = [...values];
  const after = page.cursor ? page.cursor.split('~') : undefined;
  const cursor = after
    ? `AND (event_date, first_sequence) < ($${pageValues.push(after[0])}::date, $${pageValues.push(after[1])}::bigint)`
    : '';
  const { rows } = await database.query(
    `${withAreas} SELECT case_id AS "caseId", cases.area_id AS "areaId", areas.name AS "areaName", ST_X(at) AS lon, ST_Y(at) AS lat, event_date AS "eventDate",
       onset_date AS "onsetDate", confirmed_date AS "confirmedDate", age_years AS "ageYears", sex, exposure, status, status_since AS "statusSince",
       known_at AS "knownAt", first_sequence AS "firstSequence", sequence
     FROM epidemic.case_versions AS cases LEFT JOIN areas USING (area_id) WHERE ${where} ${cursor}
     ORDER BY event_date DESC, first_sequence DESC LIMIT $${pageValues.push(page.limit)}`,
    pageValues,
  );
  const last = rows.at(-1) as { eventDate: string; firstSequence: number } | undefined;
  return {
    total: (await count).rows[0]!.total,
    items: rows,
    next: rows.length === page.limit && last ? `${last.eventDate}~${last.firstSequence}` : null,
  };
}

/** Cases a day, by date of event or of onset, for the days from..to; days without a case are there with 0. */
export async function caseSeries(
  database: Database,
  moment: Moment,
  filter: { areaId?: string | undefined; from: string; to: string; by: 'event' | 'onset' },
): Promise<{ day: string; cases: number }[]> {
  const values = base(moment);
  const where = caseConditions(moment, { areaId: filter.areaId }, values);
  const column = filter.by === 'onset' ? 'onset_date' : 'event_date';
  const from = `$${values.push(filter.from)}`;
  const to = `$${values.push(filter.to)}`;
  const { rows } = await database.query<{ day: string; cases: number }>(
    `${withAreas}, counted AS (
       SELECT ${column} AS day, count(*) AS cases FROM epidemic.case_versions AS cases
       WHERE ${where} AND ${column} BETWEEN ${from}::date AND ${to}::date GROUP BY 1)
     SELECT days.day::date::text AS day, coalesce(cases, 0)::int AS cases
     FROM generate_series(${from}::date, ${to}::date, interval '1 day') AS days(day) LEFT JOIN counted ON counted.day = days.day::date ORDER BY 1`,
    values,
  );
  return rows;
}

/** 16-byte points of the located cases of a window; see contracts/points.ts. */
export function casePointsSql(moment: Moment, filter: CaseFilter): { where: string; values: unknown[]; with: string } {
  const values = base(moment);
  return { where: caseConditions(moment, filter, values), values, with: withAreas };
}
