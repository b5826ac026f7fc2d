import sql, { empty, join } from 'sql-template-tag';
import type { Database } from '#platform/database.ts';
import { knownSince } from '../../district/known.ts';
import type { Moment } from '../../district/moment.ts';

export interface IndicatorFilter {
  series?: 'indicator' | 'revenue';
  indicatorId?: string;
  /** Left out: every area and the district; '' is the whole district. */
  areaId?: string;
  from?: string;
  to?: string;
  /** Every revision known at the moment, and not only the newest. */
  revisions?: boolean;
}

export interface IndicatorValue {
  series: 'indicator' | 'revenue';
  indicatorId: string;
  areaId: string | null;
  periodStart: string;
  periodEnd: string;
  value: number;
  unit: string;
  name: string | null;
  source: string;
  knownAt: string;
  /** 1 is the first publication. */
  revision: number;
  previousValue: number | null;
}

/** Values by series and period, as known at the moment. */
export async function readIndicators(
  database: Database,
  moment: Moment,
  filter: IndicatorFilter,
): Promise<IndicatorValue[]> {
  const { series, indicatorId, areaId, from, to } = filter;
  const conditions = [sql`v.district = ${moment.district}`, knownSince('v', moment)];
  if (series) conditions.push(sql`series = ${series}`);
  if (indicatorId) conditions.push(sql`indicator_id = ${indicatorId}`);
  if (areaId !== undefined) conditions.push(sql`area_id = ${areaId}`);
  if (from) conditions.push(sql`period_end >= ${from}::date`);
  if (to) conditions.push(sql`period_start <= ${to}::date`);
  const { rows } = await database.query<{
    series: 'indicator' | 'revenue';
    indicator_id: string;
    area_id: string;
    period_start: string;
    period_end: string;
    value: number;
    unit: string;
    name: string | null;
    source: string;
    known_at: Date;
    revision: number;
    previous_value: number | null;
  }>(
    sql`SELECT * FROM (
       SELECT v.*, row_number() OVER period AS revision, lag(value) OVER period AS previous_value, lead(sequence) OVER period AS next_sequence
       FROM economy.indicator_versions v WHERE ${join(conditions, ' AND ')}
       WINDOW period AS (PARTITION BY series, indicator_id, area_id, period_start, period_end ORDER BY known_at, sequence)) AS revised
     ${filter.revisions ? empty : sql`WHERE next_sequence IS NULL`}
     ORDER BY series, indicator_id, area_id, period_start, period_end, revision`,
  );
  return rows.map((row) => ({
    series: row.series,
    indicatorId: row.indicator_id,
    areaId: row.area_id || null,
    periodStart: row.period_start,
    periodEnd: row.period_end,
    value: row.value,
    unit: row.unit,
    name: row.name,
    source: row.source,
    knownAt: row.known_at.toISOString(),
    revision: row.revision,
    previousValue: row.previous_value,
  }));
}
