import { dayInWords } from '#contracts/days.ts';
import type { Implausible } from '#contracts/define-event.ts';

/**
 * What is told of cannot have happened after the district's day. The day ends last where clocks are 12 hours behind UTC: what is after that is in the
 * future in every zone.
 * @param today the district's day, YYYY-MM-DD
 */
export const afterTheDay = ({ occurredAt }: { occurredAt: string }, today: string): Implausible[] =>
  Date.parse(occurredAt) > Date.parse(`${today}T23:59:59.999-12:00`)
    ? [
        {
          ...{ field: 'occurredAt', value: occurredAt, reason: `not after ${today}` },
          words: { vi: `không sau ${dayInWords(today)}`, en: `not after ${today}` },
        },
      ]
    : [];
