import type { EventType } from '#contracts/catalogue.ts';
import type { NewEvent } from '#contracts/new-event.ts';

/** What a decision needs beside the state and the command; a stamp (district/stamp.ts) has it. */
export interface Circumstances {
  district: string;
  exercise: boolean;
  /** IANA zone of the district. */
  timeZone?: string;
  /** RFC 3339. */
  now: string;
  eventId: string;
}

/** The event that a decision comes to. `time`: when it happened; left out: now. */
export const decided = <Type extends EventType>(
  { district, exercise, now, eventId }: Circumstances,
  { time = now, ...fact }: Pick<NewEvent<Type>, 'type' | 'source' | 'data'> & { time?: string },
): NewEvent<Type> => ({ ...fact, time, district, id: eventId, recordedTime: now, exercise });
