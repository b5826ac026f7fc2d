import sql, { type Sql } from 'sql-template-tag';
import type { Reads } from '#platform/database.ts';
import { localDay } from '#platform/local-time.ts';
import { coverageOfAreas, peopleOfAges } from '../../coverage/area-coverage.ts';
import { readVaccinated } from '../../coverage/read-vaccinated.ts';
import { dividedBefore, namesOfAreas, readAreaChanges } from '../../district/area-changes.ts';
import { known } from '../../district/known.ts';
import type { Moment } from '../../district/moment.ts';
import { areasSql, summedUp } from '../areas.ts';
import { type AllPublished, countedAreas, countsSql, numberOfDay } from '../counts/counts-sql.ts';
import { windowCounts } from '../counts/window-count.ts';
import { type AreaFigures, type FigureRow, figuresOfRow, type KnownOfAll } from './figures-of-row.ts';
import { lineListSql } from './line-list-sql.ts';
import { readNewestCases } from './newest-case.ts';

export interface AreasWanted {
  level?: string | undefined;
  areaIds?: readonly string[] | undefined;
}

/**
 * The one statement behind every figure of epidemic but coverage and people. A case or facility belongs to its area and to everything above it; what lies in no
 * known area belongs to the top area alone, so that the parts and what is outside them add up to the whole.
 */
const figuresSql = (moment: Moment, across: boolean): Sql => sql`WITH ${areasSql(moment)},
${lineListSql(moment)},
${countsSql(moment, 'new-cases')},
beds AS (${summedUp(
  sql`sum(beds_total - beds_occupied) AS beds_free`,
  sql`epidemic.capacity_versions`,
  sql`v.district = ${moment.district} AND ${known('v', moment)}`,
)}),
cumulative AS (${summedUp(
  sql`true AS cumulative`,
  sql`epidemic.count_versions`,
  sql`v.district = ${moment.district} AND ${known('v', moment)} AND measure = 'cumulative-cases' AND period_end <= ${moment.day}::date`,
)}),
heard AS (
  SELECT bool_or(feed = 'cases') AS line, bool_or(feed IN ('cases', 'counts')) AS any_feed FROM epidemic.feeds WHERE district = ${moment.district}
)
SELECT areas.*, coalesce((SELECT line FROM heard), false) AS line_heard, coalesce((SELECT any_feed FROM heard), false) AS cases_heard,
  coalesce(line_7, 0)::int AS line_7, coalesce(line_14, 0)::int AS line_14, coalesce(active, 0)::int AS active,
  published, line_days, named, beds_free::int AS beds_free, cumulative,
  ${across ? sql`(SELECT published_all FROM published_all)` : sql`NULL`} AS published_all,
  ${across ? sql`(SELECT json_object_agg(area_id, active) FROM active WHERE area_id IS NOT NULL AND area_id NOT IN (SELECT area_id FROM paths))` : sql`NULL`} AS active_elsewhere
FROM areas LEFT JOIN line_sum USING (area_id) LEFT JOIN active_sum USING (area_id) LEFT JOIN counts USING (area_id)
LEFT JOIN beds USING (area_id) LEFT JOIN cumulative USING (area_id)
ORDER BY areas.level, areas.area_id`;

/** Figures of the areas of a level, of the named areas, or of all. */
export async function readFigures(database: Reads, moment: Moment, wanted: AreasWanted = {}): Promise<AreaFigures[]> {
  return figuresOf(await readKnown(database, moment), wanted);
}

/**
 * Figures in which no case of the line list is counted: those of published counts, of beds and of coverage. `coverageIsPublished`: false where coverage is counted from
 * single doses.
 */
export async function readFiguresWithoutCases(
  database: Reads,
  moment: Moment,
  wanted: AreasWanted = {},
): Promise<{ areas: AreaFigures[]; coverageIsPublished: boolean }> {
  const read = await readKnown(database, moment, (row) => ({
    ...row,
    ...{ line_heard: false, named: false, line_days: null, line_7: 0, line_14: 0, active: 0 },
  }));
  const coverageIsPublished = read.rows.every(
    ({ area_id }) => read.known.coverage(area_id, 0, 'oneDose').basis !== 'single doses',
  );
  return { areas: figuresOf(read, wanted), coverageIsPublished };
}

interface Read {
  rows: FigureRow[];
  known: KnownOfAll;
}

/** An area's figure needs its parts, so all areas are read whichever are wanted. */
const figuresOf = ({ rows, known }: Read, { level, areaIds }: AreasWanted): AreaFigures[] =>
  rows
    .filter((row) => level === undefined || row.level === level)
    .filter((row) => areaIds === undefined || areaIds.includes(row.area_id))
    .map((row) => figuresOfRow(row, known));

async function readKnown(
  database: Reads,
  moment: Moment,
  asCounted: (row: FigureRow & Across) => FigureRow & Across = (row) => row,
): Promise<Read> {
  const changes = await readAreaChanges(database, moment);
  const found = await database.query<FigureRow & Across>(figuresSql(moment, changes.size > 0));
  const rows = found.rows.map(asCounted);
  const areas = rows.map((row) => ({ areaId: row.area_id, parentId: row.parent_id, level: row.level }));
  const [vaccinated] = await readVaccinated(database, moment, areas, [moment.day]);
  const names = new Map([
    ...(changes.size > 0 ? await namesOfAreas(database, moment) : []),
    ...rows.map((row) => [row.area_id, row.name] as const),
  ]);
  const day = numberOfDay(moment.day);
  const isListQuiet = (rows[0]?.line_heard ?? false) && rows.length > 0 && rows.every(({ line_7 }) => line_7 === 0);
  const known = {
    moment,
    newest: isListQuiet ? await readNewestCases(database, moment) : undefined,
    counts: windowCounts(countedAreas(rows, rows[0]?.published_all ?? null, changes, day), {
      day,
      lineHeard: rows[0]?.line_heard ?? false,
    }),
    coverage: coverageOfAreas(vaccinated!).coverage,
    peopleOf: peopleOfAges(vaccinated!),
    runningDay: numberOfDay(localDay(Date.parse(moment.instant), moment.timeZone)),
    nameOf: (areaId: string) => names.get(areaId) ?? areaId,
    divisionOf: (areaId: string) => {
      const parts = dividedBefore(changes, areaId);
      if (parts.length === 0) return undefined;
      const active = parts.reduce((sum, part) => sum + (rows[0]!.active_elsewhere?.[part] ?? 0), 0);
      return { since: numberOfDay(changes.get(areaId)!.since), parts, active };
    },
  };
  return { rows, known };
}

/** Read where borders changed: periods of every area, and active cases of areas that ended and lie wholly in none. */
interface Across {
  published_all: AllPublished;
  active_elsewhere: Record<string, number> | null;
}
