import { addDays, dayInWords, daysBetween } from '../../days.ts';
import type { EventDates, Implausible } from '../../define-event.ts';
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

/**
 * A result comes within days of the specimen; the longest backlogs of 2020 and 2021 were weeks. What is half a year older is of another specimen, or its
 * year is mistyped.
 */
const longestWaitDays = 180;
/** An illness that began a year before it was confirmed is of another episode, or its year is mistyped. */
const longestIllnessDays = 366;

const mostDaysBefore = [
  ['onsetDate', longestIllnessDays],
  ['specimenDate', longestWaitDays],
] as const;

/** Days of a case that lie too far before its confirmation. */
export function improbableDays(said: {
  onsetDate?: string | undefined;
  specimenDate?: string | undefined;
  confirmedDate?: string | undefined;
}): Implausible[] {
  const { confirmedDate } = said;
  if (confirmedDate === undefined) return [];
  const found: Implausible[] = [];
  for (const [field, mostDays] of mostDaysBefore) {
    const value = said[field];
    if (value === undefined || daysBetween(value, confirmedDate) <= mostDays) continue;
    found.push(tooEarly(field, value, addDays(confirmedDate, -mostDays), mostDays, confirmed.words));
  }
  return found;
}

/** @param days how many lie between the bound and the day that it is measured from */
export function tooEarly(
  field: string,
  value: string,
  earliest: string,
  days: number,
  from: { vi: string; en: string },
): Implausible {
  const words = {
    vi: `sớm nhất là ${dayInWords(earliest)}, ${days} ngày trước ${from.vi}`,
    en: `at least ${earliest}, ${days} days before ${from.en}`,
  };
  return { field, value, reason: words.en, words };
}
