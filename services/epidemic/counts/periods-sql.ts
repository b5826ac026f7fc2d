import sql, { type Sql } from 'sql-template-tag';
import { known } from '../../district/known.ts';
import type { Moment } from '../../district/moment.ts';
import { contributorsSql } from '../figures/contributors.ts';

/**
 * SQL, for WITH: `periods`, what was published of periods of at most seven days that ended in the four weeks up to the moment's day, and
 * `count_contributors`, whose periods make up an area. Wants `areasSql`.
 */
export const periodsSql = (moment: Moment, measure: string): Sql => sql`periods AS MATERIALIZED (
  SELECT v.* FROM epidemic.count_versions AS v
  WHERE v.district = ${moment.district} AND ${known('v', moment)} AND measure = ${measure}
    AND period_end <= ${moment.day}::date AND period_end > ${moment.day}::date - 28 AND period_end - period_start < 7
),
${contributorsSql('count', 'periods')}`;
