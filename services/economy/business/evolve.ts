import type { EventData } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { placeAfter } from '../../lifecycle/place.ts';
import { type Business, orderFacts, type StatusFact } from './state.ts';

type Of<Type extends 'business-registered' | 'business-status-changed'> = CloudEvent<EventData<Type>> & { type: Type };
export type BusinessEvent = Of<'business-registered'> | Of<'business-status-changed'>;

const unregistered = (businessId: string): Business => ({
  businessId,
  registered: false,
  name: null,
  form: 'unknown',
  sector: null,
  registeredDate: null,
  employees: null,
  address: null,
  location: null,
  statedAreaId: null,
  facts: [],
});

/**
 * The state after an event: a second registration corrects what it says of the first, a change may come before any registration. `sequence`: place of
 * the event among those of its business, or in the journal; of facts of one day the greater one holds.
 */
export function evolve(
  before: Business | undefined,
  event: Pick<BusinessEvent, 'type' | 'data'>,
  sequence: number,
): Business {
  const business = before ?? unregistered(event.data.businessId);
  if (event.type === 'business-status-changed') {
    const data = event.data as EventData<'business-status-changed'>;
    return { ...business, facts: withFact(business.facts, data.effectiveDate, data, false, sequence) };
  }
  const data = event.data as EventData<'business-registered'>;
  const registration = business.facts.find((fact) => fact.registration);
  return {
    businessId: data.businessId,
    registered: true,
    name: data.name,
    // "unknown" is what a register says that says no form.
    form: (data.form ?? 'unknown') === 'unknown' ? business.form : data.form,
    sector: data.sector ?? business.sector,
    registeredDate: data.registeredDate,
    employees: data.employees ?? business.employees,
    address: data.address ?? business.address,
    ...placeAfter(business.registered ? business : undefined, data),
    facts: withFact(
      business.facts.filter((fact) => !fact.registration),
      data.registeredDate,
      {
        status: data.status ?? registration?.status ?? 'open',
        licensedUntil: data.licensedUntil ?? registration?.licensedUntil,
      },
      true,
      sequence,
    ),
  };
}

function withFact(
  facts: StatusFact[],
  from: string,
  { status, licensedUntil }: { status: StatusFact['status']; licensedUntil?: string | null | undefined },
  registration: boolean,
  sequence: number,
): StatusFact[] {
  return orderFacts([...facts, { from, status, licensedUntil: licensedUntil ?? null, registration, sequence }]);
}
