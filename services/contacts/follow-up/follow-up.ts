import { addDays } from '#contracts/days.ts';
import { type Course, courseOf, type Protection } from './rules.ts';

/** One thing that is known of a contact; `day` is the district's, YYYY-MM-DD. `at`, RFC 3339 in UTC with milliseconds, and `id` order what lies on one day. */
export interface FollowUpFact {
  id: string;
  kind: 'exposed' | 'visited' | 'moved-away' | 'lost' | 'suspended' | 'resumed';
  day: string;
  at: string;
}

export interface FollowUp {
  status: 'open' | 'suspended' | 'moved-away' | 'lost' | 'completed';
  course: Course;
  lastExposureDay: string;
  /** The first and the last day on which a visit or a call is due. */
  firstDay: string;
  lastDay: string;
  visitedDays: string[];
  /** Days of the course that have passed without a visit, and on which one was due. */
  missedDays: string[];
  dueToday: boolean;
}

const inOrder = (one: FollowUpFact, other: FollowUpFact): number =>
  [one.day, one.at, one.id].join(' ') < [other.day, other.at, other.id].join(' ') ? -1 : 1;

/**
 * The follow-up of a contact as it stands on a day. It depends on the set of facts, not on their order or repetition.
 *
 * It starts anew from the newest exposure: what was said of the contact's standing on earlier days does not count any more. It closes with the last day of its course, whatever else
 * was said or left unsaid; days that pass while it is suspended are not made up for. A visit after the end stays a fact and opens nothing.
 *
 * @param today what lies after this day is not known yet
 * @returns null before the first exposure
 */
export function followUpOn(today: string, facts: readonly FollowUpFact[], protection: Protection): FollowUp | null {
  const known = [...new Map(facts.map((fact) => [fact.id, fact])).values()]
    .filter(({ day }) => day <= today)
    .sort(inOrder);
  const lastExposureDay = known.findLast(({ kind }) => kind === 'exposed')?.day;
  if (lastExposureDay === undefined) return null;
  const course = courseOf(lastExposureDay, protection);
  const firstDay = addDays(lastExposureDay, 1);
  const lastDay = addDays(lastExposureDay, course.days);

  const standings = known.filter(({ kind, day }) => kind !== 'exposed' && kind !== 'visited' && day >= lastExposureDay);
  const standingOn = (day: string): FollowUp['status'] => {
    const kind = standings.findLast((fact) => fact.day <= day)?.kind;
    return kind === 'moved-away' || kind === 'lost' || kind === 'suspended' ? kind : 'open';
  };
  const visitedDays = [...new Set(known.filter(({ kind }) => kind === 'visited').map(({ day }) => day))];
  const visitDue = (day: string) =>
    day >= firstDay && day <= lastDay && standingOn(day) === 'open' && !visitedDays.includes(day);
  const missedDays: string[] = [];
  for (let day = firstDay; day < today && day <= lastDay; day = addDays(day, 1))
    if (visitDue(day)) missedDays.push(day);

  return {
    status: today > lastDay ? 'completed' : standingOn(today),
    course,
    lastExposureDay,
    firstDay,
    lastDay,
    visitedDays,
    missedDays,
    dueToday: visitDue(today),
  };
}
