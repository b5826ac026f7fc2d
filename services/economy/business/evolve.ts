import type { EventData } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { isFromFile } from '#contracts/import-kind.ts';
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
 * The state after an event: a second registration corrects what it says of the first, a change may come before any registration. A status that is another than files said
 * before is a change as of the day on which the file was handed in (UTC): a register says how things stand, and not since when. `sequence`: place of
 * the event among those of its business, or in the journal; of facts of one day the greater one holds.
 */
export function evolve(
  before: Business | undefined,
  event: Pick<BusinessEvent, 'type' | 'data'> & { source?: string; recordedtime?: string },
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
    // "unknown" is what a register says that says no form.
    form: (data.form ?? 'unknown') === 'unknown' ? business.form : data.form,
    sector: data.sector ?? business.sector,
    registeredDate: data.registeredDate,
    employees: data.employees ?? business.employees,
    address: data.address ?? business.address,
    ...placeAfter(business.registered ? business : undefined, data),
    facts: withRegistration(business.facts, data, event, sequence),
  };
}

function withRegistration(
  before: StatusFact[],
  { registeredDate, status, licensedUntil }: EventData<'business-registered'>,
  { source, recordedtime }: { source?: string; recordedtime?: string },
  sequence: number,
): StatusFact[] {
  const known = before.find((fact) => fact.registration);
  const term = licensedUntil ?? known?.licensedUntil ?? null;
  const registered = { from: registeredDate, licensedUntil: term, registration: true, sequence };
  const others = before.filter((fact) => !fact.registration);
  if (status === undefined || !isFromFile({ source: source ?? '' })) {
    const listed = known?.listed === undefined ? {} : { listed: known.listed };
    return orderFacts([...others, { ...registered, status: status ?? known?.status ?? 'open', ...listed }]);
  }
  if (known?.listed === undefined || recordedtime === undefined)
    return orderFacts([...others, { ...registered, status, listed: status }]);
  const kept = [...others, { ...registered, status: known.status, listed: status }];
  if (status === known.listed) return orderFacts(kept);
  const handedIn = new Date(recordedtime).toISOString().slice(0, 10);
  const from = handedIn > registeredDate ? handedIn : registeredDate;
  return withFact(kept, from, { status }, false, sequence);
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
