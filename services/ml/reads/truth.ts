import { dayNumber } from '@vungxanh/ml';
import type { Database } from '#platform/database.ts';
import { firstDayOf, groupPlaces, KnownCounts } from '../history/known-counts.ts';
import { readCaseChanges } from './case-changes.ts';
import type { Moment } from './moment.ts';
import type { Level, Places } from './places.ts';
import { readPublishedWeeks } from './published-weeks.ts';

/**
 * Cases of an area in the seven days up to a day, as known at the moment; undefined: not known. The top area is the sum of the areas of the
 * level, as it is in what was forecast.
 */
export async function readTruth(
  database: Database,
  moment: Moment,
  places: Places,
  level: Level,
  areaId: string,
): Promise<(lastDay: number) => number | undefined> {
  const ofLevel = places.all.filter((place) => place.level === level && (place.people ?? 0) > 0);
  const wanted = areaId === places.top ? ofLevel : ofLevel.filter((place) => place.areaId === areaId);
  const areaIds = wanted.map((place) => place.areaId);
  const people = wanted.map((place) => place.people);
  const published = await readPublishedWeeks(database, moment, areaIds, people);
  if (published.length > 0) {
    const newest = new Map<number, number[]>();
    for (const { area, weekEnd, rate } of published) {
      const row = newest.get(weekEnd) ?? areaIds.map(() => Number.NaN);
      row[area] = Math.round((rate * people[area]!) / 1e5);
      newest.set(weekEnd, row);
    }
    return (lastDay) => {
      const total = newest.get(lastDay)?.reduce((a, b) => a + b, 0);
      return total === undefined || Number.isNaN(total) ? undefined : total;
    };
  }
  const changes = await readCaseChanges(database, moment);
  const firstDay = firstDayOf(changes);
  if (firstDay === undefined) return () => undefined;
  const ancestorsOf = new Map(places.all.map((place) => [place.areaId, place.ancestors]));
  const groups = groupPlaces(changes.places, areaIds, ancestorsOf, undefined).map((group) => (group < 0 ? -1 : 0));
  const lastKnown = dayNumber(moment.onDay);
  const known = new KnownCounts(changes, groups, 1, firstDay, lastKnown);
  known.goTo(0);
  return (lastDay) => (lastDay - 6 < firstDay - 60 || lastDay > lastKnown ? undefined : known.sum(0, lastDay, 7));
}
