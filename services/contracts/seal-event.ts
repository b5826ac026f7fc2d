import { type AnyEvent, definitionOf, eventDefinitions } from './catalogue.ts';
import type { CloudEvent } from './cloud-event.ts';
import type { EventDefinition, PersonalField } from './define-event.ts';
import type { JournalMessage, ToSeal } from './new-event.ts';

/** What is sealed of a fact about a person: all that says who he is, or may. */
const sealedKinds: ReadonlySet<PersonalField> = new Set(['identifies', 'may-identify']);

/** Why what was sealed cannot be read: its person was removed, or the keys are gone. */
export type Unreadable = 'removed' | 'lost';

/** An event as it is read: with what was sealed, or with the reason why that is not there. */
export type OpenedEvent<Event = CloudEvent> = Event & { unreadable?: Unreadable };

/** Seals and opens texts; a text is bound to what it belongs to. */
export interface Keys {
  /** Seals in one go what is asked within it, `most` times at most. */
  together: <Result>(most: number, work: () => Result) => Result;
  /** undefined: the person was removed, and nothing is sealed for him any more. */
  seal: (person: string, text: string, bound: string) => string | undefined;
  open: (sealed: string, bound: string) => { text: string } | { unreadable: Unreadable };
}

/** Fields of an event that are sealed, by its own declaration. Only of the first level: a test refuses others. */
export const sealedFields = ({
  personal = {},
  sealedToo = [],
}: Pick<EventDefinition, 'personal' | 'sealedToo'>): string[] => [
  ...Object.keys(personal).filter((field) => sealedKinds.has(personal[field]!)),
  ...sealedToo,
];

/** Asked of every event of a flood. */
const fieldsByDefinition = new WeakMap<AnyEvent, readonly string[]>();
function fieldsOf(definition: AnyEvent): readonly string[] {
  let fields = fieldsByDefinition.get(definition);
  if (!fields) {
    fields = sealedFields(definition);
    fieldsByDefinition.set(definition, fields);
  }
  return fields;
}

/** THE place that says which facts are sealed: those of real persons. Those of an exercise are made up. */
const isOfRealPersons = ({ exercise }: Pick<CloudEvent, 'exercise'>): boolean => exercise !== true;

/** A sealed text is of its event's type, district and entity: nowhere else does it open. */
const boundTo = ({ type, key }: Pick<AnyEvent, 'type' | 'key'>, { district, data }: CloudEvent): string =>
  `${type}\n${district}\n${key(data)}`;

/** By what a person has his key: his case, or the pseudonym that an event has of him. */
export const personOf = (
  { key }: Pick<AnyEvent, 'key'>,
  { district, data }: Pick<CloudEvent, 'district' | 'data'>,
): string => `${district} ${typeof data.personKey === 'string' ? data.personKey : key(data)}`;

/** Whose key seals an event. */
const sealedFor = (definition: AnyEvent, event: CloudEvent): string =>
  definition.sealedFor ? `${event.district} ${definition.sealedFor(event.data)}` : personOf(definition, event);

/**
 * What is to be sealed of an event, apart from what is not: the fields that say who a person is. A fact for everybody may have some too, in words that people wrote. Pure.
 *
 * @returns undefined when nothing of it is
 */
export function toSeal(definition: AnyEvent, event: CloudEvent): ToSeal | undefined {
  if (!isOfRealPersons(event)) return undefined;
  const hidden: Record<string, unknown> = {};
  let data: Record<string, unknown> | undefined;
  for (const field of fieldsOf(definition)) {
    const value = event.data[field];
    if (value === undefined || value === null) continue;
    hidden[field] = value;
    data ??= { ...event.data };
    // JSON leaves it out; deleted, the rest would be slower to read.
    data[field] = undefined;
  }
  if (!data) return undefined;
  return {
    person: sealedFor(definition, event),
    bound: boundTo(definition, event),
    hidden: JSON.stringify(hidden),
    rest: withLast(JSON.stringify({ ...event, data: undefined }), 'data', JSON.stringify(data)),
  };
}

/** @param object JSON of an object that is not empty, and has no such attribute */
const withLast = (object: string, name: string, value: string): string => `${object.slice(0, -1)},"${name}":${value}}`;

/** The event as it was given, with what is to be sealed of it. The data stand last (`toSeal`), and of each a field is in one of the two. */
export const unsealedPayload = ({ hidden, rest }: Pick<ToSeal, 'hidden' | 'rest'>): string =>
  `${rest.slice(0, -2)}${rest.endsWith('{}}') ? '' : ','}${hidden.slice(1)}}`;

/**
 * The event as the journal has it: the fields that say who a person is stand together, sealed, in its last attribute, `sealed`. Pure but for the keys.
 *
 * @returns JSON of the event; without the fields when their person was removed
 */
export function sealedPayload({ person, bound, hidden, rest }: ToSeal, keys: Pick<Keys, 'seal'>): string {
  const sealed = keys.seal(person, hidden, bound);
  // Letters, digits, dots, lines: nothing that JSON would write in another way.
  return sealed === undefined ? rest : withLast(rest, 'sealed', JSON.stringify(sealed));
}

/**
 * The event with what was sealed of it. Events of before the sealing, and those with nothing to seal, come back as they are.
 *
 * @param event is changed, and is what is returned: of a flood a copy of each would be a third of the work
 */
export function openEvent(event: CloudEvent, keys: Pick<Keys, 'open'>): OpenedEvent {
  const { sealed } = event;
  const definition = definitionOf(event.type);
  if (typeof sealed !== 'string' || !definition) return event;
  const opened = keys.open(sealed, boundTo(definition, event));
  // The last attribute: what it leaves is as quick to read as before.
  delete event.sealed;
  if ('unreadable' in opened) (event as OpenedEvent).unreadable = opened.unreadable;
  else Object.assign(event.data, JSON.parse(opened.text));
  return event;
}

/** The programme publishes, consumes or draws facts with something to seal, so that it needs the keys. */
export const needsKeys = (programme: string): boolean =>
  eventDefinitions().some(
    (definition) =>
      sealedFields(definition).length > 0 &&
      (definition.publishedBy.includes(programme) || definition.consumedBy.includes(programme)),
  );

/** What seals messages before the journal, and opens what stands in it. */
export interface Sealing {
  seal: <Message extends JournalMessage>(messages: readonly Message[]) => Message[];
  /** Changes what it is given. */
  open: (journalled: unknown) => unknown;
}

/** What is to be sealed of a message. */
function toSealOf({ toSeal: made, payload }: JournalMessage): ToSeal | undefined {
  if (made) return made;
  const read = JSON.parse(payload) as CloudEvent;
  const definition = definitionOf(read.type);
  return definition && toSeal(definition, read);
}

/** @param keys those of the data folder */
export function sealingBy(keys: Keys): Sealing {
  // Subjects of other facts are not looked into.
  const nouns = new Set(
    eventDefinitions().flatMap((definition) =>
      sealedFields(definition).length > 0 ? [`${definition.service}.${definition.noun}`] : [],
    ),
  );
  const mayHold = (subject: string) => nouns.has(subject.split('.', 4).slice(2).join('.'));
  return {
    seal: (messages) => {
      const found = messages.map((message) => (mayHold(message.subject) ? toSealOf(message) : undefined));
      const most = found.reduce((sum, parts) => sum + (parts ? 1 : 0), 0);
      if (most === 0) return [...messages];
      return keys.together(most, () =>
        messages.map((message, index) => {
          const parts = found[index];
          return parts ? { ...message, payload: sealedPayload(parts, keys) } : message;
        }),
      );
    },
    open: (journalled) =>
      typeof (journalled as { sealed?: unknown } | null)?.sealed === 'string'
        ? openEvent(journalled as CloudEvent, keys)
        : journalled,
  };
}
