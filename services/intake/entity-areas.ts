import { type AnyEvent, definitionOf } from '#contracts/catalogue.ts';
import { pointFeeds } from '#contracts/feeds.ts';
import { type Gateway, GatewayError } from '#platform/gateway.ts';
import type { Caller } from '#platform/permission.ts';

/** An entity with a life of its own, of which events of a district speak. */
export interface Entity {
  district: string;
  service: string;
  id: string;
}

/** Where entities lie as they stand now: the areas of those that are known and lie in one, by `entityKey`. */
export type EntityAreas = Map<string, string>;
/** Asks the owner of an entity in which area it lies; undefined: it is unknown there, or lies in none. */
export type AskArea = (entity: Entity) => Promise<string | undefined>;

export const entityKey = ({ district, service, id }: Entity): string => `${district} ${service} ${id}`;

/** The entity that an event is of; undefined: it is a fact by itself, such as a count of an area. What is sent may be anything. */
export function entityOf(definition: AnyEvent, event: { district: string; data: Record<string, unknown> }) {
  const { service, noun } = definition;
  if (!pointFeeds().some(({ points }) => points.service === service && points.noun === noun)) return undefined;
  try {
    const id: unknown = definition.key(event.data);
    return typeof id === 'string' && id !== '' ? { district: event.district, service, id } : undefined;
  } catch {
    return undefined;
  }
}

/** Several owners are asked at once, but not with everything at once. */
const askedAtOnce = 8;

/**
 * The areas of the entities of which a sender speaks who is limited to areas. Of whoever may speak of the whole district nothing is asked.
 *
 * @param events as they were sent
 */
export async function areasOfEntities(
  events: readonly unknown[],
  caller: Pick<Caller, 'may'> | undefined,
  ask: AskArea | undefined,
): Promise<EntityAreas> {
  const found: EntityAreas = new Map();
  if (!caller || !ask) return found;
  const wanted = new Map<string, Entity>();
  for (const event of events) {
    const sent = event as { type?: unknown; district?: unknown; data?: unknown } | null;
    const { type, district, data } = sent ?? {};
    const definition = typeof type === 'string' ? definitionOf(type) : undefined;
    if (!definition || typeof district !== 'string' || typeof data !== 'object' || data === null) continue;
    if (caller.may(definition.action, definition.dataClass, { district, eventType: definition.type })) continue;
    const entity = entityOf(definition, { district, data: data as Record<string, unknown> });
    if (entity) wanted.set(entityKey(entity), entity);
  }
  const queue = [...wanted];
  const askNext = async (): Promise<void> => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      const area = await ask(next[1]);
      if (area !== undefined) found.set(next[0], area);
    }
  };
  await Promise.all(Array.from({ length: askedAtOnce }, askNext));
  return found;
}

/** Asks over the gateways of the services. An owner that is away throws: the sender comes again. */
export const askOwners =
  (gatewayOf: (service: string) => Pick<Gateway, 'get'> | undefined): AskArea =>
  async ({ district, service, id }) => {
    const gateway = gatewayOf(service);
    if (!gateway) return undefined;
    try {
      const answer = await gateway.get<{ areaId: string | null }>(`/area-of?${new URLSearchParams({ district, id })}`);
      return answer.areaId ?? undefined;
    } catch (error) {
      if (error instanceof GatewayError && error.status < 500) return undefined;
      throw error;
    }
  };
