import type { Actor } from './actor.ts';
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

/** Who said an event, and from what it came. */
export interface Attribution {
  actor: Actor;
  /** Id of the HTTP request, or of the run of work, that it came from. */
  correlationId: string;
  /** Id of the event that directly caused it. */
  causationId?: string;
}

/**
 * The CloudEvent of a fact, as a sender offers it to the door: the door says who sent it. Data is checked against its schema: what does not fit
 * throws. What a service puts into the journal itself is an `attributedEvent`.
 */
export function newEvent<Type extends EventType>(
  fact: NewEvent<Type>,
): { event: CloudEvent<EventData<Type>>; message: JournalMessage } {
  return written(fact, {});
}

/** The CloudEvent and journal message of a fact that a service decided, with who said it. */
export function attributedEvent<Type extends EventType>(
  fact: NewEvent<Type>,
  { actor, correlationId, causationId }: Attribution,
): { event: CloudEvent<EventData<Type>>; message: JournalMessage } {
  return written(fact, {
    ...actor,
    correlationid: correlationId,
    ...(causationId === undefined ? {} : { causationid: causationId }),
  });
}

function written<Type extends EventType>(
  fact: NewEvent<Type>,
  attribution: Pick<CloudEvent, 'authtype' | 'authid' | 'correlationid' | 'causationid'>,
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
    ...attribution,
    dataversion: definition.version ?? 1,
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
