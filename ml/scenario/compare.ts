import type { Control, District, Lever, RunSettings, Scenario } from './district.ts';
import { type Outcome, summarise } from './outcomes.ts';
import { type Paths, type Simulate, simulateInChunks } from './simulate.ts';
import { validate } from './validate.ts';

export const nothing: Scenario = { name: 'do nothing', kind: 'nothing', levers: [] };

export interface Comparison {
  outcomes: Outcome[];
  /** per scenario after the first: infections and deaths avoided against doing nothing, path by path, at the same randomness */
  avoided: { name: string; infections: number; deaths: number; shareOfPathsBetter: number }[];
}

/** share of those infectious now that the smallest area must hold */
const smallestAreaShare = 0.5;

/**
 * Doing nothing, every given scenario, and for each that limits movement or business everywhere the same limits in the fewest wards that hold half of those
 * infectious now: all on the same paths.
 */
export async function compareScenarios(
  district: District,
  scenarios: Scenario[],
  run: RunSettings,
  {
    simulate = simulateInChunks,
    progress = () => {},
    signal,
    weeklyCuts,
  }: Control & { simulate?: Simulate; weeklyCuts?: readonly number[] } = {},
): Promise<Comparison> {
  validate(district, scenarios, run);
  const all = [nothing, ...scenarios, ...scenarios.flatMap((scenario) => smallestArea(district, scenario) ?? [])];
  const outcomes: Outcome[] = [];
  const avoided: Comparison['avoided'] = [];
  let base: Paths | undefined;
  for (const [i, scenario] of all.entries()) {
    signal?.throwIfAborted();
    const within = (share: number) => progress((i + share) / all.length);
    const paths = await simulate(district, scenario, run, { progress: within, signal });
    base ??= paths;
    outcomes.push(summarise(district, scenario, paths, weeklyCuts));
    if (i > 0) avoided.push({ name: scenario.name, ...difference(base, paths) });
    progress((i + 1) / all.length);
  }
  return { outcomes, avoided };
}

/** undefined when the scenario limits nothing, or names its wards already */
export function smallestArea(district: District, scenario: Scenario): Scenario | undefined {
  const limits = (lever: Lever) => (lever.kind === 'movement' || lever.kind === 'business') && !lever.wards;
  if (!scenario.levers.some(limits) || district.wards.length < 2) return undefined;
  const wards = fewestWards(district);
  return {
    name: `${scenario.name}, smallest area`,
    kind: 'smallest-area',
    of: scenario.name,
    levers: scenario.levers.map((lever) => (limits(lever) ? { ...lever, wards } : lever)),
  };
}

/** people exposed or infectious at the start, by ward: of a fitted district the mean of its particles */
export function infectedByWard(district: District): { id: string; count: number }[] {
  const starts = district.fitted?.length ? district.fitted.map(({ start }) => start) : [district.start];
  const sum = (row: readonly number[] | undefined) => (row ?? []).reduce((a, b) => a + b, 0);
  return district.wards.map(({ id }, w) => ({
    id,
    count: starts.reduce((all, start) => all + sum(start.exposed?.[w]) + sum(start.infectious?.[w]), 0) / starts.length,
  }));
}

function fewestWards(district: District): string[] {
  const infectious = infectedByWard(district);
  const all = infectious.reduce((sum, ward) => sum + ward.count, 0);
  infectious.sort((a, b) => b.count - a.count);
  const chosen: string[] = [];
  let held = 0;
  for (const ward of infectious) {
    chosen.push(ward.id);
    held += ward.count;
    if (held >= smallestAreaShare * all) break;
  }
  return chosen;
}

function difference(base: Paths, other: Paths): { infections: number; deaths: number; shareOfPathsBetter: number } {
  let infections = 0;
  let deaths = 0;
  let better = 0;
  for (let path = 0; path < base.paths; path++) {
    const last = path * base.days + base.days - 1;
    let change = 0;
    for (let day = 0; day < base.days; day++)
      change += base.daily.infections[path * base.days + day]! - other.daily.infections[path * base.days + day]!;
    infections += change / base.paths;
    deaths += (base.daily.deaths[last]! - other.daily.deaths[last]!) / base.paths;
    if (change > 0) better++;
  }
  return { infections, deaths, shareOfPathsBetter: better / base.paths };
}
