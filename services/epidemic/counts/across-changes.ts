import { type AreaChange, type AreaChanges, mergedStatements } from '../../district/area-changes.ts';
import { numberOfDay } from './day-numbers.ts';
import { type CountedArea, longestPeriodDays, lookBackDays } from './window-count.ts';

type Periods = CountedArea['published'];

/**
 * Published periods of areas across a change of borders. Of an area whose parts are whole, a period that ended before the change is the sum over these parts, where all of
 * them publish just this period. Of a whole whose parts changed, while a window may reach across: the sum over its parts of before, and over those of now. Pure.
 *
 * @param publishedOf periods of any area, of those too that ended
 * @param day that is looked at, counted from 1970-01-01
 */
export function acrossChanges(
  areas: readonly CountedArea[],
  changes: AreaChanges,
  publishedOf: (areaId: string) => Periods,
  day: number,
): CountedArea[] {
  if (changes.size === 0) return [...areas];
  const endedBefore = (periods: Periods, { since }: AreaChange) =>
    periods.filter(({ end }) => end < numberOfDay(since));
  /** What is said of the area itself: of an id that was there before, since its borders are others. */
  const ownOf = (areaId: string): Periods => {
    const change = changes.get(areaId);
    const own = publishedOf(areaId);
    return change?.wasThere ? own.filter(({ end }) => end >= numberOfDay(change.since)) : own;
  };
  const periodsOf = (areaId: string, above: readonly string[] = []): Periods => {
    const change = changes.get(areaId);
    if (!change || above.includes(areaId)) return publishedOf(areaId);
    const own = ownOf(areaId);
    if (change.divided.length > 0) return own;
    const members = change.whole.map((part) => endedBefore(periodsOf(part, [...above, areaId]), change));
    return added(own, merged(change.wasThere ? [endedBefore(publishedOf(areaId), change), ...members] : members));
  };
  const children = Map.groupBy(areas, ({ parentId }) => parentId);
  const ofParts = (areaId: string): Periods => {
    const below = (children.get(areaId) ?? []).map((child) => child.areaId);
    const since = below
      .map((child) => changes.get(child)?.since ?? '')
      .reduce((newest, one) => (one > newest ? one : newest), '');
    if (since === '' || numberOfDay(since) <= day - lookBackDays - longestPeriodDays) return [];
    const first = numberOfDay(since);
    const before = new Map<string, Periods>();
    for (const child of below) {
      const change = changes.get(child);
      if (!change || change.wasThere) before.set(child, publishedOf(child));
      for (const part of [...(change?.whole ?? []), ...(change?.divided ?? [])]) before.set(part, periodsOf(part));
    }
    return [
      ...merged([...before.values()].map((periods) => periods.filter(({ end }) => end < first))),
      ...merged(below.map((child) => ownOf(child).filter(({ start }) => start >= first))),
    ];
  };
  return areas.map((area) => {
    const periods = periodsOf(area.areaId);
    return { ...area, published: periods.length > 0 ? periods : ofParts(area.areaId) };
  });
}

const keyOf = ({ start, end }: Periods[number]) => `${start} ${end}`;

/** The same period of several areas as one. What one of them does not say as a number is none. */
const merged = (members: readonly Periods[]): Periods =>
  mergedStatements(members, keyOf, (rows) => ({
    start: rows[0]!.start,
    end: rows[0]!.end,
    cases: rows.some(({ cases }) => cases === null) ? null : rows.reduce((sum, { cases }) => sum + cases!, 0),
    ratePer100k: null,
    suppressed: rows.some(({ suppressed }) => suppressed),
  }));

const added = (own: Periods, sums: Periods): Periods => {
  const said = new Set(own.map(keyOf));
  return [...own, ...sums.filter((period) => !said.has(keyOf(period)))];
};
