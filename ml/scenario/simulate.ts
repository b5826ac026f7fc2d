import { Draws } from '../numerics/binomial-draws.ts';
import { meanTurns } from '../numerics/chance.ts';
import { createRandom } from '../numerics/random.ts';
import type { Control, District, RunSettings, Scenario } from './district.ts';
import { type DayCounts, Epidemic } from './epidemic.ts';
import { leverCalendar } from './lever-calendar.ts';

/** What is kept of every path: one value a day. */
export const dailySeries = ['reported', 'hospital', 'intensiveCare', 'isolated', 'deaths', 'infections'] as const;
export type DailySeries = (typeof dailySeries)[number];

export interface Paths {
  paths: number;
  days: number;
  wards: number;
  /** per series, paths × days */
  daily: Record<DailySeries, Float32Array>;
  /** reported cases by ward, paths × days × wards */
  reportedByWard: Float32Array;
  /** doses given in all, by path */
  doses: Float64Array;
}

/** Runs paths `first` … `first + count - 1` of a scenario that is set up already. */
export type PathsOf = (first: number, count: number) => Paths;

/** Sets a scenario up once for any of its paths, chunk by chunk. */
export function openPaths(district: District, scenario: Scenario, run: RunSettings): PathsOf {
  const epidemic = new Epidemic(district, run.stepDays);
  const calendar = leverCalendar(district, scenario.levers, run.days);
  const counts = noCounts(epidemic.wards);
  const seeds = createRandom(run.seed);
  const draws = new Draws();
  return (first, count) => {
    const out = emptyPaths(count, run.days, epidemic.wards);
    for (let path = 0; path < count; path++) {
      draws.restart(seeds.child(first + path));
      epidemic.reset(first + path, draws);
      for (let day = 0; day < run.days; day++) {
        epidemic.day(calendar[day]!, draws, counts);
        record(out, path, day, epidemic, counts);
      }
    }
    return out;
  };
}

/**
 * Runs paths `first` … `first + count - 1` of a scenario. A path's randomness depends on the seed and its own number alone: the same path in every
 * scenario, thread and chunk, so that scenarios are compared like with like.
 */
export function simulatePaths(
  district: District,
  scenario: Scenario,
  run: RunSettings,
  first = 0,
  count = run.paths,
): Paths {
  return openPaths(district, scenario, run)(first, count);
}

/** A way to run all paths of a scenario: in this thread, in chunks, in worker threads. All give the same paths. */
export type Simulate = (
  district: District,
  scenario: Scenario,
  run: RunSettings,
  control?: Control,
) => Promise<Paths> | Paths;

const pathsAChunk = 25;

/** The same paths as `simulatePaths`, in this thread, which is let go after every few paths: a page stays alive, and a run can be stopped. */
export const simulateInChunks: Simulate = async (district, scenario, run, { progress, signal } = {}) => {
  const parts: Paths[] = [];
  const paths = openPaths(district, scenario, run);
  for (let first = 0; first < run.paths; first += pathsAChunk) {
    signal?.throwIfAborted();
    parts.push(paths(first, Math.min(pathsAChunk, run.paths - first)));
    progress?.(Math.min(1, (first + pathsAChunk) / run.paths));
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return joinPaths(parts, run, district.wards.length);
};

/** parts in order of their first path */
export function joinPaths(parts: readonly Paths[], run: RunSettings, wards: number): Paths {
  const all = emptyPaths(run.paths, run.days, wards);
  let at = 0;
  for (const part of parts) {
    for (const name of dailySeries) all.daily[name].set(part.daily[name], at * run.days);
    all.reportedByWard.set(part.reportedByWard, at * run.days * wards);
    all.doses.set(part.doses, at);
    at += part.paths;
  }
  return all;
}

/** The mean-field path: every draw replaced by its mean. One path. */
export function simulateMean(
  district: District,
  scenario: Scenario,
  run: Omit<RunSettings, 'paths' | 'seed'>,
): { paths: Paths; epidemic: Epidemic } {
  const epidemic = new Epidemic(district, run.stepDays);
  const calendar = leverCalendar(district, scenario.levers, run.days);
  const paths = emptyPaths(1, run.days, epidemic.wards);
  const counts = noCounts(epidemic.wards);
  epidemic.reset(0, meanTurns);
  for (let day = 0; day < run.days; day++) {
    epidemic.day(calendar[day]!, meanTurns, counts);
    record(paths, 0, day, epidemic, counts);
  }
  return { paths, epidemic };
}

const noCounts = (wards: number): DayCounts => ({
  infections: new Float64Array(wards),
  reported: new Float64Array(wards),
  doses: 0,
});

export function emptyPaths(paths: number, days: number, wards: number): Paths {
  const daily = Object.fromEntries(dailySeries.map((name) => [name, new Float32Array(paths * days)])) as Paths['daily'];
  return {
    paths,
    days,
    wards,
    daily,
    reportedByWard: new Float32Array(paths * days * wards),
    doses: new Float64Array(paths),
  };
}

function record(out: Paths, path: number, day: number, epidemic: Epidemic, counts: DayCounts): void {
  const at = path * out.days + day;
  let reported = 0;
  let infections = 0;
  for (let w = 0; w < out.wards; w++) {
    reported += counts.reported[w]!;
    infections += counts.infections[w]!;
    out.reportedByWard[at * out.wards + w] = counts.reported[w]!;
  }
  out.daily.reported[at] = reported;
  out.daily.infections[at] = infections;
  out.daily.hospital[at] = epidemic.inHospital;
  out.daily.intensiveCare[at] = epidemic.inIntensiveCare;
  out.daily.isolated[at] = epidemic.isolated;
  out.daily.deaths[at] = epidemic.dead;
  out.doses[path]! += counts.doses;
}
