import { createHash } from 'node:crypto';
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

/** The event of a fact from a file. Its id follows from the source's name and the fact: the same file a second time says the same events. */
export function importEvent({ type, time, recordedTime, data }: Draft, placement: Placement): OutgoingEvent {
  const { district, clock, source } = placement;
  const known = clock === 'recorded' ? (recordedTime ?? placement.recordedTime ?? time) : undefined;
  const id = createHash('sha256')
    .update(JSON.stringify([source, type, time, known ?? null, data]))
    .digest('hex')
    .slice(0, 32);
  return { specversion: '1.0', id, source, type, time, district, ...(known ? { recordedtime: known } : {}), data };
}

/** Source attribute of a file's events: a URI reference. */
export const importSource = (kind: string, name: string): string =>
  `${fileSource}${kind}/${encodeURIComponent(name)}`.slice(0, 256);
