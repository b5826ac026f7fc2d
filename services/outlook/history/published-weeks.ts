import { dayNumber, type Revision } from '@vungxanh/ml';
import type { Database } from '#platform/database.ts';
import type { Moment } from '../../district/moment.ts';
import { weeksOfDays } from './weeks-of-days.ts';

interface Row {
  index: number;
  last_day: string;
  published_ms: number;
  cases: number | null;
  rate_per_100k: number | null;
  suppressed: boolean;
}

/**
 * Weekly counts of the areas as they were published, each revision with its instant; where only days are published, weeks made of them. Areas that are not
 * asked for are left out.
 */
export async function readPublishedWeeks(
  database: Database,
  moment: Moment,
  areaIds: string[],
  people: (number | null)[],
): Promise<Revision[]> {
  const read = async (periodDays: number) =>
    (
      await database.query<Row>(
        `SELECT position::int - 1 AS index, period_end AS last_day, extract(epoch FROM known_at) * 1000 AS published_ms, cases, rate_per_100k, suppressed
         FROM epidemic.published_counts JOIN unnest($3::text[]) WITH ORDINALITY AS wanted(area_id, position) USING (area_id)
         WHERE district = $1 AND measure = 'new-cases' AND period_end - period_start + 1 = $4 AND known_at <= $2 AND period_end <= $5::date
         ORDER BY known_at, sequence`,
        [moment.district, moment.instant, areaIds, periodDays, moment.day],
      )
    ).rows.map((row) => {
      const unit = (people[row.index] ?? Number.NaN) / 1e5;
      const rate = row.rate_per_100k ?? (row.cases === null ? Number.NaN : row.cases / unit);
      return {
        area: row.index,
        instant: Number(row.published_ms),
        day: dayNumber(row.last_day),
        rate: row.suppressed ? Number.NaN : rate,
      };
    });
  const weekly = await read(7);
  if (weekly.length === 0) return weeksOfDays(await read(1));
  return weekly.map(({ area, instant, day, rate }) => ({
    ...{ instant, area, rate, weekEnd: day },
    publishedDay: Math.floor(instant / 86_400_000),
  }));
}
