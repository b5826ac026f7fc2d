import { type AnyEvent, definitionOf, eventDefinitions } from './catalogue.ts';
import type { CloudEvent } from './cloud-event.ts';
import type { EventDefinition, PersonalField } from './define-event.ts';
import type { JournalMessage } from './new-event.ts';

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

/** THE place that says which facts are sealed: those of real persons. Those of an exercise are made up. */
const isOfRealPersons = ({ exercise }: Pick<CloudEvent, 'exercise'>): boolean => exercise !== true;

/** Something of the event will be sealed on its way into the journal. */
export const isToBeSealed = (definition: AnyEvent, event: CloudEvent): boolean =>
  isOfRealPersons(event) &&
  definition.dataClass === 'person' &&
  sealedFields(definition).some((field) => event.data[field] !== undefined && event.data[field] !== null);

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
 * The event as the journal has it: the fields that say who a person is stand together, sealed, in the attribute `sealed`. Pure but for the keys.
 *
 * @returns the same event when nothing of it is sealed; without the fields when their person was removed
 */
export function sealEvent(definition: AnyEvent, event: CloudEvent, keys: Pick<Keys, 'seal'>): CloudEvent {
  if (!isOfRealPersons(event)) return event;
  const hidden: Record<string, unknown> = {};
  const data: Record<string, unknown> = { ...event.data };
  for (const field of sealedFields(definition)) {
    if (data[field] === undefined || data[field] === null) continue;
    hidden[field] = data[field];
    delete data[field];
  }
  if (Object.keys(hidden).length === 0) return event;
  const sealed = keys.seal(sealedFor(definition, event), JSON.stringify(hidden), boundTo(definition, event));
  return { ...event, ...(sealed === undefined ? {} : { sealed }), data };
}

/** The event with what was sealed of it. Events of before the sealing, and those with nothing to seal, come back as they are. Pure but for the keys. */
export function openEvent(event: CloudEvent, keys: Pick<Keys, 'open'>): OpenedEvent {
  const { sealed, ...rest } = event;
  const definition = definitionOf(event.type);
  if (typeof sealed !== 'string' || !definition) return event;
  const opened = keys.open(sealed, boundTo(definition, event));
  if ('unreadable' in opened) return { ...rest, unreadable: opened.unreadable } as OpenedEvent;
  return { ...rest, data: { ...event.data, ...(JSON.parse(opened.text) as Record<string, unknown>) } } as CloudEvent;
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
  open: (journalled: unknown) => unknown;
}

/** The event of a message, when something of it is to be sealed. */
function toBeSealed({ event, payload }: JournalMessage): CloudEvent | undefined {
  if (event) return event;
  const read = JSON.parse(payload) as CloudEvent;
  const definition = definitionOf(read.type);
  return definition && isToBeSealed(definition, read) ? read : undefined;
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
      const found = messages.map((message) => (mayHold(message.subject) ? toBeSealed(message) : undefined));
      const most = found.reduce((sum, event) => sum + (event ? 1 : 0), 0);
      if (most === 0) return [...messages];
      return keys.together(most, () =>
        messages.map((message, index) => {
          const event = found[index];
          return event
            ? { ...message, payload: JSON.stringify(sealEvent(definitionOf(event.type)!, event, keys)) }
            : message;
        }),
      );
    },
    open: (journalled) =>
      typeof (journalled as { sealed?: unknown } | null)?.sealed === 'string'
        ? openEvent(journalled as CloudEvent, keys)
        : journalled,
  };
}
