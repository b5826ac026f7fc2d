import type { EventData } from '#contracts/catalogue.ts';
import type { BusinessStatus } from '#contracts/events/economy/business-registered.ts';
import type { NewEvent } from '#contracts/new-event.ts';
import type { Versioned } from '#platform/command.ts';
import { Problem, stepNotLawful } from '#platform/problem.ts';
import { type Business, spanOn } from './state.ts';

/** What a decision needs beside the state and the command. */
export interface Circumstances {
  district: string;
  exercise: boolean;
  /** RFC 3339. */
  now: string;
  eventId: string;
}

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
  { district, exercise, now, eventId }: Circumstances,
): NewEvent<'business-registered'> {
  if (current?.state.registered)
    throw new Problem(409, 'The business is registered already', {
      errors: [{ field: 'businessId', value: data.businessId, reason: 'an id that is not taken' }],
    });
  return { type: 'business-registered', district, source, id: eventId, time: now, recordedTime: now, exercise, data };
}

/** A change from a day on; 409 names what may follow the status of that day. The same status again is allowed when it brings a new licence term. */
export function decideStatus(
  current: Versioned<Business> | undefined,
  data: EventData<'business-status-changed'>,
  { district, exercise, now, eventId }: Circumstances,
): NewEvent<'business-status-changed'> {
  if (!current)
    throw new Problem(404, 'No such business', {
      errors: [{ field: 'businessId', value: data.businessId, reason: 'an id that is known in this district' }],
    });
  const { registeredDate } = current.state;
  if (registeredDate !== null && data.effectiveDate < registeredDate)
    throw new Problem(422, 'The change is before the registration', {
      errors: [{ field: 'effectiveDate', value: data.effectiveDate, reason: `not before ${registeredDate}` }],
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
  return {
    type: 'business-status-changed',
    district,
    source,
    id: eventId,
    time: now,
    recordedTime: now,
    exercise,
    data,
  };
}
