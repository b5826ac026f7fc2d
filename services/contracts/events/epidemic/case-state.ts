import { dayInWords } from '../../days.ts';
import type { Implausible } from '../../define-event.ts';
import { improbableDays } from './case-day.ts';

/** What is known of a case, by which is judged what is said of it later. Days: YYYY-MM-DD, of the district. */
export interface KnownCase {
  confirmedDate: string;
  onsetDate: string | null;
  specimenDate: string | null;
  /** How it ended, as far as is known; null: it has not. */
  outcome: { status: Outcome; day: string } | null;
}

const outcomes = ['recovered', 'deceased'] as const;
export type Outcome = (typeof outcomes)[number];
export const isOutcome = (status: string): status is Outcome => outcomes.some((outcome) => outcome === status);

/** What a correction or a change of status says of the days of a case. Left out: it stays as it is known. */
export interface SaidOfCase {
  confirmedDate?: string | undefined;
  onsetDate?: string | undefined;
  specimenDate?: string | undefined;
  outcome?: KnownCase['outcome'] | undefined;
}

/** The data of an event say something of a case that is judged with what is known of it. */
export function isJudgedWithCase(type: string, data: Record<string, unknown>): boolean {
  if (type === 'case-corrected') return ['confirmedDate', 'onsetDate', 'specimenDate'].some((field) => field in data);
  return type === 'case-status-changed' && isOutcome(String(data.status));
}

const words = {
  confirmedDate: { vi: 'ngày xác định', en: 'confirmedDate' },
  onsetDate: { vi: 'ngày khởi phát', en: 'onsetDate' },
  specimenDate: { vi: 'ngày lấy mẫu', en: 'specimenDate' },
  recovered: { vi: 'ngày khỏi bệnh', en: 'recovered on' },
  deceased: { vi: 'ngày tử vong', en: 'deceased on' },
};

/**
 * What is said of a case and cannot be with the days that it leaves as they are: an onset or a specimen after the confirmation or half a year before it, an outcome
 * before the onset. A specimen is taken of the dead too. Nothing that was known before is held against who says something else. Pure.
 *
 * @returns one fault a field that was said; the outcome's is `since`
 */
export function contradictions(known: KnownCase, said: SaidOfCase): Implausible[] {
  const after = {
    confirmedDate: said.confirmedDate ?? known.confirmedDate,
    onsetDate: said.onsetDate ?? known.onsetDate ?? undefined,
    specimenDate: said.specimenDate ?? known.specimenDate ?? undefined,
  };
  const found: Implausible[] = [];
  const add = (fault: Implausible) => {
    if (!found.some(({ field }) => field === fault.field)) found.push(fault);
  };
  for (const field of ['onsetDate', 'specimenDate'] as const) {
    const value = after[field];
    if (value === undefined || value <= after.confirmedDate) continue;
    if (said[field] !== undefined) add(notAfter(field, value, words.confirmedDate, after.confirmedDate));
    else if (said.confirmedDate !== undefined)
      add(notBefore('confirmedDate', after.confirmedDate, words[field], value));
  }
  for (const { field, value, ...fault } of improbableDays(after)) {
    if (said[field as CaseDay] !== undefined) add({ field, value, ...fault });
    else if (said.confirmedDate !== undefined)
      add(tooLate(after.confirmedDate, words[field as CaseDay], String(value)));
  }
  const outcome = said.outcome ?? known.outcome;
  if (outcome && after.onsetDate !== undefined && outcome.day < after.onsetDate) {
    if (said.outcome) add(notBefore('since', outcome.day, words.onsetDate, after.onsetDate));
    else if (said.onsetDate !== undefined)
      add(notAfter('onsetDate', after.onsetDate, words[outcome.status], outcome.day));
  }
  return found;
}

type CaseDay = 'confirmedDate' | 'onsetDate' | 'specimenDate';
type Named = { vi: string; en: string };

const fault = (field: string, value: string, vi: string, en: string): Implausible => ({
  field,
  value,
  reason: en,
  words: { vi, en },
});
const notAfter = (field: string, value: string, bound: Named, day: string) =>
  fault(field, value, `không sau ${bound.vi} ${dayInWords(day)}`, `not after ${bound.en} ${day}`);
const notBefore = (field: string, value: string, bound: Named, day: string) =>
  fault(field, value, `không trước ${bound.vi} ${dayInWords(day)}`, `not before ${bound.en} ${day}`);
const tooLate = (value: string, bound: Named, day: string) =>
  fault(
    'confirmedDate',
    value,
    `quá xa sau ${bound.vi} ${dayInWords(day)}: hãy đính chính cả hai ngày`,
    `too long after ${bound.en} ${day}: correct both days`,
  );
