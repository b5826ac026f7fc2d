// Young clusters planted in an exercise whose own clusters were dissolved, and months without any: what is raised, and what is raised for nothing.
import { alertsToRaise, type ClusterAlert, createRandom } from '@vungxanh/ml';
import { clustersOfCases } from '../../services/outlook/clusters/scan-of-cases.ts';
import { scanPolicy } from '../../services/outlook/policy.ts';
import { rounded } from './band-tally.ts';
import type { ExerciseReports } from './exercise-reports.ts';

const { days } = scanPolicy;
/** What a level-4 week of 1,000 people allows is a fifth of this. */
const planted = { cases: 8, days: 3, people: [850, 1150] } as const;
const monthDays = 30;
/** About as many cases in 28 days as in the independent recomputation. */
const wantedCases = 936;

interface Trials {
  trials: number;
  raised: number;
  months: number;
  falseMonths: number;
}
export const emptyTrials = (): Trials => ({ trials: 0, raised: 0, months: 0, falseMonths: 0 });

/** Adds `trials` planted clusters and `months` without any. Dates of the exercise's cases are dealt anew, so that areas keep what they have and no cluster is left. */
export function addClusterTrials(into: Trials, list: ExerciseReports, trials: number, months: number): void {
  const small = list.areas.flatMap((area, index) => (area.level === 'neighbourhood' ? [{ ...area, index }] : []));
  const row = new Map(small.map(({ index }, i) => [index, i]));
  const random = createRandom(list.seed);
  const caseAreas = casesOf28Days(list, row);
  // the tail beyond them decides, whatever their number
  const policy = { ...scanPolicy, replications: 99 };
  const question = {
    areaIds: small.map(({ id }) => id),
    positions: small.map(({ position }): [number, number] => [position[0], position[1]]),
    people: small.map(({ population }) => population),
    days,
    policy,
  };
  /** days as full as those of the exercise, their cases dealt anew */
  const dealt = (length: number) => {
    const cases = new Int32Array(length * small.length);
    for (let n = 0; n < (caseAreas.length * length) / days; n++)
      cases[random.below(length) * small.length + caseAreas[n % caseAreas.length]!]!++;
    return cases;
  };
  const fitting = small.flatMap(({ population }, i) =>
    population >= planted.people[0] && population <= planted.people[1] ? [i] : [],
  );
  for (let trial = 0; trial < trials; trial++) {
    const cases = dealt(days);
    const area = fitting[random.below(fitting.length)]!;
    for (let n = 0; n < planted.cases; n++) cases[(days - 1 - random.below(planted.days)) * small.length + area]!++;
    const raised = alertsToRaise(0, clustersOfCases({ ...question, cases }), [], policy);
    into.trials++;
    into.raised += raised.some(({ cluster }) => cluster.areaIds.includes(small[area]!.id)) ? 1 : 0;
  }
  for (let month = 0; month < months; month++) {
    const whole = dealt(days + monthDays);
    const told: ClusterAlert[] = [];
    for (let day = 1; day <= monthDays; day++) {
      const cases = whole.slice(day * small.length, (day + days) * small.length);
      for (const { cluster } of alertsToRaise(day, clustersOfCases({ ...question, cases }), told, policy))
        told.push({ ...cluster, raisedDay: day });
    }
    into.months++;
    into.falseMonths += told.length > 0 ? 1 : 0;
  }
}

/** Areas of the cases of the 28 days that come nearest to the wanted number, on the way up. */
function casesOf28Days({ changes, firstDay, lastDay }: ExerciseReports, row: ReadonlyMap<number, number>): number[] {
  const byDay = Array.from({ length: lastDay - firstDay + 1 }, (): number[] => []);
  for (const { area, day, change } of changes) {
    const index = row.get(area);
    if (index !== undefined && change > 0 && day >= firstDay && day <= lastDay) byDay[day - firstDay]!.push(index);
  }
  for (let end = days; end <= byDay.length; end++) {
    const cases = byDay.slice(end - days, end).flat();
    if (cases.length >= wantedCases) return cases;
  }
  return byDay.flat().slice(0, wantedCases);
}

export const clusterRows = ({ trials, raised, months, falseMonths }: Trials) => ({
  trials,
  raised: rounded(raised / trials),
  months,
  monthsWithFalseAlarm: rounded(falseMonths / months),
});
