import { dayNumber, type Revision } from '@vungxanh/ml';
import type { Database } from '#platform/database.ts';
import { readCaseChanges } from '../../case-history/case-changes.ts';
import { groupsOf } from '../../case-history/known-counts.ts';
import { observedDelays, withheldAfterLoad } from '../../case-history/observed-delays.ts';
import type { Moment } from '../../district/moment.ts';
import { type Level, type Places, readNeighbours, readPlaces } from '../../district/places.ts';
import { weeksOfAll } from './district-weeks.ts';
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
  load?: { reason: string; detail: string } | undefined;
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
  const none = { places, history: undefined, source: 'line-list' as const, withoutPopulation };
  if (areaIds.length === 0) return none;
  const onDay = dayNumber(moment.day);
  const neighbours = await memory.of(database, moment, level, areaIds);
  const published = await publishedWeeks(database, moment, level, places, areaIds, populations);
  const origins = originsOfPublished(published, onDay);
  if (origins)
    return {
      places,
      history: { areaIds, populations, neighbours, revisions: published, ...origins },
      source: 'published-counts',
      withoutPopulation,
    };
  const changes = await readCaseChanges(database, moment);
  const table = revisionsOfLineList(changes, groupsOf(changes, areaIds, places), populations, onDay);
  if (!table) return none;
  return {
    places,
    history: { areaIds, populations, neighbours, ...table },
    source: 'line-list',
    withoutPopulation,
    load: withheldAfterLoad(observedDelays(changes, onDay)),
  };
}

/** As published for the areas themselves; for a district of which only its wards are published, the wards together. */
async function publishedWeeks(
  database: Database,
  moment: Moment,
  level: Level,
  places: Places,
  areaIds: string[],
  populations: number[],
): Promise<Revision[]> {
  const own = await readPublishedWeeks(database, moment, areaIds, populations);
  if (own.length > 0 || level !== 'district' || areaIds.length !== 1) return own;
  const wards = places.all.filter((place) => place.level === 'ward' && (place.people ?? 0) > 0);
  const people = wards.map((place) => place.people!);
  const parts = await readPublishedWeeks(
    database,
    moment,
    wards.map((place) => place.areaId),
    people,
  );
  return weeksOfAll(parts, people);
}
