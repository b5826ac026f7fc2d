import { addDays } from '#contracts/days.ts';
import type { Reads } from '#platform/database.ts';
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

/**
 * Figures for somebody who may see rows of persons in some areas or in none: exact ones of those areas, of the others what was released.
 *
 * @param exact areas of which he may be told exact counts
 */
export async function readTellableFigures(
  database: Reads,
  moment: Moment,
  wanted: AreasWanted,
  { exact, released }: { exact: ReadonlySet<string>; released: readonly ReleasedTable[] },
): Promise<AreaFigures[]> {
  const { areas, coverageIsPublished } = await readFiguresWithoutCases(database, moment, wanted);
  const told = areas.map((area) => releasedFigures(area, { released, coverageIsPublished }));
  const settled = coverageIsPublished ? told : withCoverageOf(told, await coverageAtMidnight(database, moment, wanted));
  if (exact.size === 0) return settled;
  const own = await readFigures(database, moment, { ...wanted, areaIds: ownOf(wanted, exact) });
  const ownById = new Map(own.map((area) => [area.areaId, area]));
  return settled.map((area) => ownById.get(area.areaId) ?? area);
}

const ownOf = ({ areaIds }: AreasWanted, exact: ReadonlySet<string>) =>
  areaIds === undefined ? [...exact] : areaIds.filter((areaId) => exact.has(areaId));

/** Coverage as known at the last local midnight: a share that is told at every moment tells, when it steps, that somebody was vaccinated just then. */
async function coverageAtMidnight(database: Reads, moment: Moment, wanted: AreasWanted): Promise<AreaFigures[]> {
  const { instant, timeZone } = moment;
  const midnight = instantOfWallClock(Date.parse(`${localDay(Date.parse(instant), timeZone)}T00:00:00Z`), timeZone);
  const asOf = new Date(midnight).toISOString();
  const { areas } = await readFiguresWithoutCases(database, { ...moment, asOf, instant: asOf }, wanted);
  return areas.map((area) => releasedFigures(area, { released: [], coverageIsPublished: false }));
}

const coverageIds: readonly FormulaId[] = coverageFormulas.map(({ id }) => id);

function withCoverageOf(areas: readonly AreaFigures[], settled: readonly AreaFigures[]): AreaFigures[] {
  const byId = new Map(settled.map((area) => [area.areaId, area]));
  return areas.map((area) => {
    const from = byId.get(area.areaId);
    const coverage = Object.fromEntries(coverageIds.map((id) => [id, (from ?? area).figures[id]]));
    return { ...area, figures: { ...area.figures, ...coverage } };
  });
}
