import type { EventType } from './catalogue.ts';
import { catalogue, type EventData } from './catalogue.ts';
import type { CloudEvent } from './cloud-event.ts';
import { type EventDefinition, subjectOf } from './define-event.ts';

/** An event as the journal takes it. */
export interface JournalMessage {
  subject: string;
  /** NATS message id: source and id together are unique (CloudEvents), id alone is not when two feeds count from 1. */
  id: string;
  payload: string;
}

export const messageId = (event: { source: string; id: string }) => `${event.source} ${event.id}`;

export interface NewEvent<Type extends EventType> {
  type: Type;
  district: string;
  source: string;
  id: string;
  /** When it happened. */
  time: string;
  /** When we knew it; in a live district the centre's own clock. */
  recordedTime: string;
  exercise?: boolean;
  data: EventData<Type>;
}

/** The CloudEvent and journal message of a fact that a service decided. Data is checked against its schema: a decision that does not fit throws. */
export function newEvent<Type extends EventType>(
  fact: NewEvent<Type>,
): { event: CloudEvent<EventData<Type>>; message: JournalMessage } {
  const definition = catalogue[fact.type] as unknown as EventDefinition<EventData<Type>>;
  const data = definition.schema.parse(fact.data);
  const event: CloudEvent<EventData<Type>> = {
    specversion: '1.0',
    id: fact.id,
    source: fact.source,
    type: fact.type,
    time: fact.time,
    datacontenttype: 'application/json',
    subject: definition.key(data),
    district: fact.district,
    recordedtime: fact.recordedTime,
    ...(fact.exercise ? { exercise: true } : {}),
    data,
  };
  return {
    event,
    message: {
      subject: subjectOf(definition, fact.district, data),
      id: messageId(event),
      payload: JSON.stringify(event),
    },
  };
}
