import { feedActor, programmeActor } from '#contracts/actor.ts';
import { type AnyEvent, definitionOf } from '#contracts/catalogue.ts';
import { type CloudEvent, cloudEvent } from '#contracts/cloud-event.ts';
import type { Implausible } from '#contracts/define-event.ts';
import { subjectOf } from '#contracts/define-event.ts';
import { faultsOfFact } from '#contracts/fact-rules.ts';
import { type JournalMessage, messageId } from '#contracts/new-event.ts';
import type { KnownPlaces } from '#contracts/place-rules.ts';
import { implausibleTime } from '#contracts/plausibility.ts';
import { upcastData } from '#contracts/read-event.ts';
import { toSeal, unsealedPayload } from '#contracts/seal-event.ts';
import { isTooDeep, mayBeUnwritable, unwritableText } from '#contracts/text-rules.ts';
import type { Words } from '#contracts/words.ts';
import { clockIn } from '#platform/local-time.ts';
import type { Caller } from '#platform/permission.ts';
import { type FieldError, inLanguage, type WordedError, wordedErrors } from '#platform/problem.ts';
import { isTraceparent } from '#platform/tracing.ts';
import { mostEventBytes, tooDeep, tooLarge } from './body-shape.ts';
import { type EntityAreas, entityKey, entityOf } from './entity-areas.ts';
import { withJsonData } from './json-format.ts';

/** What the door knows of a district: recorded history brings its own "when we knew it"; in a live district the centre's clock says. */
export interface DistrictRules {
  clock: 'live' | 'recorded';
  exercise: boolean;
  /** IANA zone of the district's calendar; undefined: nobody knows it, and a day is of the future when it has begun nowhere. */
  timeZone?: string;
  /** Its areas and its centre; undefined: not known (yet), and no place is judged. */
  places?: KnownPlaces | undefined;
}

/** Who sends events to the door, and by which request. */
export interface Sender {
  /** Programme that proved itself by its secret; undefined: a feed that proved nothing. */
  programme: string | undefined;
  /** Id of the HTTP request; undefined: it came by none. */
  requestId: string | undefined;
  /** W3C trace context of the request; left out: nothing is traced. */
  traceparent?: string | undefined;
  /** Who signed in, or whose token it is, and what he may say; left out: whoever it is may say what the programme may. */
  caller?: (Pick<Caller, 'actor' | 'may'> & Partial<Pick<Caller, 'reach'>>) | undefined;
  /** Where the entities lie of which a sender speaks who is limited to areas; left out: nobody knows. */
  entityAreas?: EntityAreas | undefined;
}

const unknownFeed: Sender = { programme: undefined, requestId: undefined };

type Taken = { ok: true; message: JournalMessage; event: CloudEvent };
/** `forbidden`: nothing is wrong with the event, but the sender may not say it. */
export type Judged = Taken | { ok: false; errors: WordedError[]; forbidden?: true };
export type Accepted = Taken | { ok: false; errors: FieldError[] };

const nats = /^[^\s.*>]+$/;

/**
 * Decides on one event from outside: the journal message it becomes, or every field that is wrong with it. Pure: `now`, the districts and the
 * sender are arguments. Unknown attributes and data fields are kept. An older version of the data is taken and journalled as the newest.
 */
export function judgeEvent(
  raw: unknown,
  districts: (district: string) => DistrictRules | undefined,
  now: Date,
  sender: Sender = unknownFeed,
): Judged {
  const unpacked = withJsonData(raw);
  if ('fault' in unpacked) return { ok: false, errors: [unpacked.fault] };
  const envelope = cloudEvent.safeParse(unpacked.event);
  if (!envelope.success) return { ok: false, errors: wordedErrors(envelope.error, unpacked.event) };
  const event = envelope.data;
  const structure = unfitStructure(event);
  if (structure) return { ok: false, errors: [structure] };

  const definition = definitionOf(event.type);
  if (!definition)
    return reject('type', event.type, {
      vi: 'không có loại sự kiện này; xem GET /api/events/catalogue',
      en: 'no such event; GET /api/events/catalogue lists them',
    });
  const silenced = mayNotPublish(definition, sender);
  if (silenced) return { ok: false, errors: [silenced], ...(sender.caller?.actor ? { forbidden: true } : {}) };
  const forbidden = mayNotSay(definition, event, sender);
  if (forbidden) return { ok: false, errors: [forbidden], forbidden: true };
  const rules = districts(event.district);
  if (!rules)
    return reject('district', event.district, {
      vi: 'không có địa bàn này; hãy đăng ký trước (POST /api/districts)',
      en: 'no such district; register it first (POST /api/districts)',
    });
  if (rules.exercise !== (event.exercise ?? rules.exercise))
    return reject(
      'exercise',
      event.exercise,
      rules.exercise
        ? { vi: 'địa bàn này là diễn tập', en: 'this district is an exercise' }
        : {
            vi: 'địa bàn này là thật: diễn tập có địa bàn riêng',
            en: 'this district is real: exercises have districts of their own',
          },
    );

  if (sender.programme === 'drill' && !rules.exercise)
    return reject('district', event.district, {
      vi: 'chương trình diễn tập chỉ được báo cho địa bàn diễn tập',
      en: 'the exercise speaks of exercises alone: this district is real',
    });

  const written = inNewestVersion(definition, event);
  if ('reason' in written) return { ok: false, errors: [written] };
  const data = definition.schema.safeParse(written.data);
  if (!data.success) return { ok: false, errors: wordedErrors(data.error, written.data, ['data']) };

  const known = whenKnown(event, rules, now);
  const clock = clockIn(clockOf(event, known, rules, now), rules.timeZone);
  const times = implausibleTimes(definition, event, rules, clock, now);
  const setting = { clock, places: rules.places, isTimeSaid: true };
  const fields = faultsOfFact(definition, data.data, event.time, setting);
  if (times.length > 0 || fields.length > 0)
    return { ok: false, errors: [...times, ...fields.map((fault) => ({ ...fault, field: `data.${fault.field}` }))] };
  const key = definition.key(data.data);
  if (!nats.test(key))
    return reject('data', key, {
      vi: 'khóa của sự kiện phải là một từ không có ".", "*" và ">"',
      en: 'the key of the event must be one word without ".", "*" and ">"',
    });

  const complete = {
    ...event,
    ...(rules.exercise ? { exercise: true } : {}),
    ...known,
    ...attribution(event, sender),
    ...traced(event, sender),
    dataversion: definition.version ?? 1,
    subject: event.subject ?? key,
    datacontenttype: 'application/json',
    // Defaults filled in, fields that the schema does not know kept.
    data: { ...written.data, ...data.data },
  } as CloudEvent;
  const parts = toSeal(definition, complete);
  const payload = parts ? unsealedPayload(parts) : JSON.stringify(complete);
  if (mayBeUnwritable(event, payload)) {
    const unwritable = unwritableText(event);
    if (unwritable.length > 0) return { ok: false, errors: unwritable };
  }
  // A character is three bytes at most for its length in UTF-16.
  if (payload.length * 3 > mostEventBytes) {
    const bytes = Buffer.byteLength(payload);
    if (bytes > mostEventBytes) return { ok: false, errors: [tooLarge(bytes)] };
  }
  return {
    ok: true,
    event: complete,
    message: {
      subject: subjectOf(definition, event.district, data.data),
      id: messageId(complete),
      payload,
      ...(isTraceparent(complete.traceparent) ? { traceparent: complete.traceparent } : {}),
      ...(parts ? { toSeal: parts } : {}),
    },
  };
}

/** What is nested too deep, or an attribute that is neither text nor number nor true or false (CloudEvents 1.0.2, 3.1); undefined: nothing. */
function unfitStructure(event: Record<string, unknown>): WordedError | undefined {
  for (const name in event) {
    const value = event[name];
    if (typeof value !== 'object' || value === null) continue;
    if (name !== 'data') {
      const words = {
        vi: 'chữ, số, true hoặc false (CloudEvents 1.0.2, 3.1)',
        en: 'text, a number, true or false (CloudEvents 1.0.2, 3.1)',
      };
      return { field: name, value: Array.isArray(value) ? 'array' : 'object', reason: words.en, words };
    }
    for (const field in value) {
      const one = (value as Record<string, unknown>)[field];
      if (typeof one === 'object' && one !== null && isTooDeep(one, 1)) return tooDeep;
    }
  }
  return undefined;
}

/** How far ahead of the wall's clock an exercise, or history of another place, may be set: a drill of next year's storm is written today. Days. */
const furthestRecordedDays = 3660;

/** What is wrong with when it happened and when it became known. */
function implausibleTimes(
  definition: AnyEvent,
  { time, recordedtime }: { time: string; recordedtime?: string | undefined },
  rules: DistrictRules,
  clock: ReturnType<typeof clockIn>,
  now: Date,
): Implausible[] {
  const happened = implausibleTime(definition, time, clock);
  const found = happened ? [happened] : [];
  if (rules.clock === 'live') return found;
  const wall = clockIn(new Date(now.getTime() + furthestRecordedDays * 86_400_000), rules.timeZone);
  for (const [field, value] of Object.entries({ time, recordedtime })) {
    const fault = value === undefined || found.length > 0 ? undefined : implausibleTime(definition, value, wall);
    if (fault) found.push({ ...fault, field });
  }
  return found;
}

/** The same, with the reasons in English alone. */
export function acceptEvent(...event: Parameters<typeof judgeEvent>): Accepted {
  const judged = judgeEvent(...event);
  return judged.ok ? judged : { ok: false, errors: judged.errors.map((error) => inLanguage(error, 'en')) };
}

/** Programme by which `publishedBy` means a feed that proved nothing: this door speaks for it. */
const door = 'intake';

/** Why the sender may not publish the type; undefined: it may. */
function mayNotPublish({ type, noun, publishedBy }: AnyEvent, { programme = door }: Sender): WordedError | undefined {
  if (noun === 'district')
    return worded('type', type, {
      vi: 'địa bàn được đăng ký bằng POST /api/districts',
      en: 'districts are registered with POST /api/districts',
    });
  if (publishedBy.includes(programme)) return undefined;
  const [vi, en] =
    programme === door ? ['bên gửi không chứng minh được gì', 'a sender that proves nothing'] : [programme, programme];
  return worded('type', type, {
    vi: `chỉ ${publishedBy.join(', ')} được báo; ${vi} thì không`,
    en: `said by ${publishedBy.join(', ')} only; ${en} may not say it`,
  });
}

/** Why who signed in, or whose token it is, may not say the event of this district and area; undefined: he may. */
function mayNotSay(
  definition: AnyEvent,
  event: { district: string; data: Record<string, unknown> },
  { caller, entityAreas }: Sender,
): WordedError | undefined {
  const { type, action, dataClass } = definition;
  const { district } = event;
  if (caller === undefined || caller.may(action, dataClass, { district, eventType: type })) return undefined;
  const areas = areasOfEvent(definition, event, entityAreas);
  if (areas.length > 0 && caller.may(action, dataClass, { district, areas, eventType: type })) return undefined;
  const reach = caller.reach?.(action, dataClass, district);
  // He may say it of some areas: what is missing is which, or it is another one.
  if (reach instanceof Set && caller.may(action, dataClass, { district, areas: [...reach], eventType: type }))
    return notInAreas(event, areas, definition.ofSeveral === true);
  const place = typeof event.data.areaId === 'string' ? `${district} (${event.data.areaId})` : district;
  const en = `you may not say this of ${place}: it takes the right ${action}`;
  const vi = `bạn không được báo điều này cho ${place}: cần quyền ${action}`;
  return { field: 'type', value: type, reason: en, words: { vi, en } };
}

/** Attributes by which the centre says who spoke, from what it came, and what is sealed: a sender's own are kept as claims. */
const attributed = [
  'authtype',
  'authid',
  'authclaims',
  'correlationid',
  'causationid',
  'sealed',
  'unreadable',
] as const;

/** Areas that an event is of: where its entity lies, and where it says that this lies. None: nobody knows, or it is of more than one entity. */
function areasOfEvent(
  definition: AnyEvent,
  event: { district: string; data: Record<string, unknown> },
  entityAreas: EntityAreas | undefined,
): string[] {
  if (definition.ofSeveral) return [];
  const { areaId } = event.data;
  const said = typeof areaId === 'string' ? [areaId] : [];
  const entity = entityOf(definition, event);
  if (!entity) return said;
  const area = entityAreas?.get(entityKey(entity));
  if (area !== undefined) return [area, ...said];
  // What is new lies where its report says; what changes something unknown is of nowhere.
  return definition.point?.born ? said : [];
}

function notInAreas(
  { data: { areaId } }: { data: Record<string, unknown> },
  areas: readonly string[],
  ofSeveral: boolean,
): WordedError {
  const words = ofSeveral
    ? {
        vi: 'việc này gồm hơn một hồ sơ; cần quyền trên cả địa bàn',
        en: 'this is of more than one file, and takes the right in the whole district',
      }
    : areas.length === 0
      ? {
          vi: 'hãy ghi một khu vực mà bạn phụ trách, của hồ sơ đã biết ở đó',
          en: 'one of your areas must be said, of something that is known there',
        }
      : { vi: 'ngoài các khu vực mà bạn phụ trách', en: 'outside the areas that you are responsible for' };
  return { field: 'data.areaId', ...(areaId === undefined ? {} : { value: areaId }), reason: words.en, words };
}

function attribution(
  event: { source: string; [extension: string]: unknown },
  { programme, requestId, caller }: Sender,
) {
  const attributes: Record<string, unknown> = {};
  for (const name of attributed) {
    if (event[name] === undefined) continue;
    attributes[`claimed${name}`] = event[name];
    attributes[name] = undefined;
  }
  const unsigned = programme === undefined ? feedActor(event.source) : programmeActor(programme);
  Object.assign(attributes, caller?.actor ?? unsigned);
  if (requestId !== undefined) attributes.correlationid = requestId;
  return attributes;
}

/** A sender's own trace goes on when it can be followed; else the request's begins here, and what he wrote is kept beside. Where nothing is traced all stays as it came. */
function traced(event: { [extension: string]: unknown }, { traceparent }: Sender): Record<string, unknown> {
  if (traceparent === undefined || isTraceparent(event.traceparent)) return {};
  return { traceparent, ...(event.traceparent === undefined ? {} : { claimedtraceparent: event.traceparent }) };
}

/** The data as the newest version of the type says them, or what is wrong with the version. A sender that names none writes version 1. */
function inNewestVersion(
  definition: AnyEvent,
  { type, data, dataversion = 1 }: { type: string; data: Record<string, unknown>; dataversion?: number | undefined },
): { data: Record<string, unknown> } | WordedError {
  const newest = definition.version ?? 1;
  if (dataversion > newest)
    return worded('dataversion', dataversion, { vi: `nhiều nhất là ${newest}`, en: `at most ${newest}` });
  try {
    return { data: upcastData(type, definition, data, dataversion) };
  } catch (error) {
    const { message } = error as Error;
    return worded('data', undefined, {
      vi: `không đúng phiên bản ${dataversion} của ${type} (${message})`,
      en: `does not fit version ${dataversion} of ${type}: ${message}`,
    });
  }
}

const moments = new WeakMap<Date, string>();

/** As RFC 3339: the moment of a batch is written once, it may have thousands of events. */
function written(moment: Date): string {
  let text = moments.get(moment);
  if (text === undefined) {
    text = moment.toISOString();
    moments.set(moment, text);
  }
  return text;
}

function whenKnown(
  event: { time: string; recordedtime?: string | undefined },
  rules: DistrictRules,
  now: Date,
): { recordedtime: string; claimedrecordedtime?: string } {
  if (rules.clock === 'recorded') return { recordedtime: new Date(event.recordedtime ?? event.time).toISOString() };
  // Nobody but the centre says when the centre knew; a claim is kept beside.
  return {
    recordedtime: written(now),
    ...(event.recordedtime ? { claimedrecordedtime: event.recordedtime } : {}),
  };
}

/**
 * From when an event is judged. A live district has the centre's own clock; an exercise stands where the event says that it became known; other history
 * has been, and an event of it is held to itself alone: files of registers give terms that were known before they began.
 */
function clockOf(
  event: { time: string },
  { recordedtime }: { recordedtime: string },
  { clock, exercise }: DistrictRules,
  now: Date,
): Date {
  if (clock === 'live') return now;
  const known = new Date(recordedtime);
  const happened = new Date(event.time);
  return exercise || known > happened ? known : happened;
}

function reject(field: string, value: unknown, words: Words): Judged {
  return { ok: false, errors: [worded(field, value, words)] };
}

const worded = (field: string, value: unknown, words: Words): WordedError => ({
  ...{ field, reason: words.en, words },
  ...(value === undefined ? {} : { value }),
});
