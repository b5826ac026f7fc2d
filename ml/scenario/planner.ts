import { nothing } from './compare.ts';
import type { Control, District, Lever, RunSettings, Scenario } from './district.ts';
import { type Outcome, summarise } from './outcomes.ts';
import { type Simulate, simulateInChunks } from './simulate.ts';
import { validate } from './validate.ts';

/** What is wanted, and what may be spent. */
export interface PlanTarget {
  /** the weekly reported rate per 100,000 that is not to be reached … */
  weeklyCut: number;
  /** … on this day, with at most this probability */
  onDay: number;
  probability: number;
  /** most people under a movement limit on any day, most money, most doses in all */
  mostRestricted?: number;
  mostCost?: number;
  mostDoses?: number;
}

/** A measure that the planner may take, in growing strength; each strength replaces the one before it. */
export interface Measure {
  name: string;
  /** the levers of each strength; the planner sets their wards */
  strengths: Lever[][];
}

export interface PlanStep {
  scenario: Scenario;
  wards: string[];
  measures: string[];
  probability: number;
  mostRestricted: number;
  cost: number;
  doses: number;
}

export type Plan =
  | { found: true; plan: PlanStep; tried: PlanStep[] }
  | { found: false; best: PlanStep; tried: PlanStep[]; reason: string };

const mostCombinations = 2_000;

/**
 * Proposes the fewest wards, taken in order of infections now, in which some combination of measures meets the target within the limits; among the combinations there, the
 * cheapest. All combinations are tried, so "not found" means that none of them does it. A last pass drops every ward that turns out not to be needed.
 */
export async function planMeasures(
  district: District,
  measures: readonly Measure[],
  target: PlanTarget,
  run: RunSettings,
  { simulate = simulateInChunks, progress = () => {}, signal }: Control & { simulate?: Simulate } = {},
): Promise<Plan> {
  validate(district, [], run);
  if (!(target.onDay >= 6 && target.onDay < run.days))
    throw new RangeError(`target.onDay must lie between 6 and run.days - 1 = ${run.days - 1}, got ${target.onDay}`);
  if (!(target.probability > 0 && target.probability < 1))
    throw new RangeError(`target.probability must lie in (0, 1), got ${target.probability}`);
  const tried: PlanStep[] = [];
  const judge = async (choice: Choice): Promise<PlanStep> => {
    signal?.throwIfAborted();
    const scenario = scenarioOf(measures, choice);
    const outcome = summarise(district, scenario, await simulate(district, scenario, run), [target.weeklyCut]);
    const step = stepOf(measures, choice, scenario, outcome, target);
    tried.push(step);
    return step;
  };
  const order = wardsByInfection(district);
  const combinations = strengthCombinations(measures);
  if (combinations.length * order.length > mostCombinations)
    throw new RangeError(
      `wards × combinations of measures must be at most ${mostCombinations}, got ${combinations.length * order.length}`,
    );
  const start = await judge({ wards: [], strengths: measures.map(() => -1) });
  if (start.probability <= target.probability) return { found: true, plan: start, tried };
  for (let size = 1; size <= order.length; size++) {
    const judged: { choice: Choice; step: PlanStep }[] = [];
    for (const strengths of combinations) {
      const choice = { wards: order.slice(0, size), strengths };
      judged.push({ choice, step: await judge(choice) });
      progress(tried.length / (1 + combinations.length * order.length));
    }
    const meeting = judged
      .filter(({ step }) => step.probability <= target.probability && withinLimits(step, target))
      .sort((a, b) => a.step.cost - b.step.cost || a.step.mostRestricted - b.step.mostRestricted);
    if (meeting[0])
      return { found: true, plan: await pruned(meeting[0].choice, meeting[0].step, judge, target), tried };
  }
  const within = tried.filter((step) => withinLimits(step, target)).sort((a, b) => a.probability - b.probability);
  return {
    found: false,
    best: within[0] ?? start,
    tried,
    reason: 'no combination of wards and measures meets the target within the limits',
  };
}

interface Choice {
  wards: string[];
  /** index of the strength in use by measure; -1: not taken */
  strengths: number[];
}

/** every way to set every measure, except taking none */
function strengthCombinations(measures: readonly Measure[]): number[][] {
  let all: number[][] = [[]];
  for (const { strengths } of measures)
    all = all.flatMap((chosen) => Array.from({ length: strengths.length + 1 }, (_, s) => [...chosen, s - 1]));
  return all.filter((chosen) => chosen.some((strength) => strength >= 0));
}

async function pruned(
  choice: Choice,
  found: PlanStep,
  judge: (choice: Choice) => Promise<PlanStep>,
  target: PlanTarget,
): Promise<PlanStep> {
  let best = found;
  let kept = choice;
  const tryWithout = async (smaller: Choice) => {
    const step = await judge(smaller);
    if (step.probability <= target.probability && withinLimits(step, target)) {
      best = step;
      kept = smaller;
    }
  };
  for (const ward of choice.wards.slice(1))
    await tryWithout({ ...kept, wards: kept.wards.filter((id) => id !== ward) });
  return best;
}

function scenarioOf(measures: readonly Measure[], { wards, strengths }: Choice): Scenario {
  const levers = measures.flatMap((measure, m) =>
    (measure.strengths[strengths[m]!] ?? []).map((lever) => ({ ...lever, wards })),
  );
  return levers.length === 0 ? nothing : { name: 'plan', levers };
}

function stepOf(
  measures: readonly Measure[],
  choice: Choice,
  scenario: Scenario,
  outcome: Outcome,
  target: PlanTarget,
): PlanStep {
  return {
    scenario,
    wards: choice.wards,
    measures: measures.flatMap((measure, m) =>
      choice.strengths[m]! >= 0 ? [`${measure.name} ${choice.strengths[m]! + 1}/${measure.strengths.length}`] : [],
    ),
    probability: outcome.probabilityReached[0]!.byDay[target.onDay]!,
    mostRestricted: outcome.mostRestricted,
    cost: outcome.totals.cost.q50,
    doses: outcome.totals.doses.q95,
  };
}

function withinLimits(step: PlanStep, target: PlanTarget): boolean {
  return (
    step.mostRestricted <= (target.mostRestricted ?? Number.POSITIVE_INFINITY) &&
    step.cost <= (target.mostCost ?? Number.POSITIVE_INFINITY) &&
    step.doses <= (target.mostDoses ?? Number.POSITIVE_INFINITY)
  );
}

function wardsByInfection(district: District): string[] {
  const sum = (row: readonly number[] | undefined) => (row ?? []).reduce((a, b) => a + b, 0);
  return district.wards
    .map((ward, w) => ({ id: ward.id, count: sum(district.start.infectious?.[w]) + sum(district.start.exposed?.[w]) }))
    .sort((a, b) => b.count - a.count)
    .map(({ id }) => id);
}
