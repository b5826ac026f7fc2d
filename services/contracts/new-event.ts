import type { Actor } from './actor.ts';
import type { EventType } from './catalogue.ts';
import { catalogue, type EventData } from './catalogue.ts';
import type { CloudEvent } from './cloud-event.ts';
import { type EventDefinition, subjectOf } from './define-event.ts';

/** What is to be sealed of an event. */
export interface ToSeal {
  /** Whose key seals it. */
  person: string;
  /** The event it belongs to: nowhere else does it open. */
  bound: string;
  /** The fields to be sealed, as JSON. */
  hidden: string;
  /** The event without them, as JSON. */
  rest: string;
}

/** An event as the journal takes it. */
export interface JournalMessage {
  subject: string;
  /** NATS message id: source and id together are unique (CloudEvents), id alone is not when two feeds count from 1. */
  id: string;
  payload: string;
  /** W3C trace context of the event; left out: it is not traced. */
  traceparent?: string;
  /** The payload in the parts of which it is made, where some are still to be sealed (seal-event.ts): then nobody has to read it again. */
  toSeal?: ToSeal;
}

export const messageId = (event: { source: string; id: string }) => `${event.source} ${event.id}`;

/** A fact before it is an event: everything but its type. */
export interface Fact<Data> {
  district: string;
  source: string;
  id: string;
  /** When it happened. */
  time: string;
  /** When we knew it; in a live district the centre's own clock. */
  recordedTime: string;
  exercise?: boolean;
  data: Data;
}

export interface NewEvent<Type extends EventType> extends Fact<EventData<Type>> {
  type: Type;
}

/** Who said an event, and from what it came. */
export interface Attribution {
  actor: Actor;
  /** Id of the HTTP request, or of the run of work, that it came from. */
  correlationId: string;
  /** Id of the event that directly caused it. */
  causationId?: string;
  /** W3C trace context of the request; left out: it is not traced. */
  traceparent?: string;
}

/**
 * The CloudEvent of a fact, as a sender offers it to the door: the door says who sent it. Data is checked against its schema: what does not fit
 * throws. What a service puts into the journal itself is an `attributedEvent`.
 */
export function newEvent<Type extends EventType>(
  fact: NewEvent<Type>,
): { event: CloudEvent<EventData<Type>>; message: JournalMessage } {
  return written(definitionFor(fact.type), fact, {});
}

/** The same for an event that is not in the catalogue's type: a subsystem's own, by its definition. */
export const newEventOf = <Data>(
  definition: EventDefinition<Data>,
  fact: Fact<Data>,
): { event: CloudEvent<Data>; message: JournalMessage } => written(definition, fact, {});

/** The CloudEvent and journal message of a fact that a service decided, with who said it. */
export function attributedEvent<Type extends EventType>(
  fact: NewEvent<Type>,
  attribution: Attribution,
): { event: CloudEvent<EventData<Type>>; message: JournalMessage } {
  return attributedEventOf(definitionFor(fact.type), fact, attribution);
}

/** The same for an event that is not in the catalogue's type: a subsystem's own, by its definition. */
export function attributedEventOf<Data>(
  definition: EventDefinition<Data>,
  fact: Fact<Data>,
  { actor, correlationId, causationId, traceparent }: Attribution,
): { event: CloudEvent<Data>; message: JournalMessage } {
  return written(definition, fact, {
    ...actor,
    correlationid: correlationId,
    ...(causationId === undefined ? {} : { causationid: causationId }),
    ...(traceparent === undefined ? {} : { traceparent }),
  });
}

/** The definition of a type of the catalogue. */
export const definitionFor = <Type extends EventType>(type: Type): EventDefinition<EventData<Type>> => byType[type];
const byType: { readonly [Type in EventType]: EventDefinition<EventData<Type>> } = catalogue;

function written<Data>(
  definition: EventDefinition<Data>,
  fact: Fact<Data>,
  attribution: Pick<CloudEvent, 'authtype' | 'authid' | 'correlationid' | 'causationid' | 'traceparent'>,
): { event: CloudEvent<Data>; message: JournalMessage } {
  const data = definition.schema.parse(fact.data);
  const event: CloudEvent<Data> = {
    specversion: '1.0',
    id: fact.id,
    source: fact.source,
    type: definition.type,
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
      ...(attribution.traceparent === undefined ? {} : { traceparent: attribution.traceparent }),
    },
  };
}
