import type { Database } from '#platform/database.ts';
import { knownSql, type Moment } from '../moment.ts';

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
       AND period_end <= coalesce($6::date, $7::date)
     ORDER BY period_end DESC, area_id, sequence DESC LIMIT 20000`,
    [
      moment.district,
      moment.asOf ?? null,
      filter.measure,
      filter.areaId ?? null,
      filter.from ?? null,
      filter.to ?? null,
      moment.onDay,
    ],
  );
  return { total: rows.length, items: rows };
}
