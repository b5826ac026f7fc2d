import type { Revision } from '@vungxanh/ml';
import { type CaseChanges, firstDayOf, type Groups, KnownCounts } from '../../case-history/known-counts.ts';

/** Weekly rates of areas with everything that was ever known of them: what the risk and the forecast are made from. */
export interface WeeklyHistory {
  areaIds: string[];
  /** people, by area; all above 0 */
  populations: number[];
  neighbours: Int32Array[];
  /** in the order of publication */
  revisions: Revision[];
  /** week ends (day numbers) from which a forecast is made, seven days apart; the last is the present */
  firstOrigin: number;
  lastOrigin: number;
}

const week = 7;
/** Days after a week's end on which a published table is usually out; the walk looks at an origin with what is out by then. */
const publicationDays = 5;

/**
 * A line list as a weekly table: weeks end on the weekday of the present day, and the table "is published" at the present time of day of each
 * of those days, as the cases were known then. So the newest, unfinished week is compared with weeks that were as unfinished. The publication
 * bears the day on which a health department's would come: the walk doubts a week that is out before its end, as such a department's would be.
 */
export function revisionsOfLineList(
  changes: CaseChanges,
  groups: Groups,
  populations: readonly number[],
  onDay: number,
): Pick<WeeklyHistory, 'revisions' | 'firstOrigin' | 'lastOrigin'> | undefined {
  const firstCase = firstDayOf(changes);
  if (firstCase === undefined) return undefined;
  const weeks = Math.max(1, Math.ceil((onDay - firstCase + 1) / week));
  const firstOrigin = onDay - week * (weeks - 1);
  const known = new KnownCounts(changes, groups, populations.length, firstOrigin - week + 1, onDay);
  const revisions: Revision[] = [];
  const published = new Map<number, number>();
  for (let origin = firstOrigin; origin <= onDay; origin += week) {
    known.goTo(onDay - origin);
    for (let weekEnd = firstOrigin; weekEnd <= origin; weekEnd += week)
      populations.forEach((people, area) => {
        const cases = known.sum(area, weekEnd, week);
        const cell = weekEnd * populations.length + area;
        if (published.get(cell) === cases) return;
        published.set(cell, cases);
        revisions.push({
          instant: origin * 86_400_000,
          publishedDay: origin + publicationDays,
          area,
          weekEnd,
          rate: (cases * 1e5) / people,
        });
      });
  }
  return { revisions, firstOrigin, lastOrigin: onDay };
}

/** A published table: origins are its week ends; the last is the newest that was published, or should have been by now. */
export function originsOfPublished(
  revisions: readonly Revision[],
  onDay: number,
): Pick<WeeklyHistory, 'firstOrigin' | 'lastOrigin'> | undefined {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { weekEnd } of revisions) {
    first = Math.min(first, weekEnd);
    last = Math.max(last, weekEnd);
  }
  if (!Number.isFinite(first)) return undefined;
  const due = first + week * Math.floor((onDay - publicationDays - first) / week);
  return { firstOrigin: first, lastOrigin: Math.max(last, due) };
}
