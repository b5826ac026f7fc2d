import { definitionOf } from './catalogue.ts';
import type { EventDefinition } from './define-event.ts';

type Versioned = Pick<EventDefinition, 'version' | 'upcast'>;

/** An event of a version, or a type, that this programme does not know yet: a newer one may be running beside it, or was before it. */
export class NewerEvent extends RangeError {
  /** As platform/newer-event.ts knows it. */
  readonly code = 'NEWER_EVENT';
}

/**
 * Data of an older version as the newest version says it. Pure.
 * @param from version in which the data is written, 1 or more
 * @throws NewerEvent when the version is newer than this programme knows, RangeError when a step between two versions is not defined
 */
export function upcastData(
  type: string,
  { version: newest = 1, upcast = {} }: Versioned,
  data: Record<string, unknown>,
  from: number,
): Record<string, unknown> {
  if (from > newest) throw new NewerEvent(`${type} is known here up to version ${newest}, got ${from}`);
  let current = data;
  for (let version = from; version < newest; version++) {
    const step = upcast[version];
    if (!step) throw new RangeError(`${type} has no step from version ${version} to ${version + 1}`);
    current = step(current);
  }
  return current;
}

/** Makes the function by which everybody reads a journalled event: in the newest version of its type, whatever version was journalled. */
export function eventReader(definitions: (type: string) => Versioned | undefined) {
  return <Event>(raw: unknown): Event => {
    const event = raw as { type: string; dataversion?: number; data: Record<string, unknown> };
    const definition = definitions(event.type);
    const written = event.dataversion ?? 1;
    const newest = definition?.version ?? 1;
    if (!definition || written === newest) return raw as Event;
    return { ...event, dataversion: newest, data: upcastData(event.type, definition, event.data, written) } as Event;
  };
}

const inNewestVersion = eventReader(definitionOf);

/**
 * An event of the catalogue as it stands in the journal → in the newest version. Projections and the live stream read by it.
 * @param subject on which it stands. The broker lets a programme publish on its own subjects only, and does not look into the event
 * @throws NewerEvent as `upcastData`, and when the type is not known; RangeError when the subject is not that of the event's district and type
 */
export function readEvent<Event>(raw: unknown, subject?: string): Event {
  const { type, district, specversion } = raw as { type: string; district: string; specversion?: string };
  const definition = definitionOf(type);
  // What stands there and is no event of ours (specversion) is for its reader to refuse.
  if (!definition && subject?.startsWith(`vx.${district}.`) && specversion === '1.0')
    throw new NewerEvent(`${type} is not known here`);
  if (definition && subject !== undefined) {
    const own = `vx.${district}.${definition.service}.${definition.noun}.`;
    if (!subject.startsWith(own)) throw new RangeError(`${type} of ${district} stands on ${subject}, must be ${own}…`);
  }
  return inNewestVersion(raw);
}
