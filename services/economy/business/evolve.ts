import type { EventData } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
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

/** The state after an event, in whatever order events come: a second registration corrects the first, a change may come before any registration. */
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
  return {
    businessId: data.businessId,
    registered: true,
    name: data.name,
    // Events that were journalled by another hand may lack what the schema fills in.
    form: data.form ?? 'unknown',
    sector: data.sector ?? null,
    registeredDate: data.registeredDate,
    employees: data.employees ?? null,
    address: data.address ?? null,
    location: data.location ?? null,
    statedAreaId: data.areaId ?? null,
    facts: withFact(
      business.facts.filter((fact) => !fact.registration),
      data.registeredDate,
      { status: data.status ?? 'open', licensedUntil: data.licensedUntil },
      true,
      sequence,
    ),
  };
}

function withFact(
  facts: StatusFact[],
  from: string,
  { status, licensedUntil }: { status: StatusFact['status']; licensedUntil?: string },
  registration: boolean,
  sequence: number,
): StatusFact[] {
  return orderFacts([...facts, { from, status, licensedUntil: licensedUntil ?? null, registration, sequence }]);
}
