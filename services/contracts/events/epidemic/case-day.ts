import type { EventDates } from '../../define-event.ts';
import type { PointFact } from '../../point-fact.ts';

/** The day of a case: of the specimen, else of the confirmation, which is a fallback (point-fact.ts: dayAfter). */
export const caseDay = (said: {
  specimenDate?: string | undefined;
  confirmedDate?: string | undefined;
}): Pick<PointFact, 'day' | 'dayIsFallback'> =>
  said.specimenDate === undefined
    ? { day: said.confirmedDate, dayIsFallback: true }
    : { day: said.specimenDate, dayIsFallback: false };

const confirmed = { field: 'confirmedDate', words: { vi: 'ngày xác định', en: 'confirmedDate' } };

/** A specimen is taken, and in our registers an illness begins, before the confirmation or on its day. */
export const caseDates: EventDates = {
  fields: { onsetDate: { notAfter: confirmed }, specimenDate: { notAfter: confirmed } },
};
