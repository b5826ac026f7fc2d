import { isDeepStrictEqual } from 'node:util';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { isFromFile } from '#contracts/import-kind.ts';
import { messageId } from '#contracts/new-event.ts';
import type { Entry } from '#platform/projection.ts';
import { sameMoment } from '../district/statement-order.ts';

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
export type Recorded = Pick<CloudEvent, 'source' | 'id' | 'type' | 'recordedtime'> & { time?: string; authid?: string };

/** An event of an entity that was told, with where its statement stands among the others (district/statement-order.ts). */
export interface Told<Event> extends Entry<Event> {
  order: string;
}

/** What a batch of events makes of the current versions. */
export interface Folded<State, Event> {
  /** In journal order. A version that is superseded within the batch carries its end. */
  changes: Change<State, Event>[];
  /** Current rows that end: entity → moment. */
  ended: Map<string, string>;
  /** Newest message on each subject, also of facts that were sent again: entity → sequence. */
  heads: Map<string, number>;
  /** Facts that were told before under another id: kept as they came, they make no version. `after`: the version that stays. Left out: none. */
  repeats?: Change<State, Event>[];
  /** Versions of entities that the event of another one changed: they have no event of their own. Left out: none. */
  revised?: { id: string; after: Version<State> }[];
}

export interface FoldRules<State, Event> {
  /** The entity that an event is about. */
  idOf: (event: Event) => string;
  /**
   * `find`: other entities as they are at that point of the batch, of those that were given. `position`: place of the event among those of its entity
   * as they are folded, from 1; where that is not known, its place in the journal.
   */
  evolve: (
    before: State | undefined,
    entry: Entry<Event>,
    find: (id: string) => State | undefined,
    position: number,
  ) => Evolved<State>;
  /** Where an event stands among those of its entity, as a text that is compared; left out: they stand as the journal has them. */
  orderOf?: (entry: Entry<Event>) => string;
  /** How entities hang together; left out: each stands for itself. */
  others?: {
    /** Those whose events may come to something else when this one changes so; they are folded anew. */
    affectedBy: (id: string, before: State | undefined, after: State) => Iterable<string>;
    /** Whether folding anew came to the same. Texts of moments are not compared: a row writes them otherwise than an event. */
    same: (before: State, after: State) => boolean;
  };
}

/**
 * Folds a batch into versions. The state after an event is that of all events of its entity that the journal has up to it, folded in their order in the
 * world: so the current state does not depend on the order of arrival. The same journal gives the same versions however it is cut into batches; a fact
 * that was seen before, or is told again under another id, moves the head of its subject and nothing else.
 *
 * `current`: versions before the batch; `seen`: keys of the facts that are in the rows; `told`: the events of the entities in the rows, in any order.
 * All are changed. An entity of `current` whose events are not given is folded in the order of the journal.
 */
export function fold<State, Event extends Recorded>(
  entries: readonly Entry<Event>[],
  current: Map<string, Version<State>>,
  seen: Set<string>,
  { idOf, evolve, orderOf, others }: FoldRules<State, Event>,
  told: Map<string, Told<Event>[]> = new Map(),
): Folded<State, Event> {
  const folded: Folded<State, Event> = { changes: [], ended: new Map(), heads: new Map() };
  const find = (id: string) => current.get(id)?.state;
  const fresh = new Set<Version<State>>();
  for (const own of told.values()) own.sort(byOrder);
  for (const entry of entries) {
    const { sequence, event } = entry;
    const id = idOf(event);
    folded.heads.set(id, Math.max(folded.heads.get(id) ?? 0, sequence));
    const eventKey = messageId(event);
    if (seen.has(eventKey)) continue;
    seen.add(eventKey);

    const before = current.get(id);
    const order = orderOf?.(entry);
    if (!before && order !== undefined) told.set(id, []);
    const own = told.get(id);
    if (before && own && order !== undefined) {
      const one = { ...entry, order };
      // Where it stands below those that it repeats, it may stand otherwise among facts of its moment.
      if (own.some((other) => isRepeat(other, one) && byOrder(other, one) < 0)) {
        own.splice(placeAmong(own, one), 0, one);
        const knownAt = notBefore(before.knownAt, event.recordedtime);
        folded.repeats ??= [];
        folded.repeats.push({ id, event, before, after: { ...before, knownAt, sequence, eventKey }, irregular: null });
        continue;
      }
    }
    const { state, irregular } =
      order === undefined || own === undefined
        ? evolve(before?.state, entry, find, sequence)
        : retold(own, { ...entry, order }, before?.state, (state, one, position) => evolve(state, one, find, position));
    const after = begin(id, before, state, entry);
    folded.changes.push({ id, event, before, after, irregular });
    if (others) revise([...others.affectedBy(id, before?.state, state)], entry, others);
  }
  return folded;

  /** Folds others anew, and those that they affect in their turn, until nothing changes. */
  function revise(affected: string[], entry: Entry<Event>, { affectedBy, same }: NonNullable<typeof others>): void {
    for (let other = affected.shift(); other !== undefined; other = affected.shift()) {
      const known = current.get(other);
      const events = told.get(other);
      if (!known || !events) continue;
      const { state } = foldTold<State, Event>(events, (before, one, position) => evolve(before, one, find, position));
      if (same(known.state, state)) continue;
      affected.push(...affectedBy(other, known.state, state));
      // The entry has made a version of it already.
      if (known.sequence === entry.sequence) known.state = state;
      else {
        folded.revised ??= [];
        folded.revised.push({ id: other, after: begin(other, known, state, entry) });
      }
    }
  }

  /** A version from the entry on; the one before it ends. */
  function begin(
    id: string,
    before: Version<State> | undefined,
    state: State,
    { sequence, event }: Entry<Event>,
  ): Version<State> {
    const knownAt = notBefore(before?.knownAt, event.recordedtime);
    const firstSequence = before?.firstSequence ?? sequence;
    const after = {
      state,
      knownAt,
      knownUntil: 'infinity',
      firstSequence,
      sequence,
      eventKey: messageId(event),
    };
    if (before && fresh.has(before)) before.knownUntil = knownAt;
    else if (before) folded.ended.set(id, knownAt);
    fresh.add(after);
    current.set(id, after);
    return after;
  }
}

/**
 * The same fact under another id: of the same kind and moment, with the same data. A later telling of the same is another statement: something else may lie between.
 * Files are compared with what their source said before (district/births.ts).
 */
function isRepeat<Event>(one: Told<Event>, other: Told<Event>): boolean {
  const [said, again]: Partial<Recorded & { data: unknown }>[] = [one.event as object, other.event as object];
  return (
    sameMoment(one.order, other.order) &&
    said!.type === again!.type &&
    !isFromFile({ source: said!.source ?? '' }) &&
    !isFromFile({ source: again!.source ?? '' }) &&
    isDeepStrictEqual(said!.data, again!.data)
  );
}

/** Events of one entity in their order in the world. */
export const byOrder = (a: { order: string; sequence: number }, b: { order: string; sequence: number }) =>
  a.order < b.order ? -1 : a.order > b.order ? 1 : a.sequence - b.sequence;

/** The state with one event more. Nearly always it stands last, and is put on what is known; else all are folded anew. */
function retold<State, Event>(
  own: Told<Event>[],
  one: Told<Event>,
  known: State | undefined,
  evolve: (before: State | undefined, entry: Told<Event>, position: number) => Evolved<State>,
): Evolved<State> {
  const place = placeAmong(own, one);
  const isLast = place === own.length;
  own.splice(place, 0, one);
  return isLast ? evolve(known, one, withoutRepeats(own).length) : foldTold(own, evolve, one);
}

/** Where an event stands among those of its entity, which are in their order. */
function placeAmong<Event>(own: readonly Told<Event>[], one: Told<Event>): number {
  const place = own.findIndex((other) => byOrder(one, other) < 0);
  return place === -1 ? own.length : place;
}

/** Of facts that were told more than once, the one that stands first. @param own in their order */
const withoutRepeats = <Event>(own: readonly Told<Event>[]): readonly Told<Event>[] =>
  own.filter((one, index) => {
    for (let earlier = index - 1; earlier >= 0 && sameMoment(own[earlier]!.order, one.order); earlier--)
      if (isRepeat(own[earlier]!, one)) return false;
    return true;
  });

/** All events of an entity in their order; `irregular` is that of the one event. */
function foldTold<State, Event>(
  own: readonly Told<Event>[],
  evolve: (before: State | undefined, entry: Told<Event>, position: number) => Evolved<State>,
  one?: Told<Event>,
): Evolved<State> {
  let state: State | undefined;
  let irregular: string | null = null;
  for (const [index, entry] of withoutRepeats(own).entries()) {
    const evolved = evolve(state, entry, index + 1);
    state = evolved.state;
    if (entry === one) irregular = evolved.irregular;
  }
  return { state: state!, irregular };
}

/** What is recorded late is known late: a version never starts before the one it follows. */
const notBefore = (known: string | undefined, recorded: string): string =>
  known !== undefined && Date.parse(known) >= Date.parse(recorded) ? known : recorded;
