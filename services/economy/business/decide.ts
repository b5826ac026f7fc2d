import type { EventData } from '#contracts/catalogue.ts';
import type { BusinessStatus } from '#contracts/events/economy/business-registered.ts';
import type { NewEvent } from '#contracts/new-event.ts';
import type { Versioned } from '#platform/command.ts';
import { Problem, stepNotLawful } from '#platform/problem.ts';
import { type Circumstances, decided } from '../../lifecycle/decided.ts';
import { idTaken, notKnown } from '../../lifecycle/problems.ts';
import { type Business, spanOn } from './state.ts';

/** From a status, what may follow. A closed business opens again; it is not suspended. */
export const statusTransitions: Record<BusinessStatus, readonly BusinessStatus[]> = {
  open: ['restricted', 'suspended', 'closed'],
  restricted: ['open', 'suspended', 'closed'],
  suspended: ['open', 'restricted', 'closed'],
  closed: ['open', 'restricted'],
};

const source = 'economy';

export function decideRegistration(
  current: Versioned<Business> | undefined,
  data: EventData<'business-registered'>,
  circumstances: Circumstances,
): NewEvent<'business-registered'> {
  if (current?.state.registered) throw idTaken('The business is registered already', 'businessId', data.businessId);
  return decided(circumstances, { type: 'business-registered', source, data });
}

/** A change from a day on; 409 names what may follow the status of that day. The same status again is allowed when it brings a new licence term. */
export function decideStatus(
  current: Versioned<Business> | undefined,
  data: EventData<'business-status-changed'>,
  circumstances: Circumstances,
): NewEvent<'business-status-changed'> {
  if (!current) throw notKnown('business', 'businessId', data.businessId);
  const { registeredDate } = current.state;
  if (registeredDate !== null && data.effectiveDate < registeredDate)
    throw new Problem(422, 'The change is before the registration', {
      errors: [
        {
          field: 'effectiveDate',
          value: data.effectiveDate,
          reason: `not before ${registeredDate}`,
          words: { vi: `không trước ngày đăng ký ${registeredDate}`, en: `not before ${registeredDate}` },
        },
      ],
      vietnamese: { title: 'Thay đổi này có trước ngày đăng ký' },
    });
  const span = spanOn(current.state, data.effectiveDate);
  const lawful = span ? statusTransitions[span.status] : (Object.keys(statusTransitions) as BusinessStatus[]);
  const renewal =
    span?.status === data.status && data.licensedUntil !== undefined && data.licensedUntil !== span.licensedUntil;
  if (!lawful.includes(data.status) && !renewal)
    throw stepNotLawful(
      { step: data.status, field: 'status', from: span?.status, lawful },
      { detail: `${data.status} cannot follow ${span?.status} on ${data.effectiveDate}; lawful: ${lawful.join(', ')}` },
    );
  return decided(circumstances, { type: 'business-status-changed', source, data });
}
