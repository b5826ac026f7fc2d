import { doorProgrammes } from '#contracts/actor.ts';
import { isFromFile } from '#contracts/import-kind.ts';

/** What orders a statement among the others of its entity. `time` and `recordedtime`: RFC 3339. */
export interface Stated {
  source: string;
  id: string;
  /** When it happened; left out: when it was recorded. */
  time?: string | undefined;
  recordedtime: string;
  authid?: string | undefined;
  /** Left out by events of before it was said who spoke. */
  authtype?: string | undefined;
}

/*
 * Where a statement stands among those of its entity, as a text that is compared: of two that say the same detail, the greater one holds. It follows
 * from the event alone, so the order of arrival makes no difference.
 *
 * A birth (a confirmation, a report, a registration) is the oldest statement, however late it is repeated: a correction or a step stands above it. What
 * its source says otherwise than it said before is a change (births.ts).
 * Then comes the time in the world, then when it was recorded, then the event's id.
 */

/**
 * The order of a birth. A file states what its sender knew when it was handed in, whatever days its rows are of: of two files the later one holds,
 * also where it moves an entity to an earlier day.
 */
export function birthOrder(event: Stated): string {
  const at = isFromFile(event) ? event.recordedtime : (event.time ?? event.recordedtime);
  return `0${instantDigits(at)}${instantDigits(event.recordedtime)}${keyDigits(`${event.source} ${event.id}`)}`;
}

/** The order of what is new in a birth whose source told of the entity before: a change as of when it was recorded. `order`: birthOrder of it. */
export const newsOrder = (order: string): string => {
  const recorded = order.slice(1 + instantLength, 1 + 2 * instantLength);
  return `1${recorded}${recorded}0${order.slice(1 + 2 * instantLength)}`;
};

/** When a birth of this order was recorded, RFC 3339. */
export const handedIn = (order: string): string =>
  new Date(Number.parseInt(order.slice(1 + instantLength, 1 + 2 * instantLength), 36) - 1e13).toISOString();

/**
 * The order of a correction or a step.
 *
 * @param at when what it says began, RFC 3339; left out: the event's time
 * @param tie decides between statements of one moment before all else: a text of the same length for all of an entity
 */
export function changeOrder({ event, sequence }: { event: Stated; sequence: number }, at?: string, tie = ''): string {
  const { source, id, time, recordedtime, authid } = event;
  // A command is decided on the state before it, so it stands above that also where the district's clock stands still.
  const decided = cameByTheDoor(authid) ? '0' : `1${sequence.toString(36).padStart(11, '0')}`;
  return `1${instantDigits(notAfterKnown(at ?? time ?? recordedtime, recordedtime))}${tie}${instantDigits(recordedtime)}${decided}${source} ${id}`;
}

/**
 * The order of a published total: of a file by when it was handed in, else by when it was published, then by when it was recorded. What a service decided itself stands in the
 * order of its decisions.
 */
export const totalOrder = ({ event, sequence }: { event: Stated; sequence: number }): string =>
  changeOrder({ event, sequence }, isFromFile(event) ? event.recordedtime : undefined);

/**
 * The order of a border or a denominator: by when it was recorded. Its own time is the day from which it holds, which is another axis. Events of before it was said who
 * spoke keep the order of the journal, below all others.
 */
export const placeOrder = ({ event, sequence }: { event: Stated; sequence: number }): string =>
  event.authtype === undefined
    ? `0${sequence.toString(36).padStart(11, '0')}`
    : changeOrder({ event, sequence }, event.recordedtime);

const dayMs = 86_400_000;

/**
 * A fact of today of which the day alone is known stands at noon, which in the morning is still to come: it is placed when it was recorded, so that a
 * command of the morning, decided on it, stands above it. What is said of a day to come stays there.
 */
const notAfterKnown = (at: string, recordedtime: string): string => {
  const ahead = Date.parse(at) - Date.parse(recordedtime);
  return ahead > 0 && ahead < dayMs ? recordedtime : at;
};

/** Somebody outside said it, and the door took it in; else a service decided it. */
export const cameByTheDoor = (authid: string | undefined): boolean =>
  authid !== undefined && (authid.startsWith('feed:') || doorProgrammes.some((programme) => programme === authid));

/** Both are births, or both changes, of one moment in the world. */
export const sameMoment = (one: string, other: string): boolean =>
  one.slice(0, 1 + instantLength) === other.slice(0, 1 + instantLength);

/** The order is that of a correction or a step, not of a birth. */
export const isChange = (order: string): boolean => order.startsWith('1');

/** The order is that of the birth with this key (`keyDigits`). */
export const endsOrder = (order: string, digits: string): boolean => order.endsWith(digits);

/** Milliseconds since 1653, so that no instant of ours is negative, as nine digits of base 36: texts compare as the instants do. */
const instantDigits = (instant: string): string =>
  (Date.parse(instant) + 1e13).toString(36).padStart(instantLength, '0');
const instantLength = 9;

/** 53 bits of a text as eleven digits of base 36 (cyrb53, public domain): some rows keep the order of their birth, and an id is long. */
export function keyDigits(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36).padStart(11, '0');
}
