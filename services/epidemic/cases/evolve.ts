import type { EventData } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { caseDay } from '#contracts/events/epidemic/case-day.ts';
import { messageId } from '#contracts/new-event.ts';
import { type DatedEntity, dayAfter } from '#contracts/point-fact.ts';

export type CaseEvent =
  | (CloudEvent<EventData<'case-confirmed'>> & { type: 'case-confirmed' })
  | (CloudEvent<EventData<'case-status-changed'>> & { type: 'case-status-changed' })
  | (CloudEvent<EventData<'case-corrected'>> & { type: 'case-corrected' });

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
}

export class UnknownCase extends Error {
  constructor(caseId: string, type: string) {
    super(`${type} for case ${caseId}, which was never confirmed`);
    this.name = 'UnknownCase';
  }
}

/**
 * The state after an event. A second confirmation of a known case is a correction of it, not another case.
 * Throws UnknownCase when a change comes for a case that was never confirmed: it is parked, and can be retried when the case has come.
 */
export function evolveCase(current: CaseVersion | undefined, event: CaseEvent, sequence: number): CaseVersion {
  if (!current && event.type !== 'case-confirmed') throw new UnknownCase(event.data.caseId, event.type);
  // What is known later in the journal cannot have been known earlier than what stands before it.
  const knownAt = current && current.knownAt > event.recordedtime ? current.knownAt : event.recordedtime;
  const stamp = { knownAt, knownUntil: 'infinity', sequence, eventId: messageId(event) };
  switch (event.type) {
    case 'case-confirmed': {
      const { data } = event;
      return {
        caseId: data.caseId,
        areaId: data.areaId ?? null,
        lon: data.location?.lon ?? null,
        lat: data.location?.lat ?? null,
        ...eventDateOf(dayAfter(undefined, caseDay(data))),
        onsetDate: data.onsetDate ?? null,
        confirmedDate: data.confirmedDate,
        ageYears: data.ageYears ?? null,
        sex: data.sex ?? null,
        exposure: data.exposure ?? 'unknown',
        status: data.status ?? 'active',
        statusSince: event.time,
        firstSequence: current?.firstSequence ?? sequence,
        ...stamp,
      };
    }
    case 'case-status-changed':
      return { ...current!, status: event.data.status, statusSince: event.data.since ?? event.time, ...stamp };
    case 'case-corrected': {
      const { data } = event;
      const moved = data.location !== undefined || data.areaId !== undefined;
      const confirmedDate = data.confirmedDate ?? current!.confirmedDate;
      const before = { day: current!.eventDate, dayIsFallback: current!.eventDateIsFallback };
      return {
        ...current!,
        areaId: moved ? (data.areaId ?? null) : current!.areaId,
        lon: data.location?.lon ?? (data.areaId !== undefined ? null : current!.lon),
        lat: data.location?.lat ?? (data.areaId !== undefined ? null : current!.lat),
        ageYears: data.ageYears ?? current!.ageYears,
        onsetDate: data.onsetDate ?? current!.onsetDate,
        confirmedDate,
        ...eventDateOf(dayAfter(before, caseDay(data))),
        exposure: data.exposure ?? current!.exposure,
        ...stamp,
      };
    }
  }
}

const eventDateOf = ({ day, dayIsFallback }: DatedEntity) => ({ eventDate: day!, eventDateIsFallback: dayIsFallback });

export interface Folded {
  /** New rows, `knownUntil` set where a later event of the same batch follows. */
  versions: CaseVersion[];
  /** Rows already stored that end now. */
  closed: { caseId: string; sequence: number; knownUntil: string }[];
}

/** Folds a batch onto the current states. `seen` tells whether an event is in the rows already: it changes nothing then. */
export function foldCases(
  current: Map<string, CaseVersion>,
  seen: (caseId: string, eventId: string) => boolean,
  entries: { sequence: number; event: CaseEvent }[],
): Folded {
  const versions: CaseVersion[] = [];
  const closed: Folded['closed'] = [];
  const states = new Map<string, { version: CaseVersion; isNew: boolean }>();
  const done = new Set<string>();
  for (const { sequence, event } of entries) {
    const { caseId } = event.data;
    const eventId = messageId(event);
    if (done.has(eventId) || seen(caseId, eventId)) continue;
    done.add(eventId);
    const before = states.get(caseId) ?? wrap(current.get(caseId));
    const version = evolveCase(before?.version, event, sequence);
    if (before?.isNew) before.version.knownUntil = version.knownAt;
    else if (before) closed.push({ caseId, sequence: before.version.sequence, knownUntil: version.knownAt });
    versions.push(version);
    states.set(caseId, { version, isNew: true });
  }
  return { versions, closed };
}

const wrap = (version: CaseVersion | undefined) => (version ? { version, isNew: false } : undefined);
