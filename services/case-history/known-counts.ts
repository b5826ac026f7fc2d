import type { Places } from '../district/places.ts';

/** Changes of case counts, oldest knowledge first (`age` descending). Flat arrays: they go to a worker as they are. */
export interface CaseChanges {
  /** area ids; null: in no known area */
  places: (string | null)[];
  /** index into places */
  place: Int32Array;
  /** days since 1970-01-01 of the event */
  day: Int32Array;
  /** whole days before the moment at which it was learned: what was known `n` days before is what has age >= n */
  age: Int32Array;
  change: Int32Array;
}

/** Which group each place counts for; -1: none. */
export type Groups = Int32Array;

/** Groups by the areas that hold a place: the first of `areaIds` among its ancestors. Places in no area belong to the top alone. */
export function groupPlaces(
  places: readonly (string | null)[],
  areaIds: readonly string[],
  ancestorsOf: ReadonlyMap<string, readonly string[]>,
  top: string | undefined,
): Groups {
  const indexOf = new Map(areaIds.map((id, index) => [id, index]));
  return Int32Array.from(places, (place) => {
    const above = place === null ? undefined : ancestorsOf.get(place);
    for (const ancestor of above ?? (top === undefined ? [] : [top])) {
      const index = indexOf.get(ancestor);
      if (index !== undefined) return index;
    }
    return -1;
  });
}

/** The groups of the areas a district's changes lie in. */
export function groupsOf(changes: CaseChanges, areaIds: readonly string[], places: Places): Groups {
  return groupPlaces(changes.places, areaIds, places.ancestorsOf, places.top);
}

export function firstDayOf(changes: CaseChanges): number | undefined {
  let first = Number.POSITIVE_INFINITY;
  for (const day of changes.day) if (day < first) first = day;
  return Number.isFinite(first) ? first : undefined;
}

/** Daily counts by group as they were known at one age after another, from the oldest to now. */
export class KnownCounts {
  readonly firstDay: number;
  readonly days: number;
  /** groups × days, row by row; as known at the age asked for last */
  readonly counts: Int32Array;
  private readonly changes: CaseChanges;
  private readonly groups: Groups;
  private next = 0;
  private reached = Number.POSITIVE_INFINITY;

  constructor(changes: CaseChanges, groups: Groups, groupCount: number, firstDay: number, lastDay: number) {
    this.changes = changes;
    this.groups = groups;
    this.firstDay = firstDay;
    this.days = Math.max(0, lastDay - firstDay + 1);
    this.counts = new Int32Array(groupCount * this.days);
  }

  /** @throws when asked for older knowledge than before: what was added is not taken away again */
  goTo(age: number): void {
    if (age > this.reached) throw new RangeError(`age must not rise: ${age} after ${this.reached}`);
    this.reached = age;
    const { changes, groups } = this;
    for (; this.next < changes.age.length && changes.age[this.next]! >= age; this.next++) {
      const group = groups[changes.place[this.next]!]!;
      const at = changes.day[this.next]! - this.firstDay;
      if (group >= 0 && at >= 0 && at < this.days) this.counts[group * this.days + at]! += changes.change[this.next]!;
    }
  }

  /** Cases of a group in the `length` days up to `lastDay`; days outside the window count nothing. */
  sum(group: number, lastDay: number, length: number): number {
    let total = 0;
    for (let day = lastDay - length + 1; day <= lastDay; day++) {
      const at = day - this.firstDay;
      if (at >= 0 && at < this.days) total += this.counts[group * this.days + at]!;
    }
    return total;
  }
}
