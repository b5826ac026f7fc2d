import type { Revision } from '@vungxanh/ml';
import type { Database } from '#platform/database.ts';
import { type PublishedRow, publishedAcross, sumOfCases } from '../../case-history/published-across.ts';
import { type AreaChanges, wholeBefore } from '../../district/area-changes.ts';
import type { Moment } from '../../district/moment.ts';

import { weeksOfDays } from './weeks-of-days.ts';

interface Row extends PublishedRow {
  publishedMs: number;
  ratePer100k: number | null;
  suppressed: boolean;
}

/**
 * Weekly counts of the areas as they were published, each revision with its instant; where only days are published, weeks made of them. Of areas that others became, weeks of
 * before are the sum of theirs. Areas that are not asked for are left out.
 */
export async function readPublishedWeeks(
  database: Database,
  moment: Moment,
  areaIds: string[],
  people: (number | null)[],
  changes: AreaChanges,
): Promise<Revision[]> {
  const wanted = [...new Set(areaIds.flatMap((areaId) => [areaId, ...wholeBefore(changes, areaId)]))];
  const read = async (periodDays: number) => {
    const { rows } = await database.query<Row>(
      `SELECT area_id AS "areaId", period_start - '1970-01-01'::date AS start, period_end - '1970-01-01'::date AS end, extract(epoch FROM known_at)::float8 * 1000 AS "publishedMs",
         row_number() OVER (ORDER BY known_at, sequence)::int AS at, cases, rate_per_100k AS "ratePer100k", suppressed
       FROM epidemic.published_counts
       WHERE district = $1 AND area_id = ANY($3) AND measure = 'new-cases' AND period_end - period_start + 1 = $4 AND known_at <= $2 AND period_end <= $5::date
       ORDER BY at`,
      [moment.district, moment.instant, wanted, periodDays, moment.day],
    );
    const byArea = Map.groupBy(rows, ({ areaId }) => areaId);
    return areaIds
      .flatMap((areaId, area) =>
        publishedAcross(areaId, changes, (id) => byArea.get(id) ?? [], sumOfRows).map((row) => {
          const unit = (people[area] ?? Number.NaN) / 1e5;
          const rate = row.ratePer100k ?? (row.cases === null ? Number.NaN : row.cases / unit);
          return { area, at: row.at, instant: row.publishedMs, day: row.end, rate: row.suppressed ? Number.NaN : rate };
        }),
      )
      .sort((a, b) => a.at - b.at)
      .map(({ at: _at, ...row }) => row);
  };
  const weekly = await read(7);
  if (weekly.length === 0) return weeksOfDays(await read(1));
  return weekly.map(({ area, instant, day, rate }) => ({
    ...{ instant, area, rate, weekEnd: day },
    publishedDay: Math.floor(instant / 86_400_000),
  }));
}

const sumOfRows = (areaId: string, rows: readonly Row[], latest: Row): Row => ({
  ...latest,
  areaId,
  cases: sumOfCases(rows),
  ratePer100k: null,
  suppressed: rows.some(({ suppressed }) => suppressed),
});
