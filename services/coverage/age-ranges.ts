/** Ages in whole years, both ends belong to it. `to` is Infinity where it is open. */
export interface AgeRange {
  from: number;
  to: number;
}

/** Every age once. */
export const everyAge: AgeRange = { from: 0, to: Number.POSITIVE_INFINITY };

/** The ages of a published group: "18-49", "65+" or "all"; undefined: no such name. */
export function ageRange(name: string): AgeRange | undefined {
  if (name === 'all') return everyAge;
  const [, from, to] = /^(\d+)(?:-(\d+)|\+)$/.exec(name) ?? [];
  return from === undefined
    ? undefined
    : { from: Number(from), to: to === undefined ? Number.POSITIVE_INFINITY : Number(to) };
}

/** "all" or "18+". */
export const groupFrom = (age: number): string => (age === 0 ? 'all' : `${age}+`);

/** Nobody is older: "65-120" is open too. */
const oldestYears = 100;

interface Dated {
  ageGroup: string;
  /** YYYY-MM-DD: since when, or of when its number is */
  date: string;
}

/**
 * Groups that together are exactly the ages `from`..`to`, each age once. Among several such sets: the one whose oldest number is the newest, then
 * the one of fewest groups, as a total that is published stands before a sum of its parts.
 *
 * @returns undefined when no set of the groups is exactly these ages
 */
export function groupsOfAges<Group extends Dated>(
  groups: readonly Group[],
  { from, to }: AgeRange,
): Group[] | undefined {
  const named = groups.flatMap((group) => {
    const range = ageRange(group.ageGroup);
    if (!range) return [];
    return [{ group, from: range.from, to: range.to >= oldestYears ? Number.POSITIVE_INFINITY : range.to }];
  });
  const last = to >= oldestYears ? Number.POSITIVE_INFINITY : to;
  const found = new Map<number, Group[] | undefined>();
  /** The best set for the ages from `age` on. A group ends above its first age, so this comes to an end. */
  const best = (age: number): Group[] | undefined => {
    if (found.has(age)) return found.get(age);
    let chosen: Group[] | undefined;
    for (const one of named) {
      if (one.from !== age || one.to < age || one.to > last) continue;
      const rest = one.to === last ? [] : best(one.to + 1);
      if (!rest) continue;
      const set = [one.group, ...rest];
      if (!chosen || isBetter(set, chosen)) chosen = set;
    }
    found.set(age, chosen);
    return chosen;
  };
  return best(from);
}

const oldest = (set: readonly Dated[]) =>
  set.map(({ date }) => date).reduce((first, date) => (date < first ? date : first));
const isBetter = (one: readonly Dated[], other: readonly Dated[]) =>
  oldest(one) === oldest(other) ? one.length < other.length : oldest(one) > oldest(other);
