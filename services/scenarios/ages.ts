import { ageRange } from '../coverage/age-ranges.ts';
import { modelAges } from './assumptions.ts';

/** Whole numbers in the proportions of `weights` that sum to `total` (largest remainders). */
export function shareOut(total: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(all > 0)) return weights.map(() => 0);
  const exact = weights.map((weight) => (total * weight) / all);
  const out = exact.map(Math.floor);
  let left = Math.round(total) - out.reduce((sum, count) => sum + count, 0);
  for (const [i] of exact.map((value, i) => [i, value - Math.floor(value)] as const).sort((a, b) => b[1] - a[1])) {
    if (left <= 0) break;
    out[i]!++;
    left--;
  }
  return out;
}

/**
 * People by the model's age groups from published groups. They must cover every age once and have a border at each of the model's.
 * @returns undefined when they do not
 */
export function foldPopulation(groups: ReadonlyMap<string, number>): number[] | undefined {
  const parts = [...groups]
    .filter(([name]) => name !== 'all')
    .map(([name, people]) => ({ ...(ageRange(name) ?? { from: Number.NaN, to: Number.NaN }), people }))
    .sort((a, b) => a.from - b.from);
  if (parts.length === 0 || parts[0]!.from !== 0 || parts.at(-1)!.to !== Number.POSITIVE_INFINITY) return undefined;
  if (parts.some((part, i) => i > 0 && part.from !== parts[i - 1]!.to + 1)) return undefined;
  if (!modelAges.every(({ from }) => parts.some((part) => part.from === from))) return undefined;
  return modelAges.map(({ from }, g) =>
    parts
      .filter((part) => part.from >= from && part.from < (modelAges[g + 1]?.from ?? Number.POSITIVE_INFINITY))
      .reduce((sum, part) => sum + part.people, 0),
  );
}

/**
 * Counts of people (doses) of published groups, spread over the model's. A group that spans several of the model's goes to them by people; "all" goes to
 * adults by people. Where groups overlap each other, "all" is taken when it is there, else the widest.
 */
export function foldCounts(groups: ReadonlyMap<string, number>, population: readonly number[]): number[] {
  const named = [...groups].flatMap(([name, count]) => {
    const group = ageRange(name);
    return group && name !== 'all' ? [{ ...group, count }] : [];
  });
  named.sort((a, b) => a.from - b.from || b.to - a.to);
  const overlap = named.some((group, i) => i > 0 && group.from <= named[i - 1]!.to);
  const all = groups.get('all');
  const used =
    named.length > 0 && !overlap
      ? named
      : all !== undefined
        ? [{ from: 18, to: Number.POSITIVE_INFINITY, count: all }]
        : named.toSorted((a, b) => b.to - b.from - (a.to - a.from)).slice(0, 1);
  const out = modelAges.map(() => 0);
  for (const { from, to, count } of used) {
    const weights = modelAges.map((age, g) => {
      const years = Math.max(0, Math.min(to, age.to) - Math.max(from, age.from) + 1);
      return (population[g]! * years) / (age.to - age.from + 1);
    });
    shareOut(count, weights).forEach((part, g) => {
      out[g]! += part;
    });
  }
  return out;
}
