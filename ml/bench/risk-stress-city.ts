import { dayMs } from '../numerics/days.ts';
import { createRandom, type Random } from '../numerics/random.ts';
import type { Revision, RiskData, Snapshot } from '../risk/backtest-data.ts';

export interface FollowingYears {
  weeks: number;
  seed: number;
  /** counts stop being published after this share of the weeks; 1: never */
  countsUntilShare: number;
  /** standard deviation of what nobody can foresee in a week's growth (log) */
  growthNoise: number;
  /** the recorded history stays in front of the simulated years */
  withHistory: boolean;
}

const publicationDays = 5;
const shares = [0.96, 0.985, 0.995, 1];

/**
 * Years that follow the recorded ones, on the same areas, people and neighbours: waves of every size, the first of them far larger and faster than any before,
 * a slow decline of testing, local deviations that wander and spread, counts that are overdispersed, blanks below five. All from the seed.
 */
export function followingYears(
  data: RiskData,
  { weeks, seed, growthNoise, countsUntilShare, withHistory }: FollowingYears,
): RiskData {
  const random = createRandom(seed);
  const units = data.populations.map((people) => people / 1e5);
  const lastWeek = data.revisions.reduce((last, { weekEnd }) => Math.max(last, weekEnd), 0) - 7;
  const path = cityPath(random, weeks, Math.log(85), growthNoise);
  const counts = localCounts(random, path, data, units);
  const history = data.revisions.filter((revision) => revision.weekEnd <= lastWeek);
  const revisions = [...(withHistory ? history : []), ...publish(random, counts, units, lastWeek)];
  const snapshots = cumulative(random, counts, data.snapshots.at(-1), lastWeek, Math.floor(weeks * countsUntilShare));
  return { ...data, revisions, snapshots: [...(withHistory ? data.snapshots : []), ...snapshots] };
}

const usualLog = Math.log(55);

/** log rate of the city by week */
function cityPath(random: Random, weeks: number, start: number, growthNoise: number): number[] {
  const target = new Float64Array(weeks).fill(-0.02);
  const wave = (at: number, rise: number, up: number, fall: number, down: number) => {
    for (let w = at; w < Math.min(weeks, at + up); w++) target[w] = rise / up;
    for (let w = at + up; w < Math.min(weeks, at + up + down); w++) target[w] = -fall / down;
  };
  wave(5, 3.6, 4, 3.7, 6);
  for (let at = 22; at < weeks; at += 14 + random.below(14)) {
    const up = 5 + random.below(6);
    const rise = 0.7 + 1.3 * random.uniform();
    wave(at, rise, up, rise * (0.9 + 0.3 * random.uniform()), 5 + random.below(6));
  }
  const path: number[] = [];
  let log = start;
  let growth = 0;
  for (let w = 0; w < weeks; w++) {
    path.push(log);
    growth = 0.45 * growth + 0.55 * target[w]! + growthNoise * random.normal() - 0.02 * (log - usualLog);
    log = Math.max(Math.log(6), Math.min(Math.log(4000), log + growth));
  }
  return path;
}

function localCounts(random: Random, path: number[], { neighbours, populations }: RiskData, units: Float64Array) {
  const offset = populations.map(() => 0.3 * random.normal());
  let local = populations.map(() => 0.15 * random.normal());
  return path.map((log) => {
    const shocks = local.map(() => 0.07 * random.normal());
    const near = (values: Float64Array, i: number) => {
      let sum = 0;
      for (const j of neighbours[i]!) sum += values[j]!;
      return neighbours[i]!.length > 0 ? sum / neighbours[i]!.length : 0;
    };
    local = local.map((value, i) => 0.88 * value + 0.06 * near(local, i) + shocks[i]! + 1.2 * near(shocks, i));
    return local.map((value, i) =>
      random.poisson(Math.exp(log + offset[i]! + value + 0.06 * random.normal()) * units[i]!),
    );
  });
}

function publish(random: Random, counts: Float64Array[], units: Float64Array, lastWeek: number): Revision[] {
  const out: Revision[] = [];
  const shown = new Map<string, number>();
  const cityUnit = units.reduce((a, b) => a + b, 0);
  for (let w = 0; w < counts.length; w++) {
    const publishedDay = lastWeek + 7 * (w + 1) + publicationDays;
    for (let age = 0; age < shares.length && age <= w; age++) {
      const weekEnd = lastWeek + 7 * (w - age + 1);
      const share = Math.min(1, shares[age]! + 0.008 * random.normal());
      let total = 0;
      const show = (area: number, rate: number) => {
        const key = `${area}/${weekEnd}`;
        if (Object.is(shown.get(key), rate)) return;
        shown.set(key, rate);
        out.push({ instant: publishedDay * dayMs, publishedDay, area, weekEnd, rate });
      };
      counts[w - age]!.forEach((count, area) => {
        const cases = Math.round(count * share);
        total += cases;
        show(area, cases < 5 ? Number.NaN : Number((cases / units[area]!).toFixed(2)));
      });
      show(-1, Number((total / cityUnit).toFixed(2)));
    }
  }
  return out;
}

/** daily counts in batches: reports come about three days late, Sundays are thin, some days hold two days' work */
function cumulative(
  random: Random,
  counts: Float64Array[],
  last: Snapshot | undefined,
  lastWeek: number,
  weeks: number,
) {
  const out: Snapshot[] = [];
  let total = last ? last.cases.map((count) => (Number.isNaN(count) ? 0 : count)) : counts[0]!.map(() => 0);
  let owed = 0;
  for (let day = 0; day < 7 * weeks; day++) {
    const week = counts[Math.max(0, Math.min(counts.length - 1, Math.floor((day - 3) / 7)))]!;
    owed += 1 / 7;
    const worked = (day % 7 === 1 ? 0.4 : 0.85 + 0.3 * random.uniform()) * owed;
    owed -= worked;
    total = total.map((value, i) => value + week[i]! * worked);
    const publishedDay = lastWeek + 1 + day;
    out.push({ instant: publishedDay * dayMs + 1, publishedDay, cases: total.map(Math.round) });
  }
  return out;
}
