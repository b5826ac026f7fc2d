import type { CloudEvent } from '#contracts/cloud-event.ts';
import { messageId } from '#contracts/new-event.ts';
import type { Entry } from '#platform/projection.ts';

/** A state of an entity with its place in the journal and in what the centre knew. Times are text: microseconds survive. */
export interface Version<State> {
  state: State;
  /** Half-open span in which the centre took the state for true; `infinity` while it does. */
  knownAt: string;
  knownUntil: string;
  /** Sequence of the entity's first event, and of the event that made the state so. */
  firstSequence: number;
  sequence: number;
  /** Source and id of that event. */
  eventKey: string;
}

/** The state after an event, and why the event was out of order; null when it was lawful, or when the entity knows no order. */
export interface Evolved<State> {
  state: State;
  irregular: string | null;
}

/** What one event made of one entity. */
export interface Change<State, Event> {
  id: string;
  event: Event;
  before: Version<State> | undefined;
  after: Version<State>;
  irregular: string | null;
}

/** What a fold looks at in an event, beside what the entity's own rules do. */
export type Recorded = Pick<CloudEvent, 'source' | 'id' | 'type' | 'recordedtime'>;

/** What a batch of events makes of the current versions. */
export interface Folded<State, Event> {
  /** In journal order. A version that is superseded within the batch carries its end. */
  changes: Change<State, Event>[];
  /** Current rows that end: entity → moment. */
  ended: Map<string, string>;
  /** Newest message on each subject, also of facts that were sent again: entity → sequence. */
  heads: Map<string, number>;
}

export interface FoldRules<State, Event> {
  /** The entity that an event is about. */
  idOf: (event: Event) => string;
  /** `find`: other entities as they are at that point of the batch, of those that were given. */
  evolve: (before: State | undefined, entry: Entry<Event>, find: (id: string) => State | undefined) => Evolved<State>;
}

/**
 * Folds a batch into versions. The same journal gives the same versions however it is cut into batches; a fact that was seen before moves the head of
 * its subject and nothing else. `current`: versions before the batch; `seen`: keys of the facts that are in the rows. Both are changed.
 */
export function fold<State, Event extends Recorded>(
  entries: readonly Entry<Event>[],
  current: Map<string, Version<State>>,
  seen: Set<string>,
  { idOf, evolve }: FoldRules<State, Event>,
): Folded<State, Event> {
  const folded: Folded<State, Event> = { changes: [], ended: new Map(), heads: new Map() };
  const find = (id: string) => current.get(id)?.state;
  const fresh = new Set<Version<State>>();
  for (const entry of entries) {
    const { sequence, event } = entry;
    const id = idOf(event);
    folded.heads.set(id, Math.max(folded.heads.get(id) ?? 0, sequence));
    const eventKey = messageId(event);
    if (seen.has(eventKey)) continue;
    seen.add(eventKey);

    const before = current.get(id);
    const { state, irregular } = evolve(before?.state, entry, find);
    const knownAt = notBefore(before?.knownAt, event.recordedtime);
    const firstSequence = before?.firstSequence ?? sequence;
    const after = { state, knownAt, knownUntil: 'infinity', firstSequence, sequence, eventKey };
    if (before && fresh.has(before)) before.knownUntil = knownAt;
    else if (before) folded.ended.set(id, knownAt);
    fresh.add(after);
    current.set(id, after);
    folded.changes.push({ id, event, before, after, irregular });
  }
  return folded;
}

/** What is recorded late is known late: a version never starts before the one it follows. */
const notBefore = (known: string | undefined, recorded: string): string =>
  known !== undefined && Date.parse(known) >= Date.parse(recorded) ? known : recorded;
