import sql, { type Sql } from 'sql-template-tag';
import type { Moment } from '../../district/moment.ts';
import { periodsSql } from '../counts/periods-sql.ts';

/**
 * SQL, for WITH: `published(area_id, has_published, published, published_previous, published_rate, published_suppressed)`: cases of the newest period
 * and of the one before; the rate where the area itself publishes one. Wants `areasSql`.
 */
export const publishedCountsSql = (moment: Moment): Sql => sql`${periodsSql(moment, 'new-cases')},
ranked AS (
  SELECT contributors.area_id, contributors.area_id = contributor AS own, cases, rate_per_100k, suppressed,
    dense_rank() OVER (PARTITION BY contributors.area_id ORDER BY period_end DESC) AS age
  FROM count_contributors AS contributors JOIN periods ON periods.area_id = contributor
),
published AS (
  SELECT area_id, true AS has_published,
    sum(cases) FILTER (WHERE age = 1) AS published, sum(cases) FILTER (WHERE age = 2) AS published_previous,
    max(rate_per_100k) FILTER (WHERE age = 1 AND own) AS published_rate, bool_or(suppressed) FILTER (WHERE age = 1) AS published_suppressed
  FROM ranked WHERE age <= 2 GROUP BY area_id
)`;
