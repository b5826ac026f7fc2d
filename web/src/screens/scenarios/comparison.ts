import type { ScenarioOutcome } from '@vungxanh/services/contracts/scenarios.ts';

/** One row of the comparison. `unit` says how a value is written; of `lowest` the smallest value is the best. */
export interface Metric {
  name: MetricName;
  unit: 'count' | 'days' | 'money' | 'share';
  /** Whether a smaller value is better; undefined: neither is. */
  better: 'lower' | undefined;
  of: (outcome: ScenarioOutcome, cuts: readonly number[]) => Value;
}

/** A number that is the same on every path has no band. */
export interface Value {
  value: number;
  low?: number;
  high?: number;
}

export const metricNames = [
  'cases',
  'beds',
  'intensiveCare',
  'deaths',
  'levelThree',
  'bedsShort',
  'intensiveCareShort',
  'peopleRestricted',
  'businessesClosed',
  'limitedDays',
  'workingDaysLost',
  'doses',
  'cost',
] as const;
export type MetricName = (typeof metricNames)[number];

const banded = ({ q05, q50, q95 }: { q05: number; q50: number; q95: number }): Value => ({
  value: q50,
  low: q05,
  high: q95,
});

export const metrics: readonly Metric[] = [
  { name: 'cases', unit: 'count', better: 'lower', of: ({ totals }) => banded(totals.reported) },
  { name: 'beds', unit: 'count', better: 'lower', of: ({ totals }) => banded(totals.peakHospital) },
  { name: 'intensiveCare', unit: 'count', better: 'lower', of: ({ totals }) => banded(totals.peakIntensiveCare) },
  { name: 'deaths', unit: 'count', better: 'lower', of: ({ totals }) => banded(totals.deaths) },
  {
    name: 'levelThree',
    unit: 'share',
    better: 'lower',
    of: (outcome, cuts) => ({ value: lastProbability(outcome, cuts) }),
  },
  { name: 'bedsShort', unit: 'share', better: 'lower', of: (outcome) => ({ value: outcome.probabilityBedsShort }) },
  {
    name: 'intensiveCareShort',
    unit: 'share',
    better: 'lower',
    of: (outcome) => ({ value: outcome.probabilityIntensiveCareShort }),
  },
  { name: 'peopleRestricted', unit: 'count', better: 'lower', of: ({ mostRestricted }) => ({ value: mostRestricted }) },
  {
    name: 'businessesClosed',
    unit: 'count',
    better: 'lower',
    of: ({ closedBusinesses }) => ({ value: Math.max(0, ...closedBusinesses) }),
  },
  { name: 'limitedDays', unit: 'days', better: 'lower', of: (outcome) => ({ value: limitedDays(outcome) }) },
  { name: 'workingDaysLost', unit: 'days', better: 'lower', of: ({ totals }) => banded(totals.workingDaysLost) },
  { name: 'doses', unit: 'count', better: undefined, of: ({ totals }) => banded(totals.doses) },
  { name: 'cost', unit: 'money', better: 'lower', of: ({ totals }) => banded(totals.cost) },
];

/** Days on which anybody's movement or any business is limited. */
export const limitedDays = ({ restrictedPeople, closedBusinesses }: ScenarioOutcome): number =>
  restrictedPeople.filter((people, day) => people > 0 || (closedBusinesses[day] ?? 0) > 0).length;

/** Probability by day that the weekly rate is at one of the policy's cuts or above: the first is where level 2 begins. */
export const reachedByDay = (outcome: ScenarioOutcome, cut: number | undefined): readonly (number | null)[] =>
  outcome.probabilityReached.find((reached) => reached.cut === cut)?.byDay ?? [];
/** Of the last day: where an epidemic already stands above the cut, the highest day says the same of every scenario. */
const lastProbability = (outcome: ScenarioOutcome, cuts: readonly number[]): number =>
  reachedByDay(outcome, cuts[1]).at(-1) ?? 0;

export type Mark = 'best' | 'worst' | undefined;

/** Closer than this share of the larger (of one, for probabilities), two values are not told apart: a name for it would say more than is known. */
const tooClose = 0.02;
/** Width of the middle 90 of 100, in standard deviations of a normal spread; standard error of a median against that of a mean. */
const bandDeviations = 3.29;
const medianError = 1.25;
const errors = 2;

/** How far a median, or a share, of so many paths may lie from the one of infinitely many. */
function uncertainty({ value, low = value, high = value }: Value, paths: number, unit: Metric['unit']): number {
  if (unit === 'share') return errors * Math.sqrt((value * (1 - value)) / paths);
  return (errors * medianError * (high - low)) / bandDeviations / Math.sqrt(paths);
}

/** Which of the values, side by side, is best and which worst. None when they are too close for so many paths, or there is nothing to compare. */
export function marksOf(
  values: readonly (Value | undefined)[],
  paths: number,
  { better, unit }: Pick<Metric, 'better' | 'unit'>,
): Mark[] {
  const known = values.filter((value) => value !== undefined).toSorted((a, b) => a.value - b.value);
  const near = (a: Value, b: Value) =>
    Math.abs(a.value - b.value) <=
    Math.max(
      tooClose * (unit === 'share' ? 1 : Math.max(Math.abs(a.value), Math.abs(b.value))),
      Math.min(uncertainty(a, paths, unit), uncertainty(b, paths, unit)),
    );
  const [low, high] = [known[0], known.at(-1)];
  if (!better || !low || !high || near(low, high)) return values.map(() => undefined);
  return values.map((value) =>
    value === undefined ? undefined : near(value, low) ? 'best' : near(value, high) ? 'worst' : undefined,
  );
}
