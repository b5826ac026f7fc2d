import type { BusinessStatus } from '#contracts/events/economy/business-registered.ts';

/** A business as the register knows it after some event; absent values are null, as in the rows. Days are of the district's calendar. */
export interface Business {
  businessId: string;
  /** False while only changes of status have come. */
  registered: boolean;
  name: string | null;
  form: 'enterprise' | 'household' | 'unknown';
  sector: string | null;
  registeredDate: string | null;
  employees: number | null;
  address: string | null;
  location: { lon: number; lat: number } | null;
  statedAreaId: string | null;
  /** What was said about status, from which day on; in the order of the spans. */
  facts: StatusFact[];
}

export interface StatusFact {
  from: string;
  status: BusinessStatus;
  /** Stated with this fact; null: the term stated before goes on. */
  licensedUntil: string | null;
  /** The one fact that the registration gives; a later registration replaces it. */
  registration: boolean;
  /** Of the registration: the status that a file said last; left out: no file has said one. */
  listed?: BusinessStatus;
  sequence: number;
}

/** A stretch of days with one status: from ≤ day < until. */
export interface Span {
  from: string;
  until: string;
  status: BusinessStatus;
  licensedUntil: string | null;
}

export const forever = 'infinity';
export const activeStatuses: readonly BusinessStatus[] = ['open', 'restricted'];

/** The spans that facts make: each holds until the next begins. Of facts of one day the last said holds, and a change holds over the registration. */
export function spansOf(facts: StatusFact[]): Span[] {
  const spans: Span[] = [];
  let licensedUntil: string | null = null;
  for (const [index, fact] of facts.entries()) {
    licensedUntil = fact.licensedUntil ?? licensedUntil;
    const until = facts[index + 1]?.from ?? forever;
    if (until !== fact.from) spans.push({ from: fact.from, until, status: fact.status, licensedUntil });
  }
  return spans;
}

export const orderFacts = (facts: StatusFact[]): StatusFact[] =>
  facts.toSorted(
    (a, b) =>
      (a.from < b.from ? -1 : a.from > b.from ? 1 : 0) ||
      Number(b.registration) - Number(a.registration) ||
      a.sequence - b.sequence,
  );

/** The span that holds on a day, or undefined before the first. */
export const spanOn = (business: Business, day: string): Span | undefined =>
  spansOf(business.facts).find((span) => span.from <= day && (span.until === forever || day < span.until));
