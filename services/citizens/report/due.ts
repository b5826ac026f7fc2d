import type { EntityState } from '#lifecycle/entity/state.ts';
import type { Due } from '../../clocks/due.ts';
import { reception } from '../routing/routing.ts';
import { reportReminded } from './report.ts';

/**
 * What is due of a report: one reminder of its unit when the time for the answer is over, none once it is answered, while its clock stands, or when the unit was reminded.
 * Reopened, it is due once more. Pure.
 */
export function duesOfReport({ reported, status, reportId, unit, dueAt, remindedAt, reopenings }: EntityState): Due[] {
  if (!reported || status === 'closed' || !dueAt || remindedAt) return [];
  return [
    {
      rule: 'reminded',
      sequence: Number(reopenings ?? 0),
      dueAt: new Date(String(dueAt)).toISOString(),
      type: reportReminded.type,
      data: { reportId, remindedUnit: typeof unit === 'string' ? unit : reception },
    },
  ];
}
