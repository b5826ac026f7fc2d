import sql, { type Sql } from 'sql-template-tag';
import { pointClocks } from '#contracts/point-format.ts';
import { calendarOf } from '../../clocks/working-days.ts';
import type { Moment } from '../../district/moment.ts';
import { type Circumstances, type Deadline, deadlineOf, worksGoOn } from '../register/register.ts';
import type { Due, Violation } from './state.ts';
import { lawfulSteps, type Step } from './transitions.ts';

export const nextSteps = (
  violation: Pick<Violation, 'status'> & Pick<Circumstances, 'kind' | 'works'>,
): readonly Step[] => lawfulSteps(violation.status, worksGoOn(violation));

/** The clock of a status: which step is waited for, since when, how long by the law at the time of the breach; null when nothing is due. */
export function dueOf(violation: Violation, remedyDueDate: string | null): Due | null {
  const step = nextSteps(violation)[0];
  if (!step) return null;
  const none = { hours: null, days: null, workingDays: null, months: null, on: null };
  if (step === 'remedy' && remedyDueDate)
    return { ...none, step, from: violation.statusSince, rule: 'decision', on: remedyDueDate };
  // Its term stands in the decision to enforce, and nowhere else.
  if (violation.status === 'enforcing') return null;
  const rule = deadlineOf(step, violation);
  if (!rule) return null;
  const { hours = null, days = null, workingDays = null, months = null } = rule;
  return { ...none, step, from: beginOf(rule, violation), rule: rule.id, hours, days, workingDays, months };
}

/** From when a term counts. Where the moment was never told, from the status. */
function beginOf({ since }: Deadline, { statusSince, receivedAt, minutedAt }: Violation): string {
  if (since === 'receipt') return receivedAt ?? statusSince;
  if (since === 'minutes') return minutedAt ?? statusSince;
  return statusSince;
}

/**
 * SQL of the instant at which the next step is due, from a row `v` and the district's zone. Hours run from the minute (48 h are 48 h); days are whole local days, due when
 * the last one ends, which is a working day. NULL when nothing is due.
 */
export const dueAt = (timeZone: string): Sql => {
  const began = sql`(v.due_from AT TIME ZONE ${timeZone})::date`;
  const endOf = (day: Sql) => sql`(${day} + 1)::timestamp AT TIME ZONE ${timeZone}`;
  return sql`CASE
  WHEN v.due_on IS NOT NULL THEN ${endOf(sql`v.due_on`)}
  WHEN v.due_hours IS NOT NULL THEN v.due_from + make_interval(hours => v.due_hours)
  WHEN v.due_working_days IS NOT NULL THEN ${endOf(workingDayAfter(began, sql`v.due_working_days`, timeZone))}
  WHEN v.due_days IS NOT NULL THEN ${endOf(workingDayAfter(sql`(${began} + v.due_days - 1)`, sql`1`, timeZone))}
  WHEN v.due_months IS NOT NULL THEN ${endOf(workingDayAfter(sql`((${began} + make_interval(months => v.due_months))::date - 1)`, sql`1`, timeZone))}
END`;
};

/** The longest time that is looked ahead: ten working days with Tết between them are less. Days. */
const furthestDays = 60;

/** SQL: the so many-th day after a day on which offices work. */
const workingDayAfter = (day: Sql, count: Sql, timeZone: string): Sql => {
  const { closed, worked } = calendarOf(timeZone);
  const one = sql`(${day} + n)`;
  return sql`(SELECT ${one} FROM generate_series(1, ${furthestDays}::int) AS n
    WHERE (extract(isodow FROM ${one}) < 6 AND ${one} <> ALL (${closed}::date[])) OR ${one} = ANY (${worked}::date[])
    ORDER BY n OFFSET ${count} - 1 LIMIT 1)`;
};

/** Due within so many hours is due soon; heard of within so many is new. */
const soonHours = 24;

/** SQL: what the map says of the row `v`, as an index in `pointClocks`: overdue, due soon, new, or nothing. */
export const clockAt = (moment: Pick<Moment, 'timeZone' | 'instant'>): Sql => sql`CASE
  WHEN ${overdueAt(moment)} THEN ${pointClocks.indexOf('late')}::int
  WHEN COALESCE(${dueAt(moment.timeZone)} <= ${moment.instant}::timestamptz + make_interval(hours => ${soonHours}), false) THEN ${pointClocks.indexOf('due')}::int
  WHEN v.status = 'reported' AND v.status_since > ${moment.instant}::timestamptz - make_interval(hours => ${soonHours}) THEN ${pointClocks.indexOf('new')}::int
  ELSE 0 END`;

/** SQL: the next step of the row `v` is overdue at a moment. At T+48h00 it is, at T+47h59 it is not. */
export const overdueAt = ({ timeZone, instant }: Pick<Moment, 'timeZone' | 'instant'>): Sql =>
  sql`COALESCE(${dueAt(timeZone)} <= ${instant}::timestamptz, false)`;
