import type { EventData, EventType } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import type { EventDefinition } from '#contracts/define-event.ts';
import { newEventOf, type Fact as Stamped } from '#contracts/new-event.ts';
import type { EntityData } from '#lifecycle/entity/entity.ts';
import type { Day } from './calendar.ts';

/** Something of the simulated world, before it is an event. Times in milliseconds. */
export interface Fact<Type extends EventType = EventType> {
  id: string;
  type: Type;
  /** When it happened. */
  time: number;
  /** When the centre knew. Decides the order. */
  recordedTime: number;
  data: EventData<Type>;
}

/** The same of a declared entity, whose events are not in the catalogue's type. */
export interface EntityFact {
  definition: EventDefinition<EntityData>;
  id: string;
  time: number;
  /** When the centre knew. */
  recordedTime: number;
  data: EntityData;
}

/** The same of a subsystem's own event. */
export interface OwnFact {
  id: string;
  time: number;
  /** When the centre knew. */
  recordedTime: number;
  /** The event of it. @throws when the data do not fit its schema */
  eventOf: (stamped: Omit<Stamped<unknown>, 'data'>) => CloudEvent;
}

export const ownFact = <Data extends Record<string, unknown>>(
  definition: EventDefinition<Data>,
  id: string,
  time: number,
  recordedTime: number,
  data: Data,
): OwnFact => ({
  ...{ id, time, recordedTime },
  eventOf: (stamped) => newEventOf(definition, { ...stamped, data }).event,
});

/** Checks that data belongs to its type, which a bare literal in a list would not. */
export function fact<Type extends EventType>(
  type: Type,
  id: string,
  time: number,
  recordedTime: number,
  data: EventData<Type>,
): Fact {
  return { type, id, time, recordedTime, data } as Fact;
}

/** One strand of the simulated world: what becomes known on each day, asked day after day. */
export interface FactSource {
  factsOf: (day: Day) => Fact[];
}

/** What is to come, by day. Only the future is held. */
export class Agenda<Item> {
  private readonly days = new Map<Day, Item[]>();

  add(day: Day, item: Item): void {
    const items = this.days.get(day);
    if (items) items.push(item);
    else this.days.set(day, [item]);
  }

  take(day: Day): Item[] {
    const items = this.days.get(day) ?? [];
    this.days.delete(day);
    return items;
  }
}
