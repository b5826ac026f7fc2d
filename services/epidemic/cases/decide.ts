import type { EventData } from '#contracts/catalogue.ts';
import { type CaseStatus, caseStatus } from '#contracts/events/epidemic/case-confirmed.ts';
import { Problem, stepNotLawful } from '#platform/problem.ts';
import type { CaseVersion } from './evolve.ts';

/** Where a case can go next. A recovered person who falls ill again is another case; a death is corrected, not undone by a step. */
export const nextStatuses: Record<CaseStatus, CaseStatus[]> = {
  active: ['home-care', 'hospitalised', 'intensive-care', 'recovered', 'deceased', 'not-a-case'],
  'home-care': ['active', 'hospitalised', 'intensive-care', 'recovered', 'deceased', 'not-a-case'],
  hospitalised: ['active', 'home-care', 'intensive-care', 'recovered', 'deceased', 'not-a-case'],
  'intensive-care': ['hospitalised', 'home-care', 'recovered', 'deceased', 'not-a-case'],
  recovered: ['active', 'not-a-case'],
  deceased: ['not-a-case'],
  'not-a-case': ['active'],
};

/** Throws a Problem unless the event may follow the state. Pure. */
export function decideCase<Type extends 'case-confirmed' | 'case-status-changed' | 'case-corrected'>(
  current: CaseVersion | undefined,
  type: Type,
  data: EventData<Type>,
): void {
  const { caseId } = data;
  if (type === 'case-confirmed') {
    if (current)
      throw new Problem(409, 'The case is known already', {
        detail: `Case ${caseId} was confirmed on ${current.confirmedDate}. Correct it, or report under another caseId.`,
        extensions: { current },
      });
    const { confirmedDate, onsetDate, specimenDate } = data as EventData<'case-confirmed'>;
    for (const [field, value] of Object.entries({ onsetDate, specimenDate }))
      if (value && value > confirmedDate)
        throw new Problem(422, 'The request does not fit', {
          errors: [{ field: `json.${field}`, value, reason: `not after confirmedDate ${confirmedDate}` }],
        });
    return;
  }
  if (!current)
    throw new Problem(404, 'No such case', {
      errors: [{ field: 'param.caseId', value: caseId, reason: 'a case that was confirmed' }],
    });
  if (type === 'case-status-changed') {
    const { status } = data as EventData<'case-status-changed'>;
    const allowed = nextStatuses[caseStatus.parse(current.status)];
    if (!allowed.includes(status))
      throw stepNotLawful(
        { step: status, field: 'json.status', from: current.status, lawful: allowed },
        { extensions: { current, allowed } },
      );
  }
}
