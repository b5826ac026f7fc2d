import type { EventData } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { caseDay } from '#contracts/events/epidemic/case-day.ts';
import { isFromFile } from '#contracts/import-kind.ts';
import { messageId } from '#contracts/new-event.ts';
import { standing, type WithBirths, withListedBirth } from '../../district/births.ts';
import { type Registers, withStatement } from '../../district/registers.ts';
import { withoutDetails } from '../../district/removed-person.ts';
import { birthOrder, changeOrder, isChange } from '../../district/statement-order.ts';
import { placeOf, type StatedLocation } from '../stated-place.ts';
import {
  type ImpossibleOutcome,
  impossibleOutcome,
  type StatusDetails,
  withoutOutcome,
  withStatus,
} from './outcome.ts';

export type CaseEvent =
  | (CloudEvent<EventData<'case-confirmed'>> & { type: 'case-confirmed' })
  | (CloudEvent<EventData<'case-status-changed'>> & { type: 'case-status-changed' })
  | (CloudEvent<EventData<'case-corrected'>> & { type: 'case-corrected' })
  | (CloudEvent<EventData<'person-removed'>> & { type: 'person-removed' });

/** One state of a case, valid from `knownAt` until the next one's; as the table case_versions has it. */
export interface CaseVersion {
  caseId: string;
  knownAt: string;
  knownUntil: string;
  areaId: string | null;
  lon: number | null;
  lat: number | null;
  /** Day of the case (contracts/events/epidemic/case-day.ts); a fallback when no specimen's day is known. */
  eventDate: string;
  eventDateIsFallback: boolean;
  onsetDate: string | null;
  confirmedDate: string;
  ageYears: number | null;
  sex: string | null;
  exposure: string;
  status: string;
  statusSince: string;
  firstSequence: number;
  sequence: number;
  eventId: string;
  /** False: the area is the one in which the place lies. Left out: somebody stated it, or there is none. */
  areaIsStated?: false;
  /** Who the case was has been removed: no place, age, sex or text of it is known, whatever is said later. */
  removed?: true;
  /** What was said; left out: what the row shows was all said by the one event of the row. */
  said?: CaseStatements;
}

/** What was said of a case: of each detail the statement that stands last, and beside it what files said. */
export type CaseStatements = Registers<WithBirths<CaseDetails>>;

/** An event of a case that made no version: a change before the confirmation, or a confirmation that repeats what was known. */
export interface Waiting {
  sequence: number;
  event: CaseEvent;
  /** Sequence of the confirmation with which it had its effect, its own when it repeats what was known; null while it waits. */
  appliedBy: number | null;
}

/** A confirmation after which the case was as before. */
const isRepeat = ({ sequence, appliedBy }: Waiting): boolean => appliedBy === sequence;

export class UnknownCase extends Error {
  constructor(caseId: string, type: string) {
    super(`${type} for case ${caseId}, which was never confirmed`);
    this.name = 'UnknownCase';
  }
}

/**
 * The state after an event: of each detail the statement that stands last (district/statement-order.ts), so that events in any order make the same
 * state. What an event does not say stays. A second confirmation of a known case is another statement of it, and no other case: what its source said
 * before is compared with it (district/births.ts).
 * Throws UnknownCase when a change comes for a case that was never confirmed: a batch lets it wait instead.
 *
 * @param waiting changes that came before the confirmation, and confirmations since the version that repeat it; in the order of the journal
 */
export function evolveCase(
  current: CaseVersion | undefined,
  event: CaseEvent,
  sequence: number,
  waiting: readonly Waiting[] = [],
): CaseVersion {
  const { caseId } = event.data;
  if (!current && event.type !== 'case-confirmed') throw new UnknownCase(caseId, event.type);
  if (!current && waiting.length === 0 && event.type === 'case-confirmed' && isPlain(event))
    return firstVersion(event, sequence);
  const heard = [...waiting, { sequence, event }];
  const isRemoved = current?.removed ?? heard.some(({ event: { type } }) => type === 'person-removed');
  const heardOf = heard.reduce(withCaseEvent, current ? saidOf(current) : {});
  const said = isRemoved ? withoutDetails(heardOf, whoItWas) : heardOf;
  // What is known later in the journal cannot have been known earlier than what stands before it.
  const knownAt = heard.reduce(
    (known, { event: { recordedtime } }) => (Date.parse(known) > Date.parse(recordedtime) ? known : recordedtime),
    current?.knownAt ?? event.recordedtime,
  );
  return {
    caseId,
    ...stateOf(standingDetails(said)),
    knownAt,
    knownUntil: 'infinity',
    firstSequence: Math.min(current?.firstSequence ?? sequence, ...waiting.map((early) => early.sequence)),
    sequence,
    eventId: messageId(event),
    ...(isRemoved ? { removed: true as const } : {}),
    said,
  };
}

/** Details that say who the case was. */
const whoItWas = ['location', 'ageYears', 'sex'] as const satisfies (keyof CaseDetails)[];

/** The event without what says who the case was: of somebody who was removed nothing new of that is kept. */
export function withoutPerson<Event extends CaseEvent>(event: Event): Event {
  const data: Record<string, unknown> = { ...event.data };
  for (const field of [...whoItWas, ...identifyingTexts]) delete data[field];
  return { ...event, data };
}

/** Texts of the events of a case in which a name may stand. */
export const identifyingTexts = ['reporter', 'reason'] as const;

/** What a first confirmation says stands in the row itself, nearly always: the registers follow from it. */
function firstVersion(event: Extract<CaseEvent, { type: 'case-confirmed' }>, sequence: number): CaseVersion {
  const { data, time, recordedtime } = event;
  return {
    caseId: data.caseId,
    areaId: data.areaId ?? null,
    lon: data.location?.lon ?? null,
    lat: data.location?.lat ?? null,
    ...eventDateOf(caseDay({ specimenDate: data.specimenDate ?? undefined, confirmedDate: data.confirmedDate })),
    onsetDate: data.onsetDate ?? null,
    confirmedDate: data.confirmedDate,
    ageYears: data.ageYears ?? null,
    sex: data.sex ?? null,
    exposure: data.exposure ?? 'unknown',
    status: data.status ?? 'active',
    statusSince: time,
    knownAt: recordedtime,
    knownUntil: 'infinity',
    firstSequence: sequence,
    sequence,
    eventId: messageId(event),
  };
}

/** Details of a case, as statements say them. */
export interface CaseDetails extends StatusDetails {
  areaId: string;
  location: StatedLocation;
  ageYears: number;
  sex: string;
  onsetDate: string;
  specimenDate: string;
  confirmedDate: string;
  exposure: string;
  /** The first confirmation: since then it is a case. */
  confirmedAt: string;
}

function withCaseEvent(before: CaseStatements, entry: { sequence: number; event: CaseEvent }): CaseStatements {
  const { event } = entry;
  const { data } = event;
  if (event.type === 'person-removed') {
    // Where it is counted stays, and is said from now on: nobody finds it from the place any more.
    const areaId = event.data.areas.at(-1)?.areaId;
    const known = withoutDetails(before, areaId ? whoItWas : [...whoItWas, 'areaId']);
    return withStatement<WithBirths<CaseDetails>>(known, detail('areaId', areaId), changeOrder(entry));
  }
  if (event.type === 'case-status-changed') {
    const since = event.data.since ?? event.time;
    return withStatus(before, { status: event.data.status, since }, changeOrder(entry, since));
  }
  const { areaId, location, ageYears, onsetDate, specimenDate, confirmedDate, exposure } = data as EventData<
    'case-confirmed' | 'case-corrected'
  >;
  const details: Partial<CaseDetails> = {
    ...detail('areaId', areaId),
    ...(location ? { location: { lon: location.lon, lat: location.lat, ...detail('areaId', areaId) } } : {}),
    ...detail('ageYears', ageYears),
    ...detail('onsetDate', onsetDate),
    ...detail('specimenDate', specimenDate),
    ...detail('confirmedDate', confirmedDate),
    ...detail('exposure', exposure),
  };
  if (event.type === 'case-corrected')
    return withStatement<WithBirths<CaseDetails>>(before, details, changeOrder(entry));
  const { sex, status } = event.data;
  const { exposure: _unknown, ...known } = details;
  return confirmed(before, event, {
    // "unknown" in a row of a file says nothing of it.
    ...(exposure === 'unknown' && isFromFile(event) ? known : details),
    ...detail('sex', sex),
    ...(status ? { status: { status, since: event.time } } : {}),
  });
}

/** A confirmation that was said by a file is compared with what files say next. */
function confirmed(
  before: CaseStatements,
  event: { source: string; id: string; time: string; recordedtime: string },
  said: Partial<CaseDetails>,
): CaseStatements {
  const order = birthOrder(event);
  const { status, ...others } = said;
  const direct = () => {
    const after = withStatement<WithBirths<CaseDetails>>(before, others, order);
    return status ? withStatus(after, status, order) : after;
  };
  const after = isFromFile(event) ? withListedBirth(before, event.source, order, said) : direct();
  const earlier = before.confirmedAt && Date.parse(before.confirmedAt.value) <= Date.parse(event.time);
  return earlier ? after : { ...after, confirmedAt: { order: '', value: event.time } };
}

/** Of each detail of a case what stands last. An outcome that is before the onset does not count, whichever of the two was heard first: what was said beside it does. */
export function standingDetails(said: CaseStatements): Registers<CaseDetails> {
  const all = detailsOf(said);
  return uncountedOutcome(said, all) ? detailsOf(withoutOutcome(said)) : all;
}

/** The outcome that was said last and does not count; else undefined. */
export const uncountedOutcome = (
  said: CaseStatements,
  standing: Registers<CaseDetails> = detailsOf(said),
): ImpossibleOutcome | undefined => impossibleOutcome(said, standing.onsetDate?.value);

const detailsOf = (said: CaseStatements): Registers<CaseDetails> =>
  standing<CaseDetails>(said, {
    // A status that is told again is the same one, since whenever the row counts it.
    same: (name, one, other) =>
      JSON.stringify(name === 'status' ? statusAlone(one) : one) ===
      JSON.stringify(name === 'status' ? statusAlone(other) : other),
    // When a status that is new in a list began is not said: it is known since the list was handed in.
    news: (news, at) => (news.status ? { ...news, status: { ...news.status, since: at } } : news),
  });

const statusAlone = (said: unknown) => (said as CaseDetails['status'] | undefined)?.status;

/** A detail that was said, to be spread; null is not said either (CloudEvents: a null is as if it were not there). */
const detail = <Name extends string, Value>(name: Name, value: Value | null | undefined) =>
  value === undefined || value === null ? {} : ({ [name]: value } as { [Key in Name]: Value });

/** What the statements come to. A status that nobody said is "active" since the confirmation. */
function stateOf(details: Registers<CaseDetails>) {
  const { areaId, location, specimenDate, confirmedDate } = details;
  return {
    // An area that is corrected lets the old place go.
    ...placeOf(areaId, location, isChange),
    ...eventDateOf(caseDay({ specimenDate: specimenDate?.value, confirmedDate: confirmedDate!.value })),
    onsetDate: details.onsetDate?.value ?? null,
    confirmedDate: confirmedDate!.value,
    ageYears: details.ageYears?.value ?? null,
    sex: details.sex?.value ?? null,
    exposure: details.exposure?.value ?? 'unknown',
    status: details.status?.value.status ?? 'active',
    statusSince: details.status?.value.since ?? details.confirmedAt!.value,
  };
}

/** The row of a first confirmation says all that it said: what a row has for want of a word was not said. */
const isPlain = ({ data }: CaseEvent): boolean =>
  !('status' in data && data.status === 'active') && !('exposure' in data && data.exposure === 'unknown');

/** What was said of a case, from its row. */
function saidOf(version: CaseVersion): CaseStatements {
  if (version.said) return version.said;
  const { eventId, knownAt, statusSince, areaId, lon, lat, status, exposure, eventDate, confirmedDate } = version;
  const space = eventId.indexOf(' ');
  const event = { source: eventId.slice(0, space), id: eventId.slice(space + 1) };
  // As it is read back from the row: batches cut elsewhere make the same rows.
  const since = new Date(statusSince).toISOString();
  return confirmed(
    {},
    { ...event, time: since, recordedtime: knownAt },
    {
      // The area in which a place lies was not said.
      ...(version.areaIsStated === false ? {} : detail('areaId', areaId)),
      ...(lon === null || lat === null
        ? {}
        : { location: { lon, lat, ...(version.areaIsStated === false ? {} : detail('areaId', areaId)) } }),
      ...detail('ageYears', version.ageYears),
      ...detail('onsetDate', version.onsetDate),
      ...(version.eventDateIsFallback ? {} : { specimenDate: eventDate }),
      confirmedDate,
      ...(exposure === 'unknown' ? {} : { exposure }),
      ...detail('sex', version.sex),
      ...(status === 'active' ? {} : { status: { status, since } }),
    },
  );
}

/** The columns that a person sees are the same: all but the place in the journal. Moments are compared as such: a row writes them otherwise than an event. */
function sameState(one: CaseVersion, other: CaseVersion): boolean {
  const visible = (version: CaseVersion) => {
    const {
      knownAt: _known,
      knownUntil: _until,
      firstSequence: _first,
      sequence: _sequence,
      eventId: _id,
      ...rest
    } = version;
    const { said: _said, areaId, areaIsStated, statusSince, ...state } = rest;
    // An area that nobody stated is the one in which the place lies.
    return { ...state, areaId: areaIsStated === false ? null : areaId, statusSince: Date.parse(statusSince) };
  };
  const [before, after] = [visible(one), visible(other)];
  return Object.keys(after).every((name) => before[name as keyof typeof before] === after[name as keyof typeof after]);
}

const eventDateOf = ({ day, dayIsFallback }: ReturnType<typeof caseDay>) => ({
  eventDate: day!,
  eventDateIsFallback: dayIsFallback ?? false,
});

export interface Folded {
  /** New rows, `knownUntil` set where a later event of the same batch follows. */
  versions: CaseVersion[];
  /** Rows already stored that end now. */
  closed: { caseId: string; sequence: number; knownUntil: string }[];
  /** Changes that came before the confirmation of their case, those whose confirmation has come, and repetitions. Left out: none. */
  waiting?: Waiting[];
}

/**
 * Folds a batch onto the current states. `seen` tells whether an event is in the rows already: it changes nothing then. `early`: changes that wait
 * in the rows for a confirmation, which takes them up, and confirmations that made no version; by case, in the order of the journal. A confirmation that
 * repeats what is known makes no version: it is kept, because what its source says later is compared with it.
 */
export function foldCases(
  current: Map<string, CaseVersion>,
  seen: (caseId: string, eventId: string) => boolean,
  entries: { sequence: number; event: CaseEvent }[],
  early: ReadonlyMap<string, readonly Waiting[]> = new Map(),
): Folded {
  const versions: CaseVersion[] = [];
  const closed: Folded['closed'] = [];
  const states = new Map<string, { version: CaseVersion; isNew: boolean }>();
  const waiting = new Map<string, Waiting[]>();
  const waitingOf = (caseId: string) => {
    const own = waiting.get(caseId) ?? (early.get(caseId) ?? []).filter(({ appliedBy }) => appliedBy === null);
    if (own.length) waiting.set(caseId, [...own]);
    return waiting.get(caseId);
  };
  const repeats = new Map<string, Waiting[]>();
  const repeatsOf = (caseId: string, since: number) => {
    const own = repeats.get(caseId) ?? (early.get(caseId) ?? []).filter(isRepeat);
    repeats.set(caseId, own);
    // What came before the version is in what it says.
    return own.filter((one) => one.sequence > since);
  };
  const repeated: Waiting[] = [];
  const done = new Set<string>();
  for (const { sequence, event: heard } of entries) {
    const { caseId } = heard.data;
    const eventId = messageId(heard);
    if (done.has(eventId) || seen(caseId, eventId)) continue;
    done.add(eventId);
    const before = states.get(caseId) ?? wrap(current.get(caseId));
    const event = before?.version.removed && heard.type !== 'person-removed' ? withoutPerson(heard) : heard;
    if (!before && event.type !== 'case-confirmed') {
      waiting.set(caseId, [...(waitingOf(caseId) ?? []), { sequence, event, appliedBy: null }]);
      continue;
    }
    const taken = before ? repeatsOf(caseId, before.version.sequence) : (waitingOf(caseId) ?? []);
    const version = evolveCase(before?.version, event, sequence, taken);
    // What cannot be opened may have said another place.
    const isReadable = event.unreadable === undefined;
    if (before && isReadable && event.type === 'case-confirmed' && sameState(before.version, version)) {
      const repeat = { sequence, event, appliedBy: sequence };
      repeats.set(caseId, [...repeatsOf(caseId, 0), repeat]);
      repeated.push(repeat);
      continue;
    }
    if (!before && taken.length)
      waiting.set(
        caseId,
        taken.map((one) => ({ ...one, appliedBy: sequence })),
      );
    if (before?.isNew) before.version.knownUntil = version.knownAt;
    else if (before) closed.push({ caseId, sequence: before.version.sequence, knownUntil: version.knownAt });
    versions.push(version);
    states.set(caseId, { version, isNew: true });
  }
  const changed = [...[...waiting.values()].flat(), ...repeated];
  return { versions, closed, ...(changed.length ? { waiting: changed } : {}) };
}

const wrap = (version: CaseVersion | undefined) => (version ? { version, isNew: false } : undefined);
