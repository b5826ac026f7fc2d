import type { CaseStatus } from '#contracts/events/epidemic/case-confirmed.ts';
import { type Day, dayOf } from './calendar.ts';
import type { Randomness } from './random.ts';

/** The course of one case, in days. */
export interface CaseCourse {
  /** Missing: never had symptoms. */
  onset?: Day;
  specimen: Day;
  confirmed: Day;
  steps: { day: Day; status: CaseStatus }[];
}

/** From then on people without grave symptoms stay at home. Before, they were taken to isolation. Date of the exercise, not of a decree. */
const homeCareFrom = dayOf('2021-08-14');

/** Chances by age, before vaccination: of hospital, of intensive care once there. Ours, for an exercise. */
const severity = [
  { upTo: 17, hospital: 0.02, intensive: 0.03 },
  { upTo: 49, hospital: 0.07, intensive: 0.09 },
  { upTo: 64, hospital: 0.19, intensive: 0.2 },
  { upTo: 125, hospital: 0.38, intensive: 0.33 },
];

/**
 * What happens to a case from infection to its end.
 *
 * @param protection share of severe courses that vaccination prevents on that day, 0 to 1
 * @param released   the day on which a result that is ready on a day leaves the laboratory
 */
export function caseCourse(
  infection: Day,
  ageYears: number,
  protection: number,
  released: (ready: Day) => Day,
  random: Randomness,
): CaseCourse {
  // Incubation of the Delta variant: median 4 days. Source: Grant et al., Lancet Regional Health Europe 2022 (median 4.4 days).
  const incubation = Math.max(1, Math.round(random.logNormal(Math.log(4.2), 0.4)));
  const symptoms = random.chance(0.68);
  const specimen = symptoms
    ? infection + incubation + Math.max(0, Math.round(random.logNormal(Math.log(1.8), 0.7)) - 1)
    : infection + random.whole(3, 9);
  const confirmed = released(specimen + (random.chance(0.45) ? 0 : 1) + (random.chance(0.12) ? random.whole(1, 3) : 0));
  return {
    ...(symptoms ? { onset: infection + incubation } : {}),
    specimen,
    confirmed,
    steps: steps(symptoms ? infection + incubation : specimen, confirmed, ageYears, protection, random),
  };
}

function steps(
  start: Day,
  confirmed: Day,
  ageYears: number,
  protection: number,
  random: Randomness,
): CaseCourse['steps'] {
  const { hospital, intensive } = severity.find(({ upTo }) => ageYears <= upTo)!;
  const found: CaseCourse['steps'] = [];
  if (!random.chance(hospital * (1 - protection))) {
    if (confirmed >= homeCareFrom) found.push({ day: confirmed + random.whole(0, 1), status: 'home-care' });
    found.push({ day: Math.max(confirmed + 5, start + random.whole(10, 15)), status: 'recovered' });
    return found;
  }
  const admitted = Math.max(confirmed, start + random.whole(3, 9));
  found.push({ day: admitted, status: 'hospitalised' });
  if (!random.chance(intensive)) {
    const died = random.chance(0.035);
    found.push({ day: admitted + random.whole(5, 13), status: died ? 'deceased' : 'recovered' });
    return found;
  }
  const worse = admitted + random.whole(1, 5);
  found.push({ day: worse, status: 'intensive-care' });
  found.push({ day: worse + random.whole(5, 20), status: random.chance(0.45) ? 'deceased' : 'recovered' });
  return found;
}
