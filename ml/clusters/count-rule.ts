/**
 * The plain rule beside the scan: so many cases in a few days in one small area. A scan that deals the dates of all cases anew expects of an area what it has, and so forgives
 * a young cluster in a wave; this rule expects of an area its share of the people and what it had before.
 */
import { logGamma } from '../numerics/gamma-function.ts';

export interface CountRule {
  /** windows of so many days up to the last day */
  windowDays: readonly number[];
  /** fewer cases than this are never raised */
  fewestCases: number;
}

/** Eight cases in three days in a neighbourhood of 1,000 people are to be raised; a family of four is not. */
export const countRuleDefaults: CountRule = { windowDays: [3, 7], fewestCases: 5 };

export interface CountAlarm {
  area: number;
  daysLong: number;
  observed: number;
  expected: number;
  /** chance that any area holds so many cases in such a window: the larger of two tails times the number of areas, at most 1 */
  p: number;
}

/** How alike areas are taken to be at most and at least, as cases by which their own past is outweighed. */
const [leastAlike, mostAlike] = [2, 30];

/**
 * Areas that hold more cases than their people and their past explain, the least likely first.
 * @param cases days × areas, row by row; the last row is the last day
 * @param people by area; where one has none the rule says nothing of it
 */
export function countAlarms(
  cases: ArrayLike<number>,
  days: number,
  people: ArrayLike<number>,
  rule: CountRule = countRuleDefaults,
): CountAlarm[] {
  const areas = people.length;
  if (cases.length !== days * areas)
    throw new RangeError(`cases must have days × areas = ${days * areas} values, got ${cases.length}`);
  const longest = Math.max(...rule.windowDays);
  if (!(longest < days)) throw new RangeError(`windowDays must be below days = ${days}, got ${longest}`);
  const sumOf = (area: number, from: number, to: number) => {
    let sum = 0;
    for (let day = from; day < to; day++) sum += cases[day * areas + area]!;
    return sum;
  };
  const inhabited = Array.from({ length: areas }, (_, area) => area).filter((area) => people[area]! > 0);
  const everybody = inhabited.reduce((sum, area) => sum + people[area]!, 0);
  const whole = (from: number, to: number) => inhabited.reduce((sum, area) => sum + sumOf(area, from, to), 0);
  const best = new Map<number, CountAlarm>();
  for (const length of rule.windowDays) {
    const start = days - length;
    const [allBefore, allNow] = [whole(0, start), whole(start, days)];
    const before = inhabited.map((area) => sumOf(area, 0, start));
    const share = inhabited.map((area) => people[area]! / everybody);
    const alike = likeness(
      before,
      share.map((part) => part * allBefore),
    );
    inhabited.forEach((area, i) => {
      const observed = sumOf(area, start, days);
      if (observed < rule.fewestCases) return;
      // of the others' cases: a cluster does not excuse itself
      const rest = Math.max(1e-9, 1 - share[i]!);
      const usual = (share[i]! / rest) * Math.max(0, allNow - observed);
      const past = (share[i]! / rest) * Math.max(0, allBefore - before[i]!);
      const shape = alike + before[i]!;
      const expected = (usual * shape) / (alike + past);
      // an area far above the others is held to its own past alone
      const own = before[i]! + 1;
      const turn = (allNow - observed + 1) / (allBefore - before[i]! + start / length);
      const tail = Math.max(tailOf(observed, expected, shape), tailOf(observed, own * turn, own));
      const p = Math.min(1, tail * inhabited.length);
      const found = best.get(area);
      if (!found || p < found.p) best.set(area, { area, daysLong: length, observed, expected, p });
    });
  }
  return [...best.values()].sort((a, b) => a.p - b.p);
}

/** How alike the areas' rates are (the shape of their gamma distribution), by the spread of their earlier counts beyond chance. */
function likeness(counts: readonly number[], expected: readonly number[]): number {
  let [excess, square] = [0, 0];
  counts.forEach((count, i) => {
    excess += (count - expected[i]!) ** 2 - expected[i]!;
    square += expected[i]! ** 2;
  });
  if (!(excess > 0)) return mostAlike;
  return Math.min(mostAlike, Math.max(leastAlike, square / excess));
}

/** Chance that a negative binomial count of this mean and shape is at least `count`. */
function tailOf(count: number, mean: number, shape: number): number {
  if (!(mean > 0)) return 0;
  const success = Math.log(mean / (mean + shape));
  const failure = shape * Math.log(shape / (mean + shape));
  let tail = 0;
  for (let k = count; k < count + 400; k++) {
    const term = Math.exp(logGamma(k + shape) - logGamma(shape) - logGamma(k + 1) + failure + k * success);
    tail += term;
    if (k > mean && term < tail * 1e-12) break;
  }
  return Math.min(1, tail);
}
