import sql from 'sql-template-tag';
import { addDays } from '#contracts/days.ts';
import type { Reads } from '#platform/database.ts';
import { KeptAnswers } from '#platform/kept-answers.ts';
import { instantOfWallClock, localDay } from '#platform/local-time.ts';
import type { Moment } from '../../district/moment.ts';
import type { AreaFigures } from '../figures/figures-of-row.ts';
import { coverageFormulas, type FormulaId } from '../figures/formulas.ts';
import { type AreasWanted, readFigures, readFiguresWithoutCases } from '../figures/read-figures.ts';
import type { ReleasedTable, Releases } from './read-week.ts';
import { releasedFigures } from './released-figures.ts';

/** How long ago the newest released week may have ended: after that nothing of now is known. */
const freshWeeks = 4;
/** Weeks of the longest window. */
const windowWeeks = 2;

/** The released weeks that the figures of a moment are of, newest first. */
export const newestReleased = ({ releases }: { releases: Releases }, moment: Moment): Promise<ReleasedTable[]> =>
  releases.tables(moment, { from: addDays(moment.day, -7 * freshWeeks), to: moment.day }, windowWeeks);

/** Figures for somebody who may see rows of persons in some areas or in none: exact ones of those areas, of the others what was released. */
export type TellableFigures = (
  database: Reads,
  moment: Moment,
  wanted: AreasWanted,
  known: {
    /** Areas of which he may be told exact counts. */
    exact: ReadonlySet<string>;
    released: readonly ReleasedTable[];
  },
) => Promise<AreaFigures[]>;

const keptReadings = 64;

/** What is not of cases is read once for all who ask, until something of it changes: cases come by the second, and beds and borders do not. */
export function tellableFigures(): TellableFigures {
  const kept = new KeptAnswers<Awaited<ReturnType<typeof readFiguresWithoutCases>>>(keptReadings);
  const readWithoutCases = async (database: Reads, moment: Moment, wanted: AreasWanted) =>
    kept.of(await versionOf(database, moment, wanted), () => readFiguresWithoutCases(database, moment, wanted));
  return async (database, moment, wanted, { exact, released }) => {
    const { areas, coverageIsPublished } = await readWithoutCases(database, moment, wanted);
    const told = areas.map((area) => releasedFigures(area, { released, coverageIsPublished }));
    const settled = coverageIsPublished
      ? told
      : withCoverageOf(told, (await readWithoutCases(database, atMidnight(moment), wanted)).areas);
    if (exact.size === 0) return settled;
    const own = await readFigures(database, moment, { ...wanted, areaIds: ownOf(wanted, exact) });
    const ownById = new Map(own.map((area) => [area.areaId, area]));
    return settled.map((area) => ownById.get(area.areaId) ?? area);
  };
}

/** Names everything that a reading without cases is made of: two readings of one version are alike. */
async function versionOf(database: Reads, moment: Moment, { level, areaIds }: AreasWanted): Promise<string> {
  const { district, asOf, day, instant, timeZone } = moment;
  const { rows } = await database.query<{ version: string }>(
    sql`SELECT concat_ws(' ',
      (SELECT string_agg(feed || ' ' || sequence, ',' ORDER BY feed) FROM epidemic.feeds WHERE district = ${district} AND feed <> 'cases'),
      (SELECT count(*) || ' ' || max(known_at) FROM geography.published_areas WHERE district = ${district}),
      (SELECT count(*) || ' ' || max(known_at) FROM geography.published_population WHERE district = ${district})) AS version`,
  );
  const asked = [district, level, areaIds?.join(','), asOf, day, localDay(Date.parse(instant), timeZone)];
  return [...asked, rows[0]!.version].join('|');
}

const ownOf = ({ areaIds }: AreasWanted, exact: ReadonlySet<string>) =>
  areaIds === undefined ? [...exact] : areaIds.filter((areaId) => exact.has(areaId));

/** The last local midnight: a share that is told at every moment tells, when it steps, that somebody was vaccinated just then. */
function atMidnight(moment: Moment): Moment {
  const { instant, timeZone } = moment;
  const midnight = instantOfWallClock(Date.parse(`${localDay(Date.parse(instant), timeZone)}T00:00:00Z`), timeZone);
  const asOf = new Date(midnight).toISOString();
  return { ...moment, asOf, instant: asOf };
}

const coverageIds: readonly FormulaId[] = coverageFormulas.map(({ id }) => id);

function withCoverageOf(areas: readonly AreaFigures[], settled: readonly AreaFigures[]): AreaFigures[] {
  const rounded = settled.map((area) => releasedFigures(area, { released: [], coverageIsPublished: false }));
  const byId = new Map(rounded.map((area) => [area.areaId, area]));
  return areas.map((area) => {
    const from = byId.get(area.areaId);
    const coverage = Object.fromEntries(coverageIds.map((id) => [id, (from ?? area).figures[id]]));
    return { ...area, figures: { ...area.figures, ...coverage } };
  });
}
