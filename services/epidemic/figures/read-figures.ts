import sql, { type Sql } from 'sql-template-tag';
import type { Database } from '#platform/database.ts';
import { localDay } from '#platform/local-time.ts';
import { coverageOfAreas, peopleOfAges } from '../../coverage/area-coverage.ts';
import { readVaccinated } from '../../coverage/read-vaccinated.ts';
import { known } from '../../district/known.ts';
import type { Moment } from '../../district/moment.ts';
import { areasSql, summedUp } from '../areas.ts';
import { countedArea, countsSql, numberOfDay } from '../counts/counts-sql.ts';
import { windowCounts } from '../counts/window-count.ts';
import { type AreaFigures, type FigureRow, figuresOfRow } from './figures-of-row.ts';
import { lineListSql } from './line-list-sql.ts';

export interface AreasWanted {
  level?: string | undefined;
  areaIds?: readonly string[] | undefined;
}

/**
 * The one statement behind every figure of epidemic but coverage and people. A case or facility belongs to its area and to everything above it; what lies in no
 * known area belongs to the top area alone, so that the parts and what is outside them add up to the whole.
 */
const figuresSql = (moment: Moment): Sql => sql`WITH ${areasSql(moment)},
${lineListSql(moment)},
${countsSql(moment, 'new-cases')},
beds AS (${summedUp(
  sql`sum(beds_total - beds_occupied) AS beds_free`,
  sql`epidemic.capacity_versions`,
  sql`v.district = ${moment.district} AND ${known('v', moment)}`,
)}),
heard AS (
  SELECT bool_or(feed = 'cases') AS line, bool_or(feed IN ('cases', 'counts')) AS any_feed FROM epidemic.feeds WHERE district = ${moment.district}
)
SELECT areas.*, coalesce((SELECT line FROM heard), false) AS line_heard, coalesce((SELECT any_feed FROM heard), false) AS cases_heard,
  coalesce(line_7, 0)::int AS line_7, coalesce(line_14, 0)::int AS line_14, coalesce(active, 0)::int AS active,
  published, line_days, named, beds_free::int AS beds_free
FROM areas LEFT JOIN line_sum USING (area_id) LEFT JOIN active_sum USING (area_id) LEFT JOIN counts USING (area_id)
LEFT JOIN beds USING (area_id)
ORDER BY areas.level, areas.area_id`;

/** Figures of the areas of a level, of the named areas, or of all. */
export async function readFigures(
  database: Database,
  moment: Moment,
  { level, areaIds }: AreasWanted = {},
): Promise<AreaFigures[]> {
  const { rows } = await database.query<FigureRow>(figuresSql(moment));
  const areas = rows.map((row) => ({ areaId: row.area_id, parentId: row.parent_id, level: row.level }));
  const [vaccinated] = await readVaccinated(database, moment, areas, [moment.day]);
  const names = new Map(rows.map((row) => [row.area_id, row.name]));
  const known = {
    moment,
    counts: windowCounts(rows.map(countedArea), {
      day: numberOfDay(moment.day),
      lineHeard: rows[0]?.line_heard ?? false,
    }),
    coverage: coverageOfAreas(vaccinated!).coverage,
    peopleOf: peopleOfAges(vaccinated!),
    runningDay: numberOfDay(localDay(Date.parse(moment.instant), moment.timeZone)),
    nameOf: (areaId: string) => names.get(areaId) ?? areaId,
  };
  // An area's figure needs its parts, so all areas are read whichever are wanted.
  return rows
    .filter((row) => level === undefined || row.level === level)
    .filter((row) => areaIds === undefined || areaIds.includes(row.area_id))
    .map((row) => figuresOfRow(row, known));
}
