import type { z } from '@hono/zod-openapi';
import type { PointFact } from './point-fact.ts';
import type { Position } from './primitives.ts';
import type { Words } from './words.ts';

/** How closely a fact speaks of people: public register, counts, or one person. */
export type DataClass = 'public' | 'aggregate' | 'person';

/**
 * What a field of a fact about one person tells of him. `identifies`: who he is, alone (name, telephone, address, number of a document, the exact position of a patient).
 * `may-identify`: text that people typed, in which a name may stand. `pseudonym`: a number that only its sender can turn into a person. `describes`: of many persons
 * the same.
 */
export type PersonalField = 'identifies' | 'may-identify' | 'pseudonym' | 'describes';

/** What browsers are told of an event over the stream. */
export interface LiveFace {
  /** Name of the feed (define-feed.ts) in which it appears. */
  feed: string;
  /** Fields that name the entity within the feed: a later item of the same entity replaces an earlier one. */
  entity: readonly string[];
  /** Fields that a map or a ticker shows. Nothing that names a person goes out. */
  values: readonly string[];
  /** Whether an item is told to who may hear of persons alone, whatever the class of the event: that it is there at all tells of one. Left out: none is. */
  ofPerson?: (data: Record<string, unknown>) => boolean;
}

/** What an event does to its entity's point on the map. The entity is the event's key. */
export interface PointFace<Data> {
  /** The event tells of the entity for the first time; all others of its noun change what is known. */
  born?: true;
  /** Whose point it was is removed for good: no place of it is known from then on, whatever is said. */
  removes?: true;
  // A method, so that a definition of one fact may stand in a list of any facts.
  factOf(data: Data): PointFact;
}

/** A fact that the schema allows and the district's calendar does not: field, value, and the bound in words. */
export interface Implausible {
  field: string;
  value: unknown;
  reason: string;
  /** The reason as people read it; left out: there is the English one only. */
  words?: Words;
}

/** Another day of the same fact, and what people call it. */
export interface OtherDay {
  field: string;
  words: Words;
}

/** Where a day or an instant of a fact may lie. */
export interface DateBounds {
  /** First day, YYYY-MM-DD; null: any. Left out: that of the event. */
  earliest?: string | null;
  /** How many days after the district's own day it may lie; null: any number. Left out: 0, a fact is not of tomorrow. */
  daysAhead?: number | null;
  notAfter?: OtherDay;
  notBefore?: OtherDay;
}

/** Where the days and instants of an event may lie. */
export interface EventDates {
  /** First day of every day and instant of the event, its `time` included; null: any. Left out: `earliestFact` (plausibility.ts). */
  earliest?: string | null;
  /** What holds for a field instead, by its path: `licensedUntil`, `horizons[].targetDate`. */
  fields?: Readonly<Record<string, DateBounds>>;
}

export interface EventDefinition<Data = never> {
  /** Past-tense name; the CloudEvents `type`. */
  type: string;
  /** Owner: its projection is the only writer of the rows. Name of a row of services/services.ts. */
  service: string;
  /** Subject token after the service. */
  noun: string;
  dataClass: DataClass;
  /** Of a fact about one person: each text and each position, by its path (`location`, `contacts[].name`), and what it tells of him. */
  personal?: Readonly<Record<string, PersonalField>>;
  /** Fields that are sealed beside those that `personal` calls identifying: with area and day they single out a person, and no count is made of them. */
  sealedToo?: readonly string[];
  /** Whose key seals it; left out: that of the person of whom it tells, which is destroyed with him. */
  sealedFor?(data: Data): string;
  /** It is of more than one entity: who is limited to areas may not say it, as over REST. */
  ofSeveral?: true;
  /** Action a caller needs to say it. */
  action: string;
  schema: z.ZodType<Data>;
  /** Version of the schema; left out: 1. */
  version?: number;
  /** For each older version, how its data become those of the next one: `{ 1: (data) => … }` makes version 2 of version 1. */
  upcast?: Record<number, (data: Record<string, unknown>) => Record<string, unknown>>;
  /** Last subject token: the entity with a life of its own, or the area for high-volume facts. */
  key(data: Data): string;
  /** Programmes that may publish it / that consume it, by name. */
  publishedBy: readonly string[];
  consumedBy: readonly string[];
  /** One line of a ticker. */
  words: Words;
  /** Left out: browsers are not told. */
  live?: LiveFace;
  /** Left out: it changes no point. */
  point?: PointFace<Data>;
  /** Status of the entity after the event, where the data bring none. */
  status?: string;
  /**
   * Where its days and instants may lie; every door holds them to it (plausibility.ts). Left out: from `earliestFact` to the district's own day.
   * computed: the centre itself works them out, they are held to nothing.
   */
  dates?: EventDates | 'computed';
  /** What else cannot be by the district's own day, YYYY-MM-DD. Left out: nothing. */
  implausible?(data: Data, today: string): Implausible[];
  /**
   * Which of its days lie too far apart to be of one fact; asked when each of them may be. Left out: none.
   * @param day the local day on which the sender says that it happened, YYYY-MM-DD; undefined: a person says it now, of whatever day
   */
  improbable?(data: Data, day: string | undefined): Implausible[];
}

/** One event with all its faces. The type of `data` follows from the schema. */
export function defineEvent<Data>(definition: EventDefinition<Data>): EventDefinition<Data> {
  return definition;
}

/** Subject of an event: vx.<district>.<service>.<noun>.<key>. */
export function subjectOf<Data>(definition: EventDefinition<Data>, district: string, data: Data): string {
  return `vx.${district}.${definition.service}.${definition.noun}.${definition.key(data)}`;
}

/** Where an event happened, when its data say so. */
export const positionOf = (data: Record<string, unknown>) => data.location as Position | undefined;
