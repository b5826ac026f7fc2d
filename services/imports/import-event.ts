import { createHash } from 'node:crypto';
import { definitionOf } from '#contracts/catalogue.ts';
import { type Draft, fileSource } from '#contracts/import-kind.ts';

/** A CloudEvent as the door takes it. */
export interface OutgoingEvent {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  time: string;
  district: string;
  recordedtime?: string;
  data: object;
}

export interface Placement {
  district: string;
  clock: 'live' | 'recorded';
  /** Names the file. */
  source: string;
  /** When facts were known that do not say it themselves. */
  recordedTime?: string;
}

/** Digits of an id that say what the fact is about. As many at least say what is told of it. */
export const keyLength = 12;
const contentLength = 20;

/**
 * The event of a fact from a file. Its id follows from the source's name and the fact: first what the fact is about, then all that it says. The same
 * file a second time says the same events; whether the source has said something else in between is for said-before.ts.
 *
 * @param about tells the fact from others of its type; left out: the key of the event's definition, the entity
 */
export function importEvent(
  { type, time, recordedTime, data }: Draft,
  placement: Placement,
  about: readonly unknown[] = [definitionOf(type)!.key(data as Record<string, unknown>)],
): OutgoingEvent {
  const { district, clock, source } = placement;
  const known = clock === 'recorded' ? (recordedTime ?? placement.recordedTime ?? time) : undefined;
  const id =
    digest([source, type, about]).slice(0, keyLength) +
    digest([source, type, time, known ?? null, data]).slice(0, contentLength);
  return { specversion: '1.0', id, source, type, time, district, ...(known ? { recordedtime: known } : {}), data };
}

const digest = (of: unknown): string => createHash('sha256').update(JSON.stringify(of)).digest('hex');

/** What the sources of all files of a kind begin with. */
export const sourcesOf = (kind: string): string => `${fileSource}${kind}/`;

/** Source attribute of a file's events: a URI reference. */
export const importSource = (kind: string, name: string): string =>
  `${sourcesOf(kind)}${encodeURIComponent(name)}`.slice(0, 256);
