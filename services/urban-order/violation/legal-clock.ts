import sql, { type Sql } from 'sql-template-tag';
import type { Moment } from '../../district/moment.ts';
import { deadlineOf, kindOf } from '../register/register.ts';
import type { Due, Violation } from './state.ts';
import { lawfulSteps, type Step } from './transitions.ts';

export const nextSteps = (violation: Pick<Violation, 'status' | 'kind'>): readonly Step[] =>
  lawfulSteps(violation.status, kindOf(violation.kind).worksInProgress);

/** The clock of a status: which step is waited for, since when, how long by the law at the time of the breach; null when nothing is due. */
export function dueOf(violation: Violation, remedyDueDate: string | null): Due | null {
  const step = nextSteps(violation)[0];
  if (!step) return null;
  const clock = { step, from: violation.statusSince, hours: null, days: null, on: null };
  if (step === 'remedy' && remedyDueDate) return { ...clock, rule: 'decision', on: remedyDueDate };
  const rule = deadlineOf(step, violation.occurredAt);
  return rule ? { ...clock, rule: rule.id, hours: rule.hours ?? null, days: rule.days ?? null } : null;
}

/**
 * SQL of the instant at which the next step is due, from a row `v` and the district's zone. Hours run from the minute (48 h are 48 h);
 * days are whole local days, due when the last one ends. NULL when nothing is due.
 */
export const dueAt = (timeZone: string): Sql => sql`CASE
  WHEN v.due_on IS NOT NULL THEN (v.due_on + 1)::timestamp AT TIME ZONE ${timeZone}
  WHEN v.due_hours IS NOT NULL THEN v.due_from + make_interval(hours => v.due_hours)
  WHEN v.due_days IS NOT NULL THEN ((v.due_from AT TIME ZONE ${timeZone})::date + v.due_days + 1)::timestamp AT TIME ZONE ${timeZone}
END`;

/** SQL: the next step of the row `v` is overdue at a moment. At T+48h00 it is, at T+47h59 it is not. */
export const overdueAt = ({ timeZone, instant }: Pick<Moment, 'timeZone' | 'instant'>): Sql =>
  sql`COALESCE(${dueAt(timeZone)} <= ${instant}::timestamptz, false)`;
