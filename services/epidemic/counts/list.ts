import type { Database } from '#platform/database.ts';
import type { Moment } from '../../district/moment.ts';
import { contributorsSql } from '../figures/query.ts';
import { geographyMoment, knownSql } from '../moment.ts';

/** Published counts of an area (or all), newest period first; with `revisions`, every figure that was ever published for each period. */
export async function listCounts(
  database: Database,
  moment: Moment,
  filter: {
    areaId?: string | undefined;
    measure: string;
    from?: string | undefined;
    to?: string | undefined;
    revisions?: boolean | undefined;
  },
): Promise<{ total: number; items: unknown[] }> {
  const known = filter.revisions
    ? '($2::timestamptz IS NULL OR counts.known_at <= $2::timestamptz)'
    : knownSql('counts', moment.asOf, '$2');
  const { rows } = await database.query(
    `SELECT area_id AS "areaId", measure, period_start AS "periodStart", period_end AS "periodEnd", cases, rate_per_100k AS "ratePer100k", population,
       suppressed, definition, note, known_at AS "knownAt", CASE WHEN isfinite(known_until) THEN known_until END AS "knownUntil", sequence
     FROM epidemic.count_versions AS counts
     WHERE district = $1 AND ${known} AND measure = $3 AND ($4::text IS NULL OR area_id = $4) AND ($5::date IS NULL OR period_end >= $5)
       AND ($6::date IS NULL OR period_end <= $6)
     ORDER BY period_end DESC, area_id, sequence DESC LIMIT 20000`,
    [
      moment.district,
      moment.asOf ?? null,
      filter.measure,
      filter.areaId ?? null,
      filter.from ?? null,
      filter.to ?? null,
    ],
  );
  return { total: rows.length, items: rows };
}

/**
 * The rows that make up an area's published figure: its own newest period (or two), else those of the uppermost areas below it that publish.
 * Their `cases` add up to the figure.
 */
export async function countsBehindFigure(
  database: Database,
  moment: Moment,
  filter: { areaId: string; measure: string; periods: number },
): Promise<{ total: number; items: unknown[] }> {
  const { rows } = await database.query(
    `WITH paths AS MATERIALIZED (SELECT area_id, ancestor_id FROM geography.ancestors_at($1, $3, $4::date)),
     periods AS MATERIALIZED (
       SELECT * FROM epidemic.count_versions AS counts
       WHERE counts.district = $1 AND ${knownSql('counts', moment.asOf, '$2')} AND measure = $5
         AND period_end <= $4::date AND period_end > $4::date - 28 AND period_end - period_start < 7),
     ${contributorsSql('count', 'periods')}
     SELECT * FROM (
       SELECT periods.area_id AS "areaId", measure, period_start AS "periodStart", period_end AS "periodEnd", cases, rate_per_100k AS "ratePer100k", population,
         suppressed, definition, note, known_at AS "knownAt", sequence, dense_rank() OVER (ORDER BY period_end DESC) AS age
       FROM count_contributors AS contributors JOIN periods ON periods.area_id = contributor WHERE contributors.area_id = $6) AS ranked
     WHERE age <= $7 ORDER BY "periodEnd" DESC, "areaId"`,
    [
      moment.district,
      moment.asOf ?? null,
      geographyMoment(moment.asOf),
      moment.day,
      filter.measure,
      filter.areaId,
      filter.periods,
    ],
  );
  return { total: rows.length, items: rows };
}
