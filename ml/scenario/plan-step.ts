import { nothing } from './compare.ts';
import type { Control, District, Lever, RunSettings, Scenario } from './district.ts';
import { leverCalendar } from './lever-calendar.ts';
import { type Outcome, summarise } from './outcomes.ts';
import type { Simulate } from './simulate.ts';

/** What is wanted, and what may be spent. */
export interface PlanTarget {
  /** the weekly reported rate per 100,000 that is not to be reached … */
  weeklyCut: number;
  /** … on this day, with at most this probability … */
  onDay: number;
  probability: number;
  /** … in the district as a whole, or in every ward; left out: the district */
  of?: 'district' | 'every-ward';
  /** most people under a movement limit, people traced and tests on any day; most doses and money in all */
  mostRestricted?: number;
  mostTracedPerDay?: number;
  mostTestsPerDay?: number;
  mostDoses?: number;
  mostCost?: number;
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
  /** each measure taken, as "name 1/2" and in its parts */
  measures: string[];
  taken: { name: string; strength: number; of: number }[];
  probability: number;
  mostRestricted: number;
  tracedPerDay: number;
  testsPerDay: number;
  cost: number;
  doses: number;
  /** paths that the probability is counted on */
  paths: number;
}

export interface Choice {
  wards: string[];
  /** index of the strength in use by measure; -1: not taken */
  strengths: number[];
}

/** Judges choices by simulation. */
export interface Judge {
  /** what the levers alone do is within the limits: known without a simulation */
  affordable(choice: Choice): boolean;
  /** on all paths and days */
  fully(choice: Choice): Promise<PlanStep>;
  /** on a few paths, up to the day that counts */
  quickly(choice: Choice): Promise<PlanStep>;
  meets(step: PlanStep): boolean;
  within(step: PlanStep): boolean;
  /** a quick step that all paths could hardly bring to meet the target */
  hopeless(step: PlanStep): boolean;
  tried: PlanStep[];
}

const fewPaths = 40;
/** standard errors by which a quick step must miss the target */
const certainty = 3;

export function openJudge(
  district: District,
  measures: readonly Measure[],
  target: PlanTarget,
  run: RunSettings,
  { simulate, signal }: Control & { simulate: Simulate },
): Judge {
  const tried: PlanStep[] = [];
  const judge = async (choice: Choice, settings: RunSettings): Promise<PlanStep> => {
    signal?.throwIfAborted();
    const scenario = scenarioOf(measures, choice);
    const paths = await simulate(district, scenario, settings, { signal });
    const step = stepOf(measures, choice, scenario, summarise(district, scenario, paths, [target.weeklyCut]), target, {
      ...lead(district, scenario, settings.days),
      paths: settings.paths,
    });
    tried.push(step);
    return step;
  };
  const no = Number.POSITIVE_INFINITY;
  const fits = ({ mostRestricted, tracedPerDay, testsPerDay }: Lead): boolean =>
    mostRestricted <= (target.mostRestricted ?? no) &&
    tracedPerDay <= (target.mostTracedPerDay ?? no) &&
    testsPerDay <= (target.mostTestsPerDay ?? no);
  return {
    tried,
    affordable: (choice) => fits(lead(district, scenarioOf(measures, choice), run.days)),
    fully: (choice) => judge(choice, run),
    quickly: (choice) => judge(choice, { ...run, days: target.onDay + 1, paths: Math.min(run.paths, fewPaths) }),
    within: (step) => fits(step) && step.doses <= (target.mostDoses ?? no) && step.cost <= (target.mostCost ?? no),
    meets: (step) => step.probability <= target.probability,
    hopeless({ probability, paths }) {
      const error = Math.sqrt((target.probability * (1 - target.probability)) / paths);
      return probability > target.probability + certainty * error;
    },
  };
}

interface Lead {
  mostRestricted: number;
  tracedPerDay: number;
  testsPerDay: number;
}

/** what the levers alone ask for on their hardest day */
function lead(district: District, scenario: Scenario, days: number): Lead {
  const calendar = leverCalendar(district, scenario.levers, days);
  const most = (value: (day: (typeof calendar)[number]) => number) =>
    calendar.reduce((highest, day) => Math.max(highest, value(day)), 0);
  return {
    mostRestricted: most((day) => day.restricted),
    tracedPerDay: most((day) => day.traced),
    testsPerDay: most((day) => day.tests),
  };
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
  known: Lead & { paths: number },
): PlanStep {
  const taken = measures.flatMap(({ name, strengths }, m) =>
    choice.strengths[m]! >= 0 ? [{ name, strength: choice.strengths[m]! + 1, of: strengths.length }] : [],
  );
  const onDay = ({ probabilityReached }: Pick<Outcome, 'probabilityReached'>) =>
    probabilityReached[0]!.byDay[target.onDay]!;
  return {
    scenario,
    wards: choice.wards,
    measures: taken.map(({ name, strength, of }) => `${name} ${strength}/${of}`),
    taken,
    probability: target.of === 'every-ward' ? Math.max(...outcome.wards.map(onDay)) : onDay(outcome),
    cost: outcome.totals.cost.q50,
    doses: outcome.totals.doses.q95,
    ...known,
  };
}
