import type { ContextVariableMap } from 'hono';
import { localPerson, programmeActor } from '#contracts/actor.ts';
import type { EventData, EventType } from '#contracts/catalogue.ts';
import type { EventDefinition } from '#contracts/define-event.ts';
import { faultsOfFact } from '#contracts/fact-rules.ts';
import {
  type Attribution,
  attributedEvent,
  attributedEventOf,
  definitionFor,
  type Fact,
  type NewEvent,
} from '#contracts/new-event.ts';
import type { KnownPlaces } from '#contracts/place-rules.ts';
import { unwritableText } from '#contracts/text-rules.ts';
import { type DistrictStream, findDistrictStream } from '#platform/journal.ts';
import { clockIn } from '#platform/local-time.ts';
import { Problem, unknownDistrict } from '#platform/problem.ts';
import type { ServiceParts } from '#platform/service.ts';
import { readKnownPlaces } from './known-places.ts';

/** What a command needs beside its data: whose clock, which id, who. */
export interface Stamp extends Attribution {
  district: string;
  exercise: boolean;
  /** IANA zone of the district's calendar; undefined: nobody knows it. */
  timeZone?: string;
  /** Now, on the district's clock. RFC 3339, UTC. */
  now: string;
  /** When the fact is known: the same instant, a command is known as it happens. */
  recordedTime: string;
  /** One id for all attempts: what the journal has acknowledged once is not said again. */
  eventId: string;
  /** The district's areas and centre; left out: they are not known, and no place is judged. */
  places?: KnownPlaces;
}

/** Newest knowledge in a service's own rows of a district; undefined when it has none. */
export type NewestKnown = (district: string) => Promise<Date | undefined>;

/** Who speaks by an HTTP request, and its id: who signed in, whose token was sent, or the programme that proved itself by its secret. */
export function callerOf({
  var: { sender, requestId, caller, traceparent },
}: {
  var: Readonly<
    Pick<ContextVariableMap, 'sender' | 'requestId'> & Partial<Pick<ContextVariableMap, 'caller' | 'traceparent'>>
  >;
}): Attribution {
  const actor = caller?.actor ?? (sender === undefined ? localPerson : programmeActor(sender));
  return { actor, correlationId: requestId, ...(traceparent === undefined ? {} : { traceparent }) };
}

/**
 * Gives a command its clock, id and actor. A live district's clock is the centre's own. Recorded history and exercises stand at what the service
 * knows newest, as its reads do, so that a command moves no clock.
 *
 * @throws Problem 404 when the district has no journal, 409 when the service knows nothing of a recorded district: its clock stands nowhere there
 */
export async function stamp(
  parts: Pick<ServiceParts, 'broker' | 'database' | 'now' | 'newId'>,
  district: string,
  attribution: Attribution,
  newestKnown: NewestKnown,
): Promise<Stamp> {
  const stream = await findDistrictStream(parts.broker, district);
  if (!stream) throw unknownDistrict(district);
  const clock = stream.clock === 'live' ? parts.now() : await newestKnown(district);
  if (!clock) throw clockNowhere(district);
  const timeZone = stream.timeZone ?? (await registeredZone(parts.database, district));
  const stamped = stampAt(clock, { ...stream, ...(timeZone ? { timeZone } : {}) }, attribution, parts.newId());
  return { ...stamped, places: await readKnownPlaces(parts.database, district) };
}

/** The zone of a district whose journal was opened without one (before 2026-11-29). */
async function registeredZone(database: ServiceParts['database'], district: string): Promise<string | undefined> {
  const { rows } = await database.query<{ time_zone: string }>(
    'SELECT time_zone FROM geography.published_districts WHERE district = $1',
    [district],
  );
  return rows[0]?.time_zone;
}

/** The stamp of a fact whose moment is known otherwise. */
export function stampAt(
  clock: Date,
  { district, exercise, timeZone }: Pick<DistrictStream, 'district' | 'exercise' | 'timeZone'>,
  attribution: Attribution,
  eventId: string,
): Stamp {
  const now = clock.toISOString();
  return { ...attribution, district, exercise, ...(timeZone ? { timeZone } : {}), now, recordedTime: now, eventId };
}

/** @throws Problem 422 with every field that cannot be by the district's day and places, as the door (intake) judges */
function assertPlausible<Data>(
  definition: EventDefinition<Data>,
  data: Data,
  time: string,
  { now, timeZone, places }: Stamp,
): void {
  const clock = clockIn(new Date(now), timeZone);
  const faults = faultsOfFact(definition, data, time, { clock, places, isTimeSaid: time !== now });
  const texts = unwritableText({ data }).map((fault) => ({ ...fault, field: fault.field.replace(/^data\./, '') }));
  if (faults.length > 0 || texts.length > 0)
    throw new Problem(422, 'The request does not fit', {
      errors: [...faults, ...texts].map((fault) => ({ ...fault, field: `json.${fault.field}` })),
    });
}

/**
 * The event and journal message of a fact that a command decided. `time`: when it happened, left out: now. `id` left out: the stamp's own.
 *
 * @throws Problem 422 when the fact cannot be by the district's day and places
 */
export function stampedEvent<Type extends EventType>(
  stamp: Stamp,
  {
    time = stamp.now,
    id = stamp.eventId,
    ...fact
  }: Pick<NewEvent<Type>, 'type' | 'source' | 'data'> & Partial<NewEvent<Type>>,
) {
  const { district, exercise, recordedTime } = stamp;
  const definition: EventDefinition<EventData<Type>> = definitionFor(fact.type);
  assertPlausible(definition, fact.data, time, stamp);
  return attributedEvent({ ...fact, time, id, district, exercise, recordedTime }, stamp);
}

/** The same for an event that is not in the catalogue: a subsystem's own, by its definition. */
export const stampedFact = <Data>(
  stamp: Stamp,
  definition: EventDefinition<Data>,
  { time = stamp.now, ...fact }: Pick<Fact<Data>, 'source' | 'data'> & { time?: string },
) => {
  const { district, exercise, recordedTime, eventId: id } = stamp;
  assertPlausible(definition, fact.data, time, stamp);
  return attributedEventOf(definition, { ...fact, time, id, district, exercise, recordedTime }, stamp);
};

const clockNowhere = (district: string) =>
  new Problem(409, 'The clock of the district stands nowhere yet', {
    detail:
      'Recorded history and exercises keep the time of their own facts, and none was heard here yet. Send one with its time first: POST /api/events, or an import that says when it became known.',
    errors: [{ field: 'district', value: district, reason: 'a district of which facts of this kind are known' }],
  });
