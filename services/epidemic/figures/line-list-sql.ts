import sql, { type Sql } from 'sql-template-tag';
import type { Moment } from '../../district/moment.ts';
import { summedUp } from '../areas.ts';
import { casesOf, inWindow } from '../cases/filters.ts';

/** SQL, for WITH: `line_sum(area_id, line_7, line_14)`, cases of the windows of 7 and 14 days; `active_sum(area_id, active)`. Wants `areasSql`. */
export const lineListSql = (moment: Moment): Sql => sql`line AS MATERIALIZED (
  SELECT v.area_id, count(*) FILTER (WHERE ${inWindow(moment, 7)}) AS line_7, count(*) AS line_14
  FROM epidemic.case_versions AS v WHERE ${casesOf({ windowDays: 14 }, moment)} GROUP BY v.area_id
),
line_sum AS (${summedUp(sql`sum(line_7) AS line_7, sum(line_14) AS line_14`, sql`line`)}),
active AS MATERIALIZED (
  SELECT v.area_id, count(*) AS active FROM epidemic.case_versions AS v WHERE ${casesOf({ active: true }, moment)} GROUP BY v.area_id
),
active_sum AS (${summedUp(sql`sum(active) AS active`, sql`active`)})`;
