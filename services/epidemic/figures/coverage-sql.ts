import sql, { type Sql } from 'sql-template-tag';
import { known, knownSince } from '../../district/known.ts';
import type { Moment } from '../../district/moment.ts';
import { summedUp } from '../areas.ts';
import { contributorsSql } from './contributors.ts';

/**
 * SQL, for WITH: `published_doses(area_id, one_dose, full_course, population)`, people by published totals; `single_doses(area_id, one_dose,
 * full_course)`, by doses one by one. Wants `areasSql`.
 */
export const coverageSql = (moment: Moment): Sql => sql`dose_rows AS MATERIALIZED (
  SELECT DISTINCT ON (area_id, age_group) area_id, age_group, one_dose, full_course, population
  FROM epidemic.vaccination_versions AS v
  WHERE v.district = ${moment.district} AND ${known('v', moment)} AND as_of_date <= ${moment.day}::date
  ORDER BY area_id, age_group, as_of_date DESC, sequence DESC
),
${contributorsSql('dose', 'dose_rows')},
-- The total as published; where only groups are published, their sum.
dose_own AS (
  SELECT area_id, sum(one_dose) AS one_dose, sum(full_course) AS full_course,
    CASE WHEN bool_and(age_group = 'all') THEN max(population) END AS population
  FROM dose_rows WHERE age_group = 'all' OR area_id NOT IN (SELECT area_id FROM dose_rows WHERE age_group = 'all') GROUP BY area_id
),
published_doses AS (
  SELECT contributors.area_id, sum(one_dose) AS one_dose, sum(full_course) AS full_course,
    CASE WHEN bool_and(contributors.area_id = contributor) THEN max(population) END AS population
  FROM dose_contributors AS contributors JOIN dose_own ON dose_own.area_id = contributor GROUP BY contributors.area_id
),
single_doses AS (${summedUp(
  sql`count(*) FILTER (WHERE dose_number = 1) AS one_dose, count(*) FILTER (WHERE completes_course AND dose_number <= 3) AS full_course`,
  sql`epidemic.doses`,
  sql`v.district = ${moment.district} AND administered_date <= ${moment.day}::date AND ${knownSince('v', moment)}`,
)})`;
