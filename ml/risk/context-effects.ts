import { createRandom, type Random } from '../numerics/random.ts';
import { addPrior, addRow, emptySums, solveRidge } from '../numerics/ridge.ts';
import { type ContextName, type ContextSeries, contextRow, spreadOf, standardised } from './area-context.ts';

/** What the model left unexplained in one past week, by lead (index; undefined where the target is not known yet), and how much each area may teach. */
export interface UnexplainedWeek {
  weekEnd: number;
  /** areas: log rate at weekEnd + 7·lead minus what was expected, around a mean of 0 */
  residuals: (Float64Array | undefined)[];
  weights: Float64Array;
}

export type NoEffect = 'too-few-areas' | 'too-few-weeks' | 'unknown-for-many' | 'no-difference' | 'no-evidence';

export interface ContextEffect {
  name: ContextName;
  /** log change of the rate in a week for an area one standard deviation above the mean, before shrinking, with its 95 % interval; NaN: not estimable */
  perWeek: number;
  low: number;
  high: number;
  /** why it does not move the score; undefined: it does */
  none: NoEffect | undefined;
  /** by lead, what an area one standard deviation above the mean gets; all 0 without evidence */
  coefficients: Float64Array;
}

const rules = {
  fewestAreas: 8,
  fewestWeeks: 8,
  leastKnown: 0.8,
  permutations: 399,
  fewestDeals: 40,
  highestChance: 0.01,
  leastWeeklyT: 2,
};
/** prior weight on a coefficient, in sums of weight × squared deviations: about two weeks of a dozen areas */
const ridge = 10;

/**
 * Does a context explain what incidence, neighbours and growth do not? Decided twice, because areas and weeks each share errors: dealing the values out
 * to the areas anew gives as strong a relation in at most 1 % of deals, and it holds from week to week (t at least 2). Only then is a coefficient fitted, by lead,
 * together with the others that passed, and pulled towards 0 by ridge and by the share of chance in its size.
 */
export function contextEffects(
  series: readonly ContextSeries[],
  weeks: readonly UnexplainedWeek[],
  maximumLead: number,
  seed: number,
): ContextEffect[] {
  const single = weeks.filter(({ residuals }) => residuals[1]);
  const judged = series.map((one, index) => judge(one, single, maximumLead, seed + index));
  const passed = judged.flatMap(({ effect }, index) => (effect.none === undefined ? [index] : []));
  for (let lead = 1; lead <= maximumLead && passed.length > 0; lead++) {
    const sums = emptySums(passed.length);
    for (const week of weeks) {
      const residual = week.residuals[lead];
      if (!residual) continue;
      const columns = passed.map((index) => standardised(contextRow(series[index]!, week.weekEnd)));
      residual.forEach((value, area) => {
        const row = columns.map((column) => column[area]!);
        addRow(sums, row, 0, value, week.weights[area]!);
      });
    }
    addPrior(
      sums,
      passed.map(() => ridge),
    );
    const solved = solveRidge(sums);
    passed.forEach((index, k) => {
      judged[index]!.effect.coefficients[lead] = judged[index]!.share * solved[k]!;
    });
  }
  return judged.map(({ effect }) => effect);
}

function judge(one: ContextSeries, weeks: readonly UnexplainedWeek[], maximumLead: number, seed: number) {
  const effect: ContextEffect = {
    name: one.name,
    perWeek: Number.NaN,
    low: Number.NaN,
    high: Number.NaN,
    none: undefined,
    coefficients: new Float64Array(maximumLead + 1),
  };
  const newest = one.rows.at(-1)!;
  const { known, deviation } = spreadOf(newest);
  const refuse = (none: NoEffect) => ({ effect: { ...effect, none }, share: 0 });
  if (newest.length < rules.fewestAreas) return refuse('too-few-areas');
  if (weeks.length < rules.fewestWeeks) return refuse('too-few-weeks');
  if (known < rules.leastKnown * newest.length) return refuse('unknown-for-many');
  if (!(deviation > 0)) return refuse('no-difference');

  const columns = weeks.map((week) => standardised(contextRow(one, week.weekEnd)));
  // values that never change are dealt against the areas' sums at once
  const pulls =
    one.rows.length === 1
      ? [{ pull: summed(weeks), column: columns[0]! }]
      : weeks.map((week, w) => ({ pull: summed([week]), column: columns[w]! }));
  const identity = Int32Array.from(newest, (_, area) => area);
  const weekly = weeks.map((week, w) => along(summed([week]), columns[w]!, identity));
  const observed = weekly.reduce((a, b) => a + b, 0);
  const squares = weeks.reduce(
    (sum, week, w) => sum + columns[w]!.reduce((a, z, area) => a + week.weights[area]! * z * z, 0),
    0,
  );
  const { asStrong, deals, variance } = dealAnew(pulls, observed, identity, createRandom(seed));
  const chance = (1 + asStrong) / (1 + deals);
  const mean = observed / weekly.length;
  const spread = Math.sqrt(weekly.reduce((a, value) => a + (value - mean) ** 2, 0) / (weekly.length - 1));
  const weeklyT = Math.abs(mean) / Math.max(1e-12, spread / Math.sqrt(weekly.length));
  const error = Math.max(Math.sqrt(variance), spread * Math.sqrt(weekly.length));
  effect.perWeek = squares > 0 ? observed / squares : 0;
  effect.low = effect.perWeek - (1.96 * error) / squares;
  effect.high = effect.perWeek + (1.96 * error) / squares;
  if (chance > rules.highestChance || weeklyT < rules.leastWeeklyT) effect.none = 'no-evidence';
  return { effect, share: Math.max(0, 1 - (error / observed) ** 2) };
}

/** Deals the values to the areas anew. Stops once so many deals were as strong that the chance can no longer be small. */
function dealAnew(
  pulls: readonly { pull: Float64Array; column: Float64Array }[],
  observed: number,
  identity: Int32Array,
  random: Random,
): { asStrong: number; deals: number; variance: number } {
  const tooMany = rules.highestChance * (1 + rules.permutations);
  const order = Int32Array.from(identity);
  let [asStrong, squares, deals] = [0, 0, 0];
  while (deals < rules.permutations && (asStrong < tooMany || deals < rules.fewestDeals)) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    const dealt = pulls.reduce((sum, { pull, column }) => sum + along(pull, column, order), 0);
    if (Math.abs(dealt) >= Math.abs(observed)) asStrong++;
    squares += dealt * dealt;
    deals++;
  }
  return { asStrong, deals, variance: squares / deals };
}

/** weight × unexplained part of every area, over the weeks */
function summed(weeks: readonly UnexplainedWeek[]): Float64Array {
  const out = new Float64Array(weeks[0]!.weights.length);
  for (const { residuals, weights } of weeks)
    residuals[1]!.forEach((value, area) => {
      out[area]! += weights[area]! * value;
    });
  return out;
}

/** how strongly the unexplained part goes with the values, when they are dealt to the areas in that order */
function along(pull: Float64Array, column: Float64Array, order: Int32Array): number {
  let sum = 0;
  for (let area = 0; area < pull.length; area++) sum += pull[area]! * column[order[area]!]!;
  return sum;
}
