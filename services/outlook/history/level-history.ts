import { dayNumber, type Revision } from '@vungxanh/ml';
import type { WordedAbstention } from '#contracts/http/outlook/abstention.ts';
import type { Database } from '#platform/database.ts';
import { readCaseChanges } from '../../case-history/case-changes.ts';
import { casesSaid, type DividedAreas, dividedAreas } from '../../case-history/divided-areas.ts';
import { groupsOf } from '../../case-history/known-counts.ts';
import { observedDelays, withheldAfterLoad } from '../../case-history/observed-delays.ts';
import { type AreaChanges, namesOfAreas, readAreaChanges } from '../../district/area-changes.ts';
import type { Moment } from '../../district/moment.ts';
import { type Level, type Places, readNeighbours, readPlaces } from '../../district/places.ts';
import { weeksOfAll } from './district-weeks.ts';
import { fillDividedWeeks } from './divided-weeks.ts';
import { readPublishedWeeks } from './published-weeks.ts';
import { originsOfPublished, revisionsOfLineList, type WeeklyHistory } from './weekly-history.ts';

export interface LevelHistory {
  places: Places;
  /** undefined: nothing has ever been heard of cases here, or nobody lives in any area */
  history: WeeklyHistory | undefined;
  source: 'line-list' | 'published-counts';
  /** areas of the level without a population: nothing can be said of a rate there */
  withoutPopulation: string[];
  /** Why what rests on reporting delays is withheld: a list of older cases was loaded in one go. */
  load?: WordedAbstention | undefined;
  /** Areas whose weeks before the day of their borders are not known: in the history they have the rate of the others. */
  divided: DividedAreas;
}

/** Borders change rarely and cost most to compare. Emptied when geography says that areas were committed. */
export class NeighbourMemory {
  private readonly kept = new Map<string, { areaIds: string; neighbours: Int32Array[] }>();

  forget(district: string): void {
    for (const key of this.kept.keys()) if (key.startsWith(`${district} `)) this.kept.delete(key);
  }

  async of(database: Database, moment: Moment, level: Level, areaIds: string[]): Promise<Int32Array[]> {
    const key = `${moment.district} ${level}`;
    const names = areaIds.join(' ');
    const kept = this.kept.get(key);
    if (moment.asOf === undefined && kept?.areaIds === names) return kept.neighbours;
    const neighbours = await readNeighbours(database, moment, areaIds);
    if (moment.asOf === undefined) this.kept.set(key, { areaIds: names, neighbours });
    return neighbours;
  }
}

/** The weekly history of a level's areas: as published where a department publishes weeks, else counted from the line list. */
export async function readHistory(
  database: Database,
  moment: Moment,
  level: Level,
  memory: NeighbourMemory,
): Promise<LevelHistory> {
  const places = await readPlaces(database, moment);
  const ofLevel = places.all.filter((place) => place.level === level);
  const populated = ofLevel.filter((place) => (place.people ?? 0) > 0);
  const withoutPopulation = ofLevel.filter((place) => !((place.people ?? 0) > 0)).map((place) => place.areaId);
  const areaIds = populated.map((place) => place.areaId);
  const populations = populated.map((place) => place.people!);
  const none = { places, history: undefined, source: 'line-list' as const, withoutPopulation, divided: new Map() };
  if (areaIds.length === 0) return none;
  const onDay = dayNumber(moment.day);
  const neighbours = await memory.of(database, moment, level, areaIds);
  const borders = await readAreaChanges(database, moment);
  const names: ReadonlyMap<string, string> = borders.size > 0 ? await namesOfAreas(database, moment) : new Map();
  const sinceOf = (divided: DividedAreas) => (area: number) => divided.get(areaIds[area]!)?.since;
  const published = await publishedWeeks(database, moment, level, places, areaIds, populations, borders);
  const origins = originsOfPublished(published, onDay);
  if (origins) {
    const divided = dividedAreas(borders, names, await countsSaid(database, moment));
    const revisions = fillDividedWeeks(published, populations, sinceOf(divided));
    return {
      places,
      history: { areaIds, populations, neighbours, revisions, ...origins },
      source: 'published-counts',
      withoutPopulation,
      divided,
    };
  }
  const changes = await readCaseChanges(database, moment);
  const table = revisionsOfLineList(changes, groupsOf(changes, areaIds, places), populations, onDay);
  if (!table) return none;
  const divided = dividedAreas(borders, names, casesSaid(changes));
  return {
    places,
    history: {
      areaIds,
      populations,
      neighbours,
      ...table,
      revisions: fillDividedWeeks(table.revisions, populations, sinceOf(divided)),
    },
    source: 'line-list',
    withoutPopulation,
    load: withheldAfterLoad(observedDelays(changes, onDay)),
    divided,
  };
}

/** Whether counts of a period of before a day were published of an area. */
async function countsSaid(database: Database, moment: Moment): Promise<(areaId: string, beforeDay: number) => boolean> {
  const { rows } = await database.query<{ area_id: string; first: number }>(
    `SELECT area_id, min(period_start) - '1970-01-01'::date AS first FROM epidemic.published_counts
     WHERE district = $1 AND known_at <= $2 AND measure = 'new-cases' GROUP BY area_id`,
    [moment.district, moment.instant],
  );
  const first = new Map(rows.map((row) => [row.area_id, row.first]));
  return (areaId, beforeDay) => (first.get(areaId) ?? Number.POSITIVE_INFINITY) < beforeDay;
}

/** As published for the areas themselves; for a district of which only its wards are published, the wards together. */
async function publishedWeeks(
  database: Database,
  moment: Moment,
  level: Level,
  places: Places,
  areaIds: string[],
  populations: number[],
  borders: AreaChanges,
): Promise<Revision[]> {
  const own = await readPublishedWeeks(database, moment, areaIds, populations, borders);
  if (own.length > 0 || level !== 'district' || areaIds.length !== 1) return own;
  const wards = places.all.filter((place) => place.level === 'ward' && (place.people ?? 0) > 0);
  const people = wards.map((place) => place.people!);
  const parts = await readPublishedWeeks(
    database,
    moment,
    wards.map((place) => place.areaId),
    people,
    borders,
  );
  return weeksOfAll(parts, people);
}
