import type { EventData } from '#contracts/catalogue.ts';
import { isOutcome, type KnownCase, type SaidOfCase } from '#contracts/events/epidemic/case-state.ts';
import { localDayOf } from '#contracts/plausibility.ts';
import { clockIn } from '#platform/local-time.ts';
import { isChange } from '../../district/statement-order.ts';
import { type CaseVersion, standingDetails } from './evolve.ts';

/** Of a correction or a change of status: what it says, and when it says that it happened; left out: it is told now. */
export type CaseChange =
  | { type: 'case-corrected'; data: EventData<'case-corrected'>; time?: string }
  | { type: 'case-status-changed'; data: EventData<'case-status-changed'>; time?: string };

const outcomeOf = (status: string, since: string, timeZone: string | undefined): KnownCase['outcome'] =>
  isOutcome(status) ? { status, day: localDayOf(since, clockIn(new Date(since), timeZone)) } : null;

/** The days of a case as its row has them, by which changes are judged. `timeZone`: IANA, of the district. */
export function knownCase(current: CaseVersion, timeZone: string | undefined): KnownCase {
  const { confirmedDate, onsetDate, eventDate, said } = current;
  const status = said && standingDetails(said).status;
  return {
    confirmedDate,
    onsetDate,
    // The day of a case is that of the specimen; the same as the confirmation's, there may have been none.
    specimenDate: eventDate === confirmedDate ? null : eventDate,
    // A row of a list that says "deceased" says no day of it: its own day is that of the confirmation.
    outcome: status && isChange(status.order) ? outcomeOf(status.value.status, status.value.since, timeZone) : null,
  };
}

/** What a change says of the days of its case. */
export function saidOfCase(change: CaseChange, timeZone: string | undefined): SaidOfCase {
  if (change.type === 'case-corrected') {
    const { confirmedDate, onsetDate, specimenDate } = change.data;
    return { confirmedDate, onsetDate, specimenDate };
  }
  const { status, since } = change.data;
  const at = since ?? change.time;
  // What ends now ends after every day that is known.
  return at === undefined ? {} : { outcome: outcomeOf(status, at, timeZone) };
}
