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
  contactsPerCase?: number;
  /** days until a dose protects */
  protectionDelayDays?: number;
  /** days from the first dose to the second at least, by the policy in force on a date; vaccine left out: the usual one */
  doseIntervalDays?: (vaccine: string | undefined, date: string) => number;
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
        ...(shares.doseIntervalDays ? { doseIntervalDays: shares.doseIntervalDays(vaccine, fromDate) } : {}),
      };
    }
    case 'treatment':
      return { ...period, ...what };
  }
}
