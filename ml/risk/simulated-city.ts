import { dayMs } from '../numerics/days.ts';
import type { Random } from '../numerics/random.ts';
import type { Revision, RiskData, Snapshot } from './backtest-data.ts';

/** How the simulated health department misbehaves on one Thursday; `repairedAfterDays` is when the true table is published instead. */
export type PublicationFault = 'zeros' | 'tenfold' | 'scrambled' | 'previous week again' | 'half empty' | 'late';

export interface SimulatedCityOptions {
  /** areas on a side of the square grid */
  side: number;
  /** log of the city's weekly rate per 100,000, one value a week */
  cityLogRate: number[];
  /** weekly faults by week index */
  faults?: Map<number, PublicationFault>;
  repairedAfterDays?: number;
  /** from this week index on every rate ever published is multiplied by `redefinitionFactor` */
  redefinitionWeek?: number;
  redefinitionFactor?: number;
  /** days between publications of cumulative counts; 0: none */
  snapshotEveryDays?: number;
}

const firstWeekEnd = 18_846;

/**
 * A city on a grid whose truth is known: local rates wander around the city's, neighbours resemble each other, counts are Poisson, a
 * week is published five days after its end 3 % short and completed in two weeks; daily reports come with a delay of about three days.
 */
export function simulateCity(
  random: Random,
  options: SimulatedCityOptions,
): RiskData & { truth: Map<number, Float64Array> } {
  const { side, cityLogRate } = options;
  const n = side * side;
  const neighbours = Array.from({ length: n }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    const near: number[] = [];
    if (x > 0) near.push(i - 1);
    if (x < side - 1) near.push(i + 1);
    if (y > 0) near.push(i - side);
    if (y < side - 1) near.push(i + side);
    return Int32Array.from(near);
  });
  const populations = Float64Array.from({ length: n }, () => Math.exp(10.4 + 0.6 * random.normal()));
  let local = Float64Array.from({ length: n }, () => 0.35 * random.normal());
  const counts: Float64Array[] = [];
  for (let w = 0; w < cityLogRate.length; w++) {
    const previous = local;
    local = previous.map((value, i) => {
      let near = 0;
      for (const j of neighbours[i]!) near += previous[j]! / neighbours[i]!.length;
      return 0.9 * value + 0.08 * near + 0.09 * random.normal();
    });
    counts.push(local.map((value, i) => random.poisson((Math.exp(cityLogRate[w]! + value) * populations[i]!) / 1e5)));
  }
  const units = populations.map((people) => people / 1e5);
  const factorAt = (w: number) =>
    options.redefinitionWeek !== undefined && w >= options.redefinitionWeek ? (options.redefinitionFactor ?? 1.4) : 1;
  const shown = new Map<string, number>();
  const revisions: Revision[] = [];
  const publish = (publishedDay: number, hour: number, week: number, values: ArrayLike<number>) => {
    let city = 0;
    let people = 0;
    for (let i = 0; i < n; i++) {
      const rate = values[i]!;
      city += rate * units[i]!;
      people += units[i]!;
      const key = `${i}/${week}`;
      if (shown.get(key) === rate) continue;
      shown.set(key, rate);
      revisions.push({
        instant: publishedDay * dayMs + hour,
        publishedDay,
        area: i,
        weekEnd: firstWeekEnd + 7 * week,
        rate,
      });
    }
    const rate = city / people;
    if (shown.get(`city/${week}`) !== rate) {
      shown.set(`city/${week}`, rate);
      revisions.push({
        instant: publishedDay * dayMs + hour,
        publishedDay,
        area: -1,
        weekEnd: firstWeekEnd + 7 * week,
        rate,
      });
    }
  };
  const rates = (week: number, share: number, factor: number) =>
    counts[week]!.map((count, i) => (Math.round(count * share) * factor) / units[i]!);
  for (let w = 0; w < counts.length; w++) {
    const thursday = firstWeekEnd + 7 * w + 5;
    const fault = options.faults?.get(w);
    const day = fault === 'late' ? thursday + 1 : thursday;
    const factor = factorAt(w);
    if (w === options.redefinitionWeek) for (let old = 0; old < w; old++) publish(day, 1, old, rates(old, 1, factor));
    for (const [age, share] of [0.97, 0.99, 1].entries()) {
      const week = w - age;
      if (week < 0) continue;
      const good = rates(week, share, factor);
      if (age === 0 && fault && fault !== 'late') {
        publish(day, 1, week, spoiled(fault, good, w > 0 ? rates(w - 1, 0.97, factor) : good, random));
        publish(day + (options.repairedAfterDays ?? 6), 2, week, good);
      } else publish(day, 1, week, good);
    }
  }
  revisions.sort((a, b) => a.instant - b.instant);
  const truth = new Map(counts.map((_, w) => [firstWeekEnd + 7 * w, rates(w, 1, factorAt(w))]));
  return {
    areaIds: Array.from({ length: n }, (_, i) => `${10000 + i}`),
    populations,
    neighbours,
    revisions,
    snapshots: simulateSnapshots(counts, n, options.snapshotEveryDays ?? 1),
    truth,
  };
}

function spoiled(fault: PublicationFault, good: Float64Array, before: Float64Array, random: Random): Float64Array {
  if (fault === 'zeros') return new Float64Array(good.length);
  if (fault === 'tenfold') return good.map((rate) => rate * 10);
  if (fault === 'previous week again') return before;
  if (fault === 'half empty') return good.map((rate) => rate * 0.3);
  const order = Array.from(good, (_, i) => i);
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return good.map((_, i) => good[order[i]!]!);
}

function simulateSnapshots(counts: Float64Array[], n: number, everyDays: number): Snapshot[] {
  if (everyDays === 0) return [];
  const reportDelayDays = 3;
  const out: Snapshot[] = [];
  const start = firstWeekEnd - 6;
  const last = firstWeekEnd + 7 * (counts.length - 1) + 5;
  const cumulative = new Float64Array(n);
  for (let day = start; day <= last; day++) {
    const week = Math.floor((day - reportDelayDays - start) / 7);
    const count = counts[Math.max(0, Math.min(counts.length - 1, week))]!;
    for (let i = 0; i < n; i++) cumulative[i]! += count[i]! / 7;
    if ((day - start) % everyDays === 0)
      out.push({ instant: day * dayMs + 3, publishedDay: day, cases: cumulative.map(Math.round) });
  }
  return out;
}
