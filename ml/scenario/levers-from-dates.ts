import { daysBetween } from '../numerics/days.ts';
import type { Lever } from './district.ts';

/** A lever as people ask for it: from a date to a date (both included), in the named areas or in all. */
export type DatedLever = { fromDate: string; toDate: string; areaIds?: string[] | undefined } & (
  | { kind: 'vaccination'; firstDosesPerDay: number; secondDosesPerDay: number; vaccine?: string | undefined }
  | { kind: '5K'; adherence: number }
  | { kind: 'tracing'; tracedPerDay: number; isolationPlaces: number }
  | { kind: 'treatment'; beds: number; intensiveCare: number }
  | { kind: 'movement'; limit: number }
  | { kind: 'business'; openShare: number }
);

/** What the model needs of a lever beside what people say; shares from 0 to 1. What is left out binds nothing. */
export interface LeverShares {
  /** of contacts, avoided by 5K done right */
  effect5K: number;
  /** of those traced, infectious */
  yieldShare: number;
  /** of contacts, behind movement and behind business */
  movementContactShare: number;
  businessContactShare: number;
  /** contacts of a reported case that can be named and reached */
  contactsPerCase?: number | undefined;
  /** days until a dose protects */
  protectionDelayDays?: number | undefined;
  /** by vaccine and date; the first one is the usual vaccine, where a lever names none */
  doseIntervals?: readonly DoseInterval[] | undefined;
}

/** How far apart two doses of a vaccine are at least, from a first to a last day; null: always, still. */
export interface DoseInterval {
  vaccine: string;
  from: string | null;
  until: string | null;
  intervalDays: number;
}

/**
 * Days from the first dose to the second at least, by what is in force on a day.
 *
 * @throws RangeError for a vaccine that is not there
 */
export function doseIntervalOn(intervals: readonly DoseInterval[], vaccine: string | undefined, date: string): number {
  const wanted = vaccine ?? intervals[0]?.vaccine;
  const found = intervals.find(
    (one) => one.vaccine === wanted && (one.from ?? '') <= date && date <= (one.until ?? '9999'),
  );
  if (found) return found.intervalDays;
  const names = [...new Set(intervals.map((one) => one.vaccine))].join(', ');
  throw new RangeError(`vaccine must be one of ${names}, got ${vaccine}`);
}

/** A lever by model day: `startDate` is day 0. Days before it or beyond a run stay as they are: whether they are refused or cut off is for who asks. */
export function leverFromDates(
  { fromDate, toDate, areaIds, ...what }: DatedLever,
  startDate: string,
  shares: LeverShares,
): Lever {
  const period = {
    fromDay: daysBetween(startDate, fromDate),
    toDay: daysBetween(startDate, toDate),
    ...(areaIds ? { wards: areaIds } : {}),
  };
  switch (what.kind) {
    case '5K':
      return { ...period, ...what, effect: shares.effect5K };
    case 'tracing':
      return {
        ...period,
        ...what,
        yieldShare: shares.yieldShare,
        ...(shares.contactsPerCase === undefined ? {} : { contactsPerCase: shares.contactsPerCase }),
      };
    case 'movement':
      return { ...period, ...what, contactShare: shares.movementContactShare };
    case 'business':
      return { ...period, ...what, contactShare: shares.businessContactShare };
    case 'vaccination': {
      const { vaccine, ...doses } = what;
      return {
        ...period,
        ...doses,
        ...(shares.protectionDelayDays === undefined ? {} : { protectionDelayDays: shares.protectionDelayDays }),
        ...(shares.doseIntervals ? { doseIntervalDays: doseIntervalOn(shares.doseIntervals, vaccine, fromDate) } : {}),
      };
    }
    case 'treatment':
      return { ...period, ...what };
  }
}
