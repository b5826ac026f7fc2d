/**
 * How deadly the disease is in this district: the figures of the literature beside the district's own deaths. Deaths of recent cases are still to come, so
 * the deaths expected by now are those of each day's cases times the share of the way to death that has passed (Nishiura et al. 2009, PLoS ONE 4:e6852).
 */
import type { District } from '@vungxanh/ml/scenario';

/** Cases of one day of the line list, and those of them that are known to have died. */
export interface CaseOutcomes {
  /** days since 1970-01-01 */
  day: number;
  cases: number;
  deaths: number;
}

/** The model against what was seen. */
export interface SeverityCheck {
  cases: number;
  deaths: number;
  /** deaths among these cases by now, by the figures as they stand in the sources */
  expectedDeaths: number;
  /** how many times as deadly the model was made; 1: nothing was fitted */
  factor: number;
}

/** The figures of the sources weigh as so many expected deaths: a district of few cases stays with them. */
const priorDeaths = 3;
/** Beyond this the deaths are of other people than the cases. */
const [leastFactor, mostFactor] = [0.1, 15];
/** Fewer cases tell nothing. */
const leastCases = 200;
/** No share of a group dies, or needs care, for certain. */
const mostShare = 0.9;

/** Shares of infections by age group: people by their contacts. */
function infectionShares({ wards, mixing }: District): number[] {
  const people = mixing.contacts.map((row, g) => {
    const contacts = row.reduce((a, b) => a + b, 0);
    return contacts * wards.reduce((sum, { population }) => sum + population[g]!, 0);
  });
  const all = people.reduce((a, b) => a + b, 0);
  return people.map((count) => count / Math.max(1e-9, all));
}

/** Shares of each age group that had one dose, and the full course, from a day on. */
export interface VaccinatedShares {
  day: number;
  oneDose: readonly number[];
  fullCourse: readonly number[];
}

/** Share of the infections of a district that dies, by its age groups and their doses: the vaccinated are infected less, and die less of it. */
function fatality(district: District, vaccinated: VaccinatedShares | undefined): number {
  const { severeShare, intensiveCareShare, deathShare, protectionInfection, protectionSevere } = district.disease;
  let [infected, dead] = [0, 0];
  infectionShares(district).forEach((share, g) => {
    const [one, full] = [vaccinated?.oneDose[g] ?? 0, vaccinated?.fullCourse[g] ?? 0];
    const all = severeShare[g]! * intensiveCareShare[g]! * deathShare[g]!;
    for (const [people, againstInfection, againstSevere] of [
      [Math.max(0, 1 - one - full), 0, 0],
      [one, protectionInfection[0], protectionSevere[0]],
      [full, protectionInfection[1], protectionSevere[1]],
    ] as const) {
      const caught = share * people * (1 - againstInfection);
      infected += caught;
      dead += caught * all * (1 - againstSevere);
    }
  });
  return infected > 0 ? dead / infected : 0;
}

/** Share of the way to death that has passed so many days after the report: three stays of the same mean length, one after the other. */
function diedBy(days: number, meanDays: number): number {
  const x = (3 * Math.max(0, days)) / meanDays;
  return 1 - Math.exp(-x) * (1 + x + (x * x) / 2);
}

/**
 * The district with severity as its own deaths say. What the vaccine keeps from dying is taken off first: the model takes it off once more, and only once.
 * @param today the last day whose deaths can be known
 * @param vaccinated ascending in `day`; a case has the shares of the newest one before it
 */
export function fitSeverity(
  district: District,
  outcomes: readonly CaseOutcomes[],
  today: number,
  vaccinated: readonly VaccinatedShares[] = [],
): { district: District; check: SeverityCheck | undefined } {
  const { daysToHospital, hospitalDays, intensiveCareDays, reportedShare } = district.disease;
  const known = vaccinated.map((shares) => ({
    from: shares.day,
    perReport: fatality(district, shares) / reportedShare,
  }));
  const first = known[0]?.perReport ?? fatality(district, undefined) / reportedShare;
  const perReportOn = (day: number) => known.findLast(({ from }) => from <= day)?.perReport ?? first;
  const meanDays = daysToHospital + hospitalDays + intensiveCareDays;
  let [cases, deaths, expectedDeaths] = [0, 0, 0];
  for (const one of outcomes) {
    cases += one.cases;
    deaths += one.deaths;
    expectedDeaths += one.cases * perReportOn(one.day) * diedBy(today - one.day, meanDays);
  }
  if (cases < leastCases || !(expectedDeaths > 0)) return { district, check: undefined };
  const wanted = (deaths + priorDeaths) / (expectedDeaths + priorDeaths);
  const factor = Math.min(mostFactor, Math.max(leastFactor, wanted));
  return { district: deadlier(district, factor), check: { cases, deaths, expectedDeaths, factor } };
}

/** Spread evenly over the three steps that lead to death, so that beds fill as deaths do; what one step cannot take the one before it does. */
function deadlier(district: District, factor: number): District {
  const { disease } = district;
  const each = Math.cbrt(factor);
  const deathShare = disease.deathShare.map((share) => Math.min(mostShare, share * each));
  const intensiveCareShare = disease.intensiveCareShare.map((share, g) => {
    const left = (factor * disease.deathShare[g]!) / deathShare[g]!;
    return Math.min(mostShare, share * Math.sqrt(left));
  });
  const severeShare = disease.severeShare.map((share, g) => {
    const done = (deathShare[g]! * intensiveCareShare[g]!) / (disease.deathShare[g]! * disease.intensiveCareShare[g]!);
    return Math.min(mostShare, (share * factor) / done);
  });
  return { ...district, disease: { ...disease, severeShare, intensiveCareShare, deathShare } };
}
