import type { Database } from '#platform/database.ts';
import { Parameters } from '../../district/conditions.ts';
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
  const parameters = new Parameters();
  const conditions = [
    `district = ${parameters.add(moment.district)}`,
    `known_at <= COALESCE(${parameters.add(moment.asOf ?? null)}::timestamptz, 'infinity')`,
  ];
  if (filter.series) conditions.push(`series = ${parameters.add(filter.series)}`);
  if (filter.indicatorId) conditions.push(`indicator_id = ${parameters.add(filter.indicatorId)}`);
  if (filter.areaId !== undefined) conditions.push(`area_id = ${parameters.add(filter.areaId)}`);
  if (filter.from) conditions.push(`period_end >= ${parameters.add(filter.from)}::date`);
  if (filter.to) conditions.push(`period_start <= ${parameters.add(filter.to)}::date`);
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
    `SELECT * FROM (
       SELECT *, row_number() OVER period AS revision, lag(value) OVER period AS previous_value, lead(sequence) OVER period AS next_sequence
       FROM economy.indicator_versions WHERE ${conditions.join(' AND ')}
       WINDOW period AS (PARTITION BY series, indicator_id, area_id, period_start, period_end ORDER BY known_at, sequence)) AS revised
     ${filter.revisions ? '' : 'WHERE next_sequence IS NULL'}
     ORDER BY series, indicator_id, area_id, period_start, period_end, revision`,
    parameters.values,
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
