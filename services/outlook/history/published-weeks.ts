import { dayNumber, type Revision } from '@vungxanh/ml';
import type { Database } from '#platform/database.ts';
import type { Moment } from '../../district/moment.ts';

/** Weekly counts of the areas as they were published, each revision with its instant; areas that are not asked for are left out. */
export async function readPublishedWeeks(
  database: Database,
  moment: Moment,
  areaIds: string[],
  people: (number | null)[],
): Promise<Revision[]> {
  const { rows } = await database.query<{
    index: number;
    week_end: string;
    published_ms: number;
    cases: number | null;
    rate_per_100k: number | null;
    suppressed: boolean;
  }>(
    `SELECT position::int - 1 AS index, period_end AS week_end, extract(epoch FROM known_at) * 1000 AS published_ms, cases, rate_per_100k, suppressed
     FROM epidemic.published_counts JOIN unnest($3::text[]) WITH ORDINALITY AS wanted(area_id, position) USING (area_id)
     WHERE district = $1 AND measure = 'new-cases' AND period_end - period_start = 6 AND known_at <= $2
     ORDER BY known_at, sequence`,
    [moment.district, moment.instant, areaIds],
  );
  return rows.map((row) => {
    const unit = (people[row.index] ?? Number.NaN) / 1e5;
    const rate = row.rate_per_100k ?? (row.cases === null ? Number.NaN : row.cases / unit);
    const instant = Number(row.published_ms);
    return {
      instant,
      publishedDay: Math.floor(instant / 86_400_000),
      area: row.index,
      weekEnd: dayNumber(row.week_end),
      rate: row.suppressed ? Number.NaN : rate,
    };
  });
}
