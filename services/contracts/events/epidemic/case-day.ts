import type { PointFact } from '../../point-fact.ts';

/** The day of a case: of the specimen, else of the confirmation, which is a fallback (point-fact.ts: dayAfter). */
export const caseDay = (said: {
  specimenDate?: string | undefined;
  confirmedDate?: string | undefined;
}): Pick<PointFact, 'day' | 'dayIsFallback'> =>
  said.specimenDate === undefined
    ? { day: said.confirmedDate, dayIsFallback: true }
    : { day: said.specimenDate, dayIsFallback: false };
