import { createHash } from 'node:crypto';
import type { EventData, EventType } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { messageId } from '#contracts/new-event.ts';
import type { Entry } from '#platform/projection.ts';
import { categoryOf, type PointLayer, type PointState, statusOf } from './point-state.ts';
import { stepsOf } from './z-order.ts';

type Heard = Entry<CloudEvent>;
/** What an event says about a point. `born`: it tells of the entity for the first time. */
interface PointFact {
  born: boolean;
  entity: string;
  location?: { lon: number; lat: number };
  day?: string;
  happenedAt?: string;
  category?: string;
  status?: string;
  statusSince?: string;
}

/** Events that make a point known; all others of a layer change one. */
const births = new Set<string>(['case-confirmed', 'violation-reported', 'business-registered'] satisfies EventType[]);
export const isBirth = (type: string) => births.has(type);

/** The entity after the event. A change of something that was never told of, or that had its effect already, leaves it as it is. */
export function evolvePoint(layer: PointLayer, state: PointState | undefined, entry: Heard): PointState | undefined {
  const fact = factOf(entry.event);
  if (!fact) return state;
  if (fact.born) return state ?? newPoint(layer, fact, entry.sequence);
  if (!state) return undefined;
  const digest = createHash('sha256').update(messageId(entry.event)).digest('base64url').slice(0, 11);
  if (state.applied.includes(digest)) return state;
  const newer = fact.statusSince === undefined || state.statusSince === null || fact.statusSince >= state.statusSince;
  const status = fact.status === undefined || !newer ? undefined : statusOf(layer, fact.status);
  return {
    ...state,
    at: fact.location ? stepsOf(fact.location.lon, fact.location.lat) : state.at,
    day: fact.day ?? state.day,
    category: fact.category === undefined ? state.category : categoryOf(layer, fact.category),
    status: status ?? state.status,
    statusSince: status === undefined ? state.statusSince : (fact.statusSince ?? state.statusSince),
    sequence: entry.sequence,
    applied: [...state.applied, digest],
  };
}

function newPoint(layer: PointLayer, fact: PointFact, sequence: number): PointState {
  return {
    entity: fact.entity,
    at: fact.location ? stepsOf(fact.location.lon, fact.location.lat) : null,
    day: fact.day ?? null,
    happenedAt: fact.happenedAt ?? null,
    category: categoryOf(layer, fact.category ?? 'unknown'),
    status: statusOf(layer, fact.status ?? '') ?? 0,
    statusSince: fact.statusSince ?? null,
    firstSequence: sequence,
    sequence,
    applied: [],
  };
}

/** Entity that an event of a layer is about. */
export function entityOf(event: CloudEvent): string | undefined {
  return factOf(event)?.entity;
}

function factOf(event: CloudEvent): PointFact | undefined {
  const { type } = event;
  if (type === 'case-confirmed') {
    const data = event.data as EventData<'case-confirmed'>;
    const { caseId: entity, location, confirmedDate: day, exposure: category, status = 'active' } = data;
    return { born: true, entity, location, day, category, status };
  }
  if (type === 'case-status-changed') {
    const { caseId: entity, status } = event.data as EventData<'case-status-changed'>;
    return { born: false, entity, status };
  }
  if (type === 'case-corrected') {
    const data = event.data as EventData<'case-corrected'>;
    return {
      born: false,
      entity: data.caseId,
      location: data.location,
      day: data.confirmedDate,
      category: data.exposure,
    };
  }
  if (type === 'violation-reported') {
    const { violationId: entity, location, occurredAt, kind } = event.data as EventData<'violation-reported'>;
    return { born: true, entity, location, happenedAt: occurredAt, category: kind, status: 'reported' };
  }
  if (type.startsWith('violation-')) {
    const { violationId: entity } = event.data as { violationId: string };
    return { born: false, entity, status: type.slice('violation-'.length) };
  }
  if (type === 'business-registered') {
    const data = event.data as EventData<'business-registered'>;
    const { businessId: entity, location, registeredDate: day, form = 'unknown', status = 'open' } = data;
    return { born: true, entity, location, day, category: form, status, statusSince: day };
  }
  if (type === 'business-status-changed') {
    const { businessId: entity, status, effectiveDate } = event.data as EventData<'business-status-changed'>;
    return { born: false, entity, status, statusSince: effectiveDate };
  }
  return undefined;
}
