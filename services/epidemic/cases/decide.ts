import type { EventData } from '#contracts/catalogue.ts';
import { type CaseStatus, caseStatus } from '#contracts/events/epidemic/case-confirmed.ts';
import { contradictions } from '#contracts/events/epidemic/case-state.ts';
import { Problem, stepNotLawful } from '#platform/problem.ts';
import { isChange } from '../../district/statement-order.ts';
import { type CaseVersion, standingDetails } from './evolve.ts';
import { type CaseChange, knownCase, saidOfCase } from './known-case.ts';

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

/** Throws a Problem unless the event may follow the state. `timeZone`: IANA, of the district. Pure. */
export function decideCase<Type extends 'case-confirmed' | 'case-status-changed' | 'case-corrected'>(
  current: CaseVersion | undefined,
  type: Type,
  data: EventData<Type>,
  timeZone?: string,
): void {
  const { caseId } = data;
  if (type === 'case-confirmed') {
    if (current)
      throw new Problem(409, 'The case is known already', {
        detail: `Case ${caseId} was confirmed on ${current.confirmedDate}. Correct it, or report under another caseId.`,
        vietnamese: {
          title: 'Ca bệnh này đã có',
          detail: `Ca ${caseId} đã được xác định ngày ${current.confirmedDate}. Hãy đính chính ca đó, hoặc báo với mã khác.`,
        },
        extensions: { current },
      });
    assertDaysInOrder(data as EventData<'case-confirmed'>);
    return;
  }
  if (!current)
    throw new Problem(404, 'No such case', {
      errors: [
        {
          field: 'param.caseId',
          value: caseId,
          reason: 'a case that was confirmed',
          words: { vi: 'không có ca đã xác định nào mang mã này', en: 'a case that was confirmed' },
        },
      ],
      vietnamese: { title: 'Không có ca bệnh này' },
    });
  if (type === 'case-status-changed') {
    const { status, since } = data as EventData<'case-status-changed'>;
    const known = current.said && standingDetails(current.said).status;
    // It would stand below the status that is known, and change nothing.
    if (since && known && isChange(known.order) && Date.parse(since) < Date.parse(known.value.since))
      throw new Problem(422, 'The status is before the one it follows', {
        errors: [
          {
            field: 'json.since',
            value: since,
            reason: `not before ${known.value.status} at ${known.value.since}`,
            words: {
              vi: `không trước tình trạng "${known.value.status}" đã biết từ ${known.value.since}`,
              en: `not before ${known.value.status} at ${known.value.since}`,
            },
          },
        ],
        vietnamese: { title: 'Tình trạng này có trước tình trạng đã biết' },
      });
    const allowed = nextStatuses[caseStatus.parse(current.status)];
    if (!allowed.includes(status))
      throw stepNotLawful(
        { step: status, field: 'json.status', from: current.status, lawful: allowed },
        { extensions: { current, allowed } },
      );
  }
  const change = { type, data } as CaseChange;
  const faults = contradictions(knownCase(current, timeZone), saidOfCase(change, timeZone));
  if (faults.length > 0)
    throw new Problem(422, 'The request does not fit', {
      errors: faults.map((fault) => ({ ...fault, field: `json.${fault.field}` })),
    });
}

/** @throws Problem 422 when an onset or a specimen would be after the confirmation */
function assertDaysInOrder({ confirmedDate, ...said }: EventData<'case-confirmed'>): void {
  const faults = contradictions({ confirmedDate, onsetDate: null, specimenDate: null, outcome: null }, said);
  if (faults.length > 0)
    throw new Problem(422, 'The request does not fit', {
      errors: faults.map((fault) => ({ ...fault, field: `json.${fault.field}` })),
    });
}
