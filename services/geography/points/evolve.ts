import { createHash } from 'node:crypto';
import { definitionOf } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { messageId } from '#contracts/new-event.ts';
import { dayAfter, type PointFact } from '#contracts/point-fact.ts';
import type { Entry } from '#platform/projection.ts';
import { categoryOf, type PointState, statusOf } from './point-state.ts';
import { stepsOf } from './z-order.ts';

type Heard = Entry<CloudEvent>;
/** The event makes a point known; all others of a layer change one. */
export const isBirth = (type: string): boolean => definitionOf(type)?.point?.born === true;

/** The entity after the event. A change of something that was never told of, or that had its effect already, leaves it as it is. */
export function evolvePoint(layer: string, state: PointState | undefined, entry: Heard): PointState | undefined {
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
    ...dayAfter(state, fact),
    category: fact.category === undefined ? state.category : categoryOf(layer, fact.category),
    status: status ?? state.status,
    statusSince: status === undefined ? state.statusSince : (fact.statusSince ?? state.statusSince),
    sequence: entry.sequence,
    applied: [...state.applied, digest],
  };
}

function newPoint(layer: string, fact: PointFact & { entity: string }, sequence: number): PointState {
  return {
    entity: fact.entity,
    at: fact.location ? stepsOf(fact.location.lon, fact.location.lat) : null,
    ...dayAfter(undefined, fact),
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
export const entityOf = (event: CloudEvent): string | undefined => factOf(event)?.entity;

/** What the event says of a point, by its own declaration. */
function factOf({ type, data }: CloudEvent): (PointFact & { born: boolean; entity: string }) | undefined {
  const definition = definitionOf(type);
  if (!definition?.point) return undefined;
  const said = definition.point.factOf(data);
  return {
    ...said,
    status: said.status ?? definition.status,
    born: definition.point.born ?? false,
    entity: definition.key(data),
  };
}
