/**
 * "Do nothing more" judged as a forecast. A run of it is kept once a week of the district's clock; what was reported afterwards is laid beside it. Until enough of
 * them held, the model is not calibrated, and says so.
 */
import { dayNumber } from '@vungxanh/ml';
import type { NothingRecord, ScenarioRequest } from '#contracts/scenarios.ts';
import type { CaseOutcomes } from './severity-fit.ts';

/** Name of the scenario without measures in the runs that are kept for the record; they are left out of the list of runs. */
export const recordName = 'record';
export const daysBetweenRecords = 7;
const weeks = 4;

export const recordRequest = (district: string): ScenarioRequest => ({
  district,
  days: weeks * 7,
  paths: 200,
  seed: 2021,
  scenarios: [{ name: recordName, levers: [] }],
});

/** Bands of a run's reported cases with nothing done, one a day. */
export interface NothingRun {
  startDate: string;
  reported: readonly { q05: number; q25: number; q50: number; q75: number; q95: number }[];
}

/** A week counts as settled so many days after its end: by then the laboratories' backlogs are in. */
const settledAfterDays = 7;
/** Calibrated: so many runs were scored at every week, and so large a share of their 90 % bands held. */
const [leastRuns, leastHeld] = [8, 0.8] as const;

/**
 * Bands of a week are the sums of its days' bands, as if a path that is high on one day were high on all: a little too wide, so that what does not hold is not calibrated.
 * @param today the present day; what ends less than a week before it is not looked at
 */
export function nothingRecord(
  runs: readonly NothingRun[],
  outcomes: readonly CaseOutcomes[],
  today: number,
): NothingRecord {
  const cases = new Map(outcomes.map((one) => [one.day, one.cases]));
  const first = outcomes[0]?.day ?? Number.POSITIVE_INFINITY;
  const rows = Array.from({ length: weeks }, (_, at) => ({
    week: at + 1,
    runs: 0,
    held50: 0,
    held90: 0,
    said: 0,
    came: 0,
  }));
  for (const { startDate, reported } of runs) {
    const start = dayNumber(startDate);
    for (const row of rows) {
      const from = 7 * (row.week - 1);
      const days = reported.slice(from, from + 7);
      if (days.length < 7 || start + from < first || start + from + 6 + settledAfterDays > today) continue;
      const sum = (of: keyof NothingRun['reported'][number]) => days.reduce((total, day) => total + day[of], 0);
      let came = 0;
      for (let day = 0; day < 7; day++) came += cases.get(start + from + day) ?? 0;
      row.runs++;
      row.held50 += sum('q25') <= came && came <= sum('q75') ? 1 : 0;
      row.held90 += sum('q05') <= came && came <= sum('q95') ? 1 : 0;
      row.said += sum('q50');
      row.came += came;
    }
  }
  return {
    calibrated: rows.every(({ runs: scored, held90 }) => scored >= leastRuns && held90 >= leastHeld * scored),
    weeks: rows
      .filter(({ runs: scored }) => scored > 0)
      .map(({ week, runs: scored, held50, held90, said, came }) => ({
        week,
        runs: scored,
        held50,
        held90,
        saidBesideCame: came > 0 ? Number((said / came).toFixed(2)) : null,
      })),
  };
}
