import type { CaseVersion } from './evolve.ts';
import type { ImpossibleOutcome } from './outcome.ts';

/** A version without the book-keeping of who said what. `notCounted`: the outcome that was said last, where it does not count. */
export type ShownCase = Omit<CaseVersion, 'said' | 'areaIsStated'> & { notCounted?: ImpossibleOutcome };

/** What happened to a case, as the history of every entity tells it (contracts/http/entities.ts). */
export interface CaseHistoryEntry {
  type: 'case-confirmed' | 'case-status-changed' | 'case-corrected';
  /** When it happened: the day of the confirmation, the instant of a new status; a correction happens as it becomes known. */
  occurredAt: string;
  knownAt: string;
  sequence: number;
  source: string;
  /** The details that are other than before, as they are since. */
  data: Record<string, unknown>;
  /** An outcome that does not count since this version, because the case began after it. Left out: none. */
  notCounted?: ImpossibleOutcome;
}

const details = [
  'areaId',
  'lon',
  'lat',
  'eventDate',
  'onsetDate',
  'confirmedDate',
  'ageYears',
  'sex',
  'exposure',
  'status',
] as const satisfies readonly (keyof ShownCase)[];

/** What each version says that the one before did not. Versions of one case, oldest first. */
export const historyOfVersions = (versions: readonly ShownCase[]): CaseHistoryEntry[] =>
  versions.map((version, index) => entryOf(version, versions[index - 1]));

function entryOf(version: ShownCase, before: ShownCase | undefined): CaseHistoryEntry {
  const changed = details.filter((name) => version[name] !== (before ? before[name] : null));
  const { knownAt, sequence, eventId, confirmedDate, statusSince, notCounted } = version;
  const isNews = notCounted !== undefined && JSON.stringify(notCounted) !== JSON.stringify(before?.notCounted);
  const told = {
    knownAt,
    sequence,
    // "source id": a source has no space.
    source: eventId.slice(0, eventId.indexOf(' ')),
    data: Object.fromEntries(changed.map((name) => [name, version[name]])),
    ...(isNews ? { notCounted } : {}),
  };
  if (!before) return { type: 'case-confirmed', occurredAt: confirmedDate, ...told };
  // All that it says does not count.
  if (isNews && changed.length === 0) return { type: 'case-status-changed', occurredAt: notCounted.since, ...told };
  return changed.includes('status')
    ? { type: 'case-status-changed', occurredAt: statusSince, ...told }
    : { type: 'case-corrected', occurredAt: knownAt, ...told };
}
