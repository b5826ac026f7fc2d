import { infectedByWard } from './compare.ts';
import type { Control, District, RunSettings } from './district.ts';
import { type Choice, type Judge, type Measure, openJudge, type PlanStep, type PlanTarget } from './plan-step.ts';
import { type Simulate, simulateInChunks } from './simulate.ts';
import { ScenarioInputError, validate } from './validate.ts';

export type { Measure, PlanStep, PlanTarget } from './plan-step.ts';

/** `tried[0]` is doing nothing. A plan, or what came nearest to the target within the limits. */
export type Plan =
  | { found: true; plan: PlanStep; tried: PlanStep[] }
  | { found: false; best: PlanStep; tried: PlanStep[]; reason: string };

const mostCombinations = 2_000;

/**
 * Proposes the fewest wards, taken in order of infections now, in which some combination of measures meets the target within the limits; among the combinations
 * that need so few, the cheapest; then drops every ward that turns out not to be needed. Each combination is tried on the most wards that its limits allow, on a few
 * paths first, and halved from there: "not found" means that no combination meets the target at its largest, on the assumption that the same measures in fewer of
 * the wards do no better.
 * @throws ScenarioInputError naming field, value and bound
 */
export async function planMeasures(
  district: District,
  measures: readonly Measure[],
  target: PlanTarget,
  run: RunSettings,
  { simulate = simulateInChunks, progress = () => {}, signal }: Control & { simulate?: Simulate } = {},
): Promise<Plan> {
  const combinations = check(district, measures, target, run);
  const judge = openJudge(district, measures, target, run, { simulate, signal });
  const start = await judge.fully({ wards: [], strengths: measures.map(() => -1) });
  if (judge.meets(start)) return { found: true, plan: start, tried: judge.tried };
  const order = wardsByInfection(district);
  let fewest = order.length;
  let found: { choice: Choice; step: PlanStep }[] = [];
  for (const [i, strengths] of combinations.entries()) {
    progress(i / (combinations.length + 1));
    const smallest = await smallestThatMeets(judge, strengths, order, fewest);
    if (!smallest) continue;
    if (smallest.choice.wards.length < fewest) found = [];
    fewest = smallest.choice.wards.length;
    found.push(smallest);
  }
  progress(combinations.length / (combinations.length + 1));
  if (found.length > 0) {
    found.sort((a, b) => a.step.cost - b.step.cost || a.step.mostRestricted - b.step.mostRestricted);
    const plan = await pruned(judge, found[0]!.choice, found[0]!.step);
    progress(1);
    return { found: true, plan, tried: judge.tried };
  }
  const best = await nearest(judge, start, measures);
  progress(1);
  return {
    found: false,
    best,
    tried: judge.tried,
    reason: 'no combination of wards and measures meets the target within the limits',
  };
}

/** in at most `most` of the wards, by halving; undefined when it does not meet the target even there */
async function smallestThatMeets(
  judge: Judge,
  strengths: number[],
  order: readonly string[],
  most: number,
): Promise<{ choice: Choice; step: PlanStep } | undefined> {
  const at = (size: number): Choice => ({ wards: order.slice(0, size), strengths });
  let high = most;
  while (high > 0 && !judge.affordable(at(high))) high--;
  if (high === 0) return undefined;
  let low = 0;
  let smallest: { choice: Choice; step: PlanStep } | undefined;
  for (let size = high; high > low; size = (low + high) >> 1) {
    const choice = at(size);
    const step = judge.hopeless(await judge.quickly(choice)) ? undefined : await judge.fully(choice);
    if (!step || !judge.meets(step)) {
      if (size === high) return smallest;
      low = size;
    } else {
      // in fewer wards it may also cost less
      if (judge.within(step)) smallest = { choice, step };
      high = size;
    }
    if (high - low <= 1) break;
  }
  return smallest;
}

async function pruned(judge: Judge, choice: Choice, found: PlanStep): Promise<PlanStep> {
  let [kept, best] = [choice, found];
  for (const ward of choice.wards.slice(1)) {
    const smaller = { ...kept, wards: kept.wards.filter((id) => id !== ward) };
    const step = await judge.fully(smaller);
    if (judge.meets(step) && judge.within(step)) [kept, best] = [smaller, step];
  }
  return best;
}

/** of what was tried within the limits, the one with the lowest probability, judged on all paths */
async function nearest(judge: Judge, start: PlanStep, measures: readonly Measure[]): Promise<PlanStep> {
  const ranked = judge.tried.filter(judge.within).sort((a, b) => a.probability - b.probability || a.cost - b.cost);
  for (const step of ranked.slice(0, 5)) {
    const strengths = measures.map(({ name }) => (step.taken.find((one) => one.name === name)?.strength ?? 0) - 1);
    const full = step === start ? start : await judge.fully({ wards: step.wards, strengths });
    if (judge.within(full)) return full;
  }
  return start;
}

/** every way to set every measure, except taking none */
function strengthCombinations(measures: readonly Measure[]): number[][] {
  let all: number[][] = [[]];
  for (const { strengths } of measures)
    all = all.flatMap((chosen) => Array.from({ length: strengths.length + 1 }, (_, s) => [...chosen, s - 1]));
  return all.filter((chosen) => chosen.some((strength) => strength >= 0));
}

function wardsByInfection(district: District): string[] {
  return infectedByWard(district)
    .sort((a, b) => b.count - a.count)
    .map(({ id }) => id);
}

function check(district: District, measures: readonly Measure[], target: PlanTarget, run: RunSettings): number[][] {
  const strengths = measures.flatMap((measure) => measure.strengths.map((levers) => ({ name: measure.name, levers })));
  validate(district, strengths, run);
  const problems: string[] = [];
  if (!(target.onDay >= 6 && target.onDay < run.days))
    problems.push(`target.onDay must lie between 6 and run.days - 1 = ${run.days - 1}, got ${target.onDay}`);
  if (!(target.probability > 0 && target.probability < 1))
    problems.push(`target.probability must lie in (0, 1), got ${target.probability}`);
  if (!(target.weeklyCut > 0)) problems.push(`target.weeklyCut must be above 0, got ${target.weeklyCut}`);
  if (new Set(measures.map(({ name }) => name)).size < measures.length)
    problems.push(`measures must have different names, got ${measures.map(({ name }) => name).join(', ')}`);
  const combinations = strengthCombinations(measures);
  if (combinations.length < 1 || combinations.length > mostCombinations)
    problems.push(`combinations of measures must be from 1 to ${mostCombinations}, got ${combinations.length}`);
  if (problems.length > 0) throw new ScenarioInputError(problems);
  return combinations;
}
